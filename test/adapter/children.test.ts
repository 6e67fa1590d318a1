/** Greenlet programs that a program starts are debugged in sessions of their own; environment files. */

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Fixture, withProgram } from '../support/fixture.ts';
import { type Client, withClient } from '../support/session.ts';

const FORK = `
import { fork } from 'node:child_process';
import { Event } from 'greenlets/event';
const done = new Event();
const child = fork(new URL('./child.ts', import.meta.url).pathname, ['argument'], { stdio: 'inherit' });
child.on('exit', () => done.set());
done.wait();
console.log('parent', process.env.FROM_FILE, process.env.FROM_BOTH, process.env.GREENLETS_DEBUG_CHILDREN !== undefined);
`;
const CHILD = `
import { sleep } from 'greenlets';
console.log('child', process.argv[2], process.execArgv.some((each) => each.includes('debug.js')));
console.error('to stderr');
sleep(0); // @childSleeps
console.log('child ends');
`;

/** Launches the program with a client that can have more sessions. */
async function launch(client: Client, fixture: Fixture, attributes: object): Promise<void> {
  client.use(fixture);
  await client.request('initialize', {
    adapterID: 'greenlet',
    supportsStartDebuggingRequest: true,
  });
  await client.request('launch', { program: fixture.path, ...attributes });
  await client.event('initialized');
  await client.request('setExceptionBreakpoints', { filters: [] });
}

function withParent(use: (client: Client, fixture: Fixture) => Promise<void>): Promise<void> {
  return withProgram(FORK, { files: { 'child.ts': CHILD } }, (fixture) =>
    withClient((client) => use(client, fixture)),
  );
}

test('a forked program gets a session of its own, from its first line; environment files are read', async () => {
  await withParent(async (client, fixture) => {
    writeFileSync(
      join(fixture.folder, 'one.env'),
      '# a comment\nFROM_FILE="a b"\nFROM_BOTH=file\n',
    );
    const asked = new Promise<object>((resolve) => {
      client.answer = (command, args) => {
        assert.equal(command, 'startDebugging');
        resolve(args as object);
        return {};
      };
    });
    await launch(client, fixture, { envFile: 'one.env', env: { FROM_BOTH: 'env' } });
    await client.request('configurationDone');
    const { request, configuration } = (await asked) as {
      request: string;
      configuration: { name: string; type: string };
    };
    assert.equal(request, 'attach');
    assert.match(configuration.name, /^child\.ts \(\d+\)$/);
    await withClient(async (second) => {
      await second.request('initialize', { adapterID: 'greenlet' });
      await second.request('attach', configuration);
      await second.event('initialized');
      await second.request('setExceptionBreakpoints', { filters: ['switch'] });
      await second.request('configurationDone');
      const { description, threadId = 0 } = await second.stopped();
      assert.equal(description, 'main #1 yields: sleep (0)');
      const [top] = await second.stack(threadId);
      assert.equal(top?.line, 5);
      await second.request('setExceptionBreakpoints', { filters: [] });
      await second.request('continue', { threadId });
      await second.event('terminated');
    });
    await client.event('terminated');
    assert.equal(client.output(), 'child argument false\nchild ends\nparent a b env true\n');
    assert.equal(client.output('stderr'), 'to stderr\n', 'nothing is said of inspectors');
  });
});

test('a child runs by itself where the client does not want a session for it, or none are wanted', async () => {
  await withParent(async (client, fixture) => {
    await launch(client, fixture, {});
    await client.request('configurationDone');
    await client.event('terminated');
    assert.match(
      client.output(),
      /child argument false\nchild ends\nparent undefined undefined true/,
    );
  });
  await withParent(async (client, fixture) => {
    await launch(client, fixture, { autoAttachChildProcesses: false });
    await client.request('configurationDone');
    await client.event('terminated');
    assert.match(client.output(), /child ends\nparent undefined undefined false/);
    assert.match(
      await withClient(async (second) => {
        await second.request('initialize', { adapterID: 'greenlet' });
        return second.failure('launch', { program: fixture.path, envFile: 'absent.env' });
      }),
      /^The environment file "envFile" cannot be read: ENOENT/,
    );
  });
});
