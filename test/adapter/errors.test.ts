/** What goes wrong is said in one sentence, and leaves nothing behind. */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { withProgram } from '../support/fixture.ts';
import { debug, withClient } from '../support/session.ts';

/** The message of a launch that must fail. */
function launchFailure(attributes: object): Promise<string> {
  return withClient(async (client) => {
    await client.request('initialize', { adapterID: 'greenlet' });
    return client.failure('launch', attributes);
  });
}

test('no program', async () => {
  assert.match(await launchFailure({}), /^No program to debug was given: set "program"/);
});

test('a program that does not exist', async () => {
  assert.equal(
    await launchFailure({ program: '/nowhere/main.ts' }),
    'The program does not exist: /nowhere/main.ts',
  );
});

test('a working directory that does not exist', async () => {
  await withProgram('', {}, async ({ path }) => {
    assert.equal(
      await launchFailure({ program: path, cwd: '/nowhere' }),
      'The working directory "cwd" does not exist: /nowhere',
    );
  });
});

test('a runtime executable that does not exist', async () => {
  await withProgram('', {}, async ({ path }) => {
    assert.equal(
      await launchFailure({ program: path, runtimeExecutable: '/nowhere/node' }),
      'The program cannot be started with "runtimeExecutable" /nowhere/node: there is no such program.',
    );
  });
});

test('a program that does not parse: file, line and column', async () => {
  await withProgram('const a = 1;\nconst b = ;\n', {}, async ({ path }) => {
    const message = await launchFailure({ program: path });
    assert.ok(message.includes(`SyntaxError: ${path}:2:11: `), message);
  });
});

test('an import that does not exist', async () => {
  await withProgram("import './absent.ts';\n", {}, async ({ path, folder }) => {
    const message = await launchFailure({ program: path });
    assert.ok(message.includes(join(folder, 'absent.ts')), message);
  });
});

test('attributes of the wrong kind', async () => {
  await withProgram('', {}, async ({ path }) => {
    assert.equal(
      await launchFailure({ program: path, args: 'a' }),
      '"args" must be a list of strings.',
    );
    assert.match(
      await launchFailure({ program: path, historyLimit: -1 }),
      /^"historyLimit" must be/,
    );
    assert.match(
      await launchFailure({ program: path, blockedAfter: 0 }),
      /"blockedAfter" must be a positive number of seconds, not 0\./,
    );
  });
});

test('after a failed launch the same session can launch again', async () => {
  await withProgram("console.log('fine');\n", {}, async (fixture) => {
    await withClient(async (client) => {
      await client.request('initialize', { adapterID: 'greenlet' });
      await client.failure('launch', { program: '/nowhere.ts' });
      await client.request('launch', { program: fixture.path });
      await client.event('initialized');
      await client.request('configurationDone');
      await client.event('terminated');
      assert.equal(client.output(), 'fine\n');
    });
  });
});

test('requests that make no sense', async () => {
  await debug("import { sleep } from 'greenlets';\nsleep(0); // @sleep\n", {}, async (client) => {
    await client.stopped();
    assert.match(
      await client.failure('greenlet/nonsense'),
      /does not know the request greenlet\/nonsense/,
    );
    assert.match(await client.failure('greenlet/kill', { id: 99 }), /no greenlet #99/);
    assert.match(await client.failure('greenlet/snapshot', { since: 'x' }), /"since" must be/);
    assert.match(await client.failure('variables', { variablesReference: 999 }), /no longer there/);
    assert.match(await client.failure('attach', { port: 9229 }), /is being debugged already/);
    await client.request('continue', { threadId: 1 });
    await client.event('terminated');
    assert.match(await client.failure('stackTrace', { threadId: 1 }), /has ended/);
  });
});

test('requests before there is a program', async () => {
  await withClient(async (client) => {
    await client.request('initialize', { adapterID: 'greenlet' });
    assert.match(await client.failure('continue', { threadId: 1 }), /No program has been started/);
    const { threads } = await client.request('threads');
    assert.deepEqual(threads, []);
  });
});
