/** Attaching to a program that was started by somebody else. */

import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { type Fixture, REGISTER, withProgram } from '../support/fixture.ts';
import { type Client, withClient } from '../support/session.ts';

const PROGRAM = `
import { sleep, spawn } from 'greenlets';
function ticker(name: string) {
  for (let tick = 0; ; tick++) {
    sleep(0.005); // @tick
  }
}
spawn(ticker, 'a');
ticker('main'); // @main
`;

/** Runs a program outside the debugger; it is gone afterwards. */
async function withRunning(
  text: string,
  flag: string,
  use: (port: number, fixture: Fixture, child: ChildProcess) => Promise<void>,
  { preload = REGISTER, files = {} }: { preload?: string; files?: Record<string, string> } = {},
): Promise<void> {
  await withProgram(text, { files }, async (fixture) => {
    const args = [`--${flag}=127.0.0.1:0`, '--import', preload, fixture.path];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    try {
      const port = await new Promise<number>((resolve) => {
        let printed = '';
        child.stderr.on('data', (data) => {
          printed += data;
          const found = /ws:\/\/127\.0\.0\.1:(\d+)\//.exec(printed);
          if (found !== null) resolve(Number(found[1]));
        });
      });
      await use(port, fixture, child);
    } finally {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGKILL');
        await new Promise((resolve) => child.once('exit', resolve));
      }
    }
  });
}

async function attach(client: Client, fixture: Fixture, port: number, filters: string[]) {
  client.use(fixture);
  await client.request('initialize', { adapterID: 'greenlet', pathFormat: 'path' });
  await client.request('attach', { port });
  await client.event('initialized');
  await client.request('setExceptionBreakpoints', { filters });
}

test('a running program can be joined, paused, stepped and left', async () => {
  await withRunning(PROGRAM, 'inspect', async (port, fixture, child) => {
    await withClient(async (client) => {
      await attach(client, fixture, port, ['switch']);
      await client.request('configurationDone');
      const stop = await client.stopped();
      assert.equal(stop.reason, 'yield');
      const [top] = await client.stack(stop.threadId ?? 0);
      assert.equal(client.place(top as never), 'ticker@tick');
      const { threads } = await client.request('threads');
      assert.deepEqual(
        threads.map((each: { name: string }) => each.name.split(' — ')[0]),
        ['main #1', 'ticker #2'],
      );
      await client.request('setExceptionBreakpoints', { filters: [] });
      await client.setBreakpoints([{ mark: 'tick', condition: 'name === "a" && tick > 3' }]);
      await client.request('continue', { threadId: 1 });
      assert.deepEqual((await client.stopped()).threadId, 2);
      await client.request('greenlet/freeze', { id: 1 });
    });
    assert.equal(child.exitCode, null);
    // Another debugger finds a program that runs on, with nobody frozen and nothing to pause at.
    await withClient(async (client) => {
      await attach(client, fixture, port, []);
      await client.request('configurationDone');
      const { greenlets } = await client.request('greenlet/snapshot');
      assert.deepEqual(
        greenlets.map((each: { frozen?: boolean }) => each.frozen),
        [undefined, undefined],
      );
      await client.request('pause', { threadId: 1 });
      assert.equal((await client.stopped()).reason, 'pause');
    });
  });
});

test('a program that waits for a debugger is joined before its first line', async () => {
  await withRunning(PROGRAM, 'inspect-brk', async (port, fixture) => {
    await withClient(async (client) => {
      await attach(client, fixture, port, []);
      await client.setBreakpoints(['main']);
      await client.request('configurationDone');
      assert.equal(await client.where(), '<module>@main');
    });
  });
});

test('a program that loads modules all the time is joined in the middle of that', async () => {
  const text = `
import { sleep } from 'greenlets';
for (let n = 0; ; n++) {
  await import('./part.ts?' + n);
  sleep(0); // @turn
}
`;
  const files = { 'part.ts': 'export const part: number = 1;' };
  const use = async (port: number, fixture: Fixture) => {
    await withClient(async (client) => {
      await attach(client, fixture, port, []);
      await client.setBreakpoints(['turn']);
      await client.request('configurationDone');
      assert.equal(await client.where(), '<module>@turn');
    });
  };
  await withRunning(text, 'inspect', use, { files });
});

test('what the program prints by console is told, and its end', async () => {
  const text = `
import { sleep } from 'greenlets';
console.log('hello', { a: 1 });
sleep(0); // @end
`;
  await withRunning(text, 'inspect-brk', async (port, fixture) => {
    await withClient(async (client) => {
      await attach(client, fixture, port, []);
      await client.request('configurationDone');
      await client.event('terminated');
      assert.equal(client.output(), 'hello {a: 1}\n');
    });
  });
});

test('a joined program ends with its debugger where that is wanted', async () => {
  await withRunning(PROGRAM, 'inspect', async (port, fixture, child) => {
    const exited = new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal)));
    await withClient(async (client) => {
      await attach(client, fixture, port, ['switch']);
      await client.request('configurationDone');
      await client.stopped();
      await client.request('disconnect', { terminateDebuggee: true });
    });
    assert.equal(await exited, 'SIGTERM');
  });
});

test('what cannot be joined is said in a sentence', async () => {
  const failure = async (args: object): Promise<string> =>
    withClient(async (client) => {
      await client.request('initialize', { adapterID: 'greenlet', pathFormat: 'path' });
      return client.failure('attach', args);
    });
  assert.match(await failure({}), /No port to attach to was given/);
  assert.match(await failure({ port: 70000 }), /"port" must be a whole number from 1 to 65535/);
  const server = createServer((_, response) => response.end('hello'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  assert.match(await failure({ port }), /is no inspector of Node's/);
  await new Promise((resolve) => server.close(resolve));
  assert.match(await failure({ port }), /nothing listens there.*--import greenlets\/register/);
  const empty = 'data:text/javascript,';
  await withRunning(
    'setInterval(() => {}, 1e6);',
    'inspect-brk',
    async (other) => {
      assert.match(await failure({ port: other }), /runs without the greenlets runtime/);
    },
    { preload: empty },
  );
});
