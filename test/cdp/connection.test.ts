/** The connection to an inspector: commands, errors, and what happens when the other side goes. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { CdpConnection, type CdpError } from '../../extension/cdp/connection.ts';
import { callRemote, evaluateRemote } from '../../extension/cdp/remote.ts';

/** Runs `use` with the address of an idle Node process. */
async function withInspector(use: (url: string, kill: () => void) => Promise<void>): Promise<void> {
  const child = spawn(
    process.execPath,
    ['--inspect=127.0.0.1:0', '-e', 'setInterval(() => {}, 1e6)'],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  const exited = new Promise((resolve) => child.once('exit', resolve));
  try {
    const url = await new Promise<string>((resolve) => {
      let text = '';
      child.stderr.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
        const address = /(ws:\S+)\n/.exec(text)?.[1];
        if (address !== undefined) resolve(address);
      });
    });
    await use(url, () => child.kill('SIGKILL'));
  } finally {
    child.kill('SIGKILL');
    await exited;
  }
}

test('a command that fails tells its name, and its stack shows who asked', async () => {
  await withInspector(async (url) => {
    const connection = await CdpConnection.connect(url);
    async function whoAsked() {
      await connection.send('Debugger.nonsense');
    }
    await assert.rejects(whoAsked(), (error: CdpError) => {
      assert.equal(error.method, 'Debugger.nonsense');
      assert.match(error.message, /^Debugger\.nonsense: .*wasn't found/);
      assert.match(error.stack ?? '', /whoAsked/);
      return true;
    });
    connection.destroy();
  });
});

test('typed functions run over there, and their errors come back', async () => {
  await withInspector(async (url) => {
    const connection = await CdpConnection.connect(url);
    const { objectId = '' } = await evaluateRemote(connection, () => ({ base: 40 }));
    const handle: { objectId: string; type?: { base: number } } = { objectId };
    assert.equal(await callRemote(connection, handle, (o, n) => o.base + n, 2), 42);
    assert.equal(await callRemote(connection, handle, (_, n) => n === undefined, undefined), true);
    const failing = callRemote(connection, handle, () => {
      throw new RangeError('too far');
    });
    await assert.rejects(failing, /RangeError: too far/);
    connection.destroy();
  });
});

test('when the process ends, waiting commands and later ones fail with a sentence', async () => {
  await withInspector(async (url, kill) => {
    const connection = await CdpConnection.connect(url);
    const closed = new Promise<void>((resolve) => connection.onClose(resolve));
    const { objectId = '' } = await evaluateRemote(connection, () => ({}));
    const never = connection.send('Runtime.callFunctionOn', {
      objectId,
      functionDeclaration: String(() => new Promise(() => {})),
      awaitPromise: true,
    });
    kill();
    await assert.rejects(never, { message: 'The program has ended.' });
    await closed;
    assert.equal(connection.isOpen, false);
    await assert.rejects(connection.send('Runtime.enable'), { message: 'The program has ended.' });
  });
});

test('a port where nobody listens', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  await assert.rejects(CdpConnection.connect(`ws://127.0.0.1:${port}/x`), (error: CdpError) =>
    /cannot be reached: .*ECONNREFUSED/.test(error.message),
  );
});
