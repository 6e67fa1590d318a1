/** Programs in the editor's terminal. */

import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { test } from 'node:test';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { withProgram } from '../support/fixture.ts';
import { type Client, withClient } from '../support/session.ts';

const ECHO = `
import { result, sleep } from 'greenlets';
import { once } from 'node:events';
sleep(0); // @yield
const [line] = result(once(process.stdin, 'data')) as [Buffer];
console.log('heard', String(line).trim(), process.argv[2], process.env.COLOR);
process.stdin.destroy();
`;

/** A terminal: a process whose input and output are pipes here. */
function terminal(client: Client): { child?: ChildProcess; args?: unknown; printed: string } {
  const state: { child?: ChildProcess; args?: unknown; printed: string } = { printed: '' };
  client.answer = (command, given) => {
    assert.equal(command, 'runInTerminal');
    const { args, cwd, env = {} } = given as DebugProtocol.RunInTerminalRequestArguments;
    const [file = '', ...rest] = args;
    const changes = Object.entries(env).map(([name, value]) => [name, value ?? undefined]);
    state.args = given;
    state.child = spawn(file, rest, {
      cwd,
      env: { ...process.env, ...Object.fromEntries(changes) },
    });
    state.child.stdout?.on('data', (data) => {
      state.printed += data;
    });
    return { processId: state.child.pid };
  };
  return state;
}

test('a program in a terminal is debugged, reads what is typed, and ends with the session', async () => {
  await withProgram(ECHO, {}, (fixture) =>
    withClient(async (client) => {
      const shown = terminal(client);
      client.use(fixture);
      const initialize = { adapterID: 'greenlet', supportsRunInTerminalRequest: true };
      await client.request('initialize', initialize);
      const launch = { console: 'integratedTerminal', args: ['a b'], env: { COLOR: 'red' } };
      await client.request('launch', { program: fixture.path, ...launch });
      await client.event('initialized');
      await client.request('configurationDone');
      assert.equal(await client.where(), '<module>@yield');
      await client.request('setExceptionBreakpoints', { filters: [] });
      const closed = new Promise((resolve) => shown.child?.once('close', resolve));
      await client.request('continue', { threadId: 1 });
      shown.child?.stdin?.write('hello\n');
      await client.event('terminated');
      await closed;
      assert.equal(shown.printed, 'heard hello a b red\n');
      const { kind, cwd } = shown.args as { kind: string; cwd: string };
      assert.deepEqual([kind, cwd], ['integrated', fixture.folder]);
    }),
  );
});

test('a session that ends in the middle ends the program in the terminal', async () => {
  await withProgram(ECHO, {}, async (fixture) => {
    let exited: Promise<unknown> | undefined;
    await withClient(async (client) => {
      const shown = terminal(client);
      const initialize = { adapterID: 'greenlet', supportsRunInTerminalRequest: true };
      await client.request('initialize', initialize);
      const launch = { program: fixture.path, console: 'externalTerminal' };
      await client.request('launch', launch);
      await client.event('initialized');
      await client.request('configurationDone');
      await client.stopped();
      exited = new Promise((resolve) => shown.child?.once('exit', (_, signal) => resolve(signal)));
      assert.equal((shown.args as { kind: string }).kind, 'external');
    });
    assert.equal(await exited, 'SIGTERM');
  });
});

test('without terminals, and with words that name none, the launch says so', async () => {
  await withProgram(ECHO, {}, (fixture) =>
    withClient(async (client) => {
      await client.request('initialize', { adapterID: 'greenlet' });
      const launch = { program: fixture.path, console: 'integratedTerminal' };
      assert.match(await client.failure('launch', launch), /This editor has no terminals/);
      const wrong = { program: fixture.path, console: 'somewhere' };
      assert.match(await client.failure('launch', wrong), /"console" must be internalConsole, /);
    }),
  );
});
