/** The life of a session: attributes, output, pausing, and that nothing is left behind. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { withProgram } from '../support/fixture.ts';
import { Client, debug, repositoryProgram, withClient } from '../support/session.ts';

const FIRST = repositoryProgram('media/tutorial/01-context-switch/en/program.ts');

/** The processes that were started by this one and are still there, the adapters' debuggees included. */
function leftovers(marker: string): string[] {
  const lines = execFileSync('ps', ['-eo', 'pid,stat,args'], { encoding: 'utf8' }).split('\n');
  return lines.filter((line) => line.includes(marker) && !/\sZ/.test(line));
}

test('arguments, environment, working directory and exit code', async () => {
  // The tests' own environment has some, which the program inherits.
  const text = `
console.log(JSON.stringify(process.argv.slice(2)), process.env.ONE, process.env.HOME, process.cwd());
console.log(process.execArgv.some((each) => each.startsWith('--inspect')), Object.keys(process.env).filter((each) => each.startsWith('GREENLETS')).join());
console.error('to stderr');
process.exitCode = 3;
`;
  const env = { ONE: '1', HOME: null };
  const launch = { args: ['a b', '--c'], env, cwd: '/', runtimeArgs: ['--stack-size=900'] };
  const inherited = Object.keys(process.env).filter((each) => each.startsWith('GREENLETS'));
  await debug(text, { launch }, async (client) => {
    const { body } = await client.event('exited');
    assert.equal(body.exitCode, 3);
    await client.event('terminated');
    assert.equal(client.output(), `["a b","--c"] 1 undefined /\nfalse ${inherited.join()}\n`);
    assert.equal(client.output('stderr'), 'to stderr\n');
  });
});

test('a program that prints a lot and exits hard has all its output before the end', async () => {
  const text = `
for (let i = 0; i < 20000; i++) console.log('line ' + i);
process.exit(7);
`;
  await debug(text, {}, async (client) => {
    const { body } = await client.event('exited');
    assert.equal(body.exitCode, 7);
    await client.event('terminated');
    assert.equal(client.output().split('\n').length, 20001);
    assert.equal(client.events.at(-1)?.event, 'terminated');
  });
});

test('only the inspector lines themselves are taken out of the output', async () => {
  const text = `
process.stderr.write('Waiting');
process.stderr.write(' for the door\\nDebugger');
await new Promise((done) => setTimeout(done, 10));
process.stderr.write(' listening on nothing\\nDebugger attached.\\nFor ');
`;
  await debug(text, { filters: [] }, async (client) => {
    await client.event('terminated');
    const printed = 'Waiting for the door\nDebugger listening on nothing\nDebugger attached.\nFor ';
    assert.equal(client.output('stderr'), printed);
  });
});

test('without debugging nothing pauses', async () => {
  await withClient(async (client) => {
    await client.start(FIRST, { launch: { noDebug: true } });
    await client.event('terminated');
    assert.equal(
      client.events.some((each) => each.event === 'stopped'),
      false,
    );
    assert.match(client.output(), /Implicit context switch back to bar\n$/);
  });
});

test('an idle program can be paused, and so can a busy one', async () => {
  const idle = "import { sleep } from 'greenlets';\nconsole.log('go');\nsleep(1000); // @sleep\n";
  await debug(idle, { filters: [] }, async (client) => {
    await client.event('output');
    await client.request('pause', { threadId: 1 });
    const stop = await client.stopped();
    assert.deepEqual([stop.reason, stop.threadId], ['pause', 1]);
    assert.equal(client.place((await client.stack(1))[0] as never), '<module>@sleep');
  });
  const busy = "console.log('go');\nlet n = 0;\nfor (;;) n++; // @loop\n";
  await debug(busy, { filters: [] }, async (client) => {
    await client.event('output');
    await client.request('pause', { threadId: 1 });
    assert.equal((await client.stopped()).reason, 'pause');
    assert.equal(client.place((await client.stack(1))[0] as never), '<module>@loop');
  });
});

test('snapshot and history speak the words of the contract', async () => {
  await withClient(async (client) => {
    await client.start(FIRST);
    await client.stopped();
    await client.request('continue', { threadId: 1 });
    await client.stopped();
    const all = await client.request('greenlet/snapshot');
    assert.deepEqual(
      all.greenlets.map((each: { id: number; state: string }) => [each.id, each.state]),
      [
        [1, 'waiting'],
        [2, 'running'],
        [3, 'ready'],
      ],
    );
    const [main, foo] = all.greenlets;
    assert.deepEqual(main.waitingOn, { kind: 'joinAll', name: 'foo #2, bar #3' });
    assert.deepEqual(foo.location, { path: FIRST.path, line: 6, column: 3, function: 'foo' });
    assert.deepEqual([main.spawner, foo.spawner], [null, 1]);
    const { switches, dropped } = await client.request('greenlet/history');
    assert.equal(dropped, 0);
    assert.deepEqual(
      switches.map((each: { from: number; to: number; reason: string; line: number }) => [
        each.from,
        each.to,
        each.reason,
        each.line,
      ]),
      [[1, 2, 'joinAll', 16]],
    );
    await client.request('continue', { threadId: 1 });
    await client.stopped();
    const later = await client.request('greenlet/history', { since: switches[0].seq });
    assert.deepEqual(
      later.switches.map((each: { from: number }) => each.from),
      [2],
    );
    const delta = await client.request('greenlet/snapshot', { since: all.version });
    assert.ok(delta.version > all.version);
    assert.deepEqual(
      delta.greenlets.map((each: { id: number }) => each.id),
      [2, 3],
    );
  });
});

test('a greenlet can be killed while the program is paused', async () => {
  await withClient(async (client) => {
    await client.start(FIRST);
    await client.stopped();
    await client.request('continue', { threadId: 1 });
    await client.stopped();
    await client.request('greenlet/kill', { id: 3 });
    await client.request('setExceptionBreakpoints', { filters: [] });
    await client.request('continue', { threadId: 1 });
    await client.event('terminated');
    assert.equal(client.output(), 'Running in foo\nExplicit context switch to foo again\n');
  });
});

test('terminate ends a paused program, and one that ignores signals', async () => {
  const stubborn =
    "process.on('SIGTERM', () => {});\nconsole.log('go');\nsetInterval(() => {}, 1000);\n";
  await debug(stubborn, { filters: [] }, async (client) => {
    await client.event('output');
    await client.request('terminate');
    await client.event('terminated');
  });
  await withClient(async (client) => {
    await client.start(FIRST);
    await client.stopped();
    await client.request('terminate');
    await client.event('terminated');
  });
});

test('the adapter ends the program when its client goes away', async () => {
  await withProgram("setInterval(() => {}, 1000);\nconsole.log('go');\n", {}, async (fixture) => {
    await withClient(async (client) => {
      await client.start(fixture, { filters: [] });
      await client.event('output');
      client.process.stdin?.end();
      await client.exited;
      assert.deepEqual(leftovers(fixture.path), []);
    });
  });
});

test('an adapter that is killed takes the program with it, at whatever moment', async () => {
  await withProgram("setInterval(() => {}, 1000);\nconsole.log('go');\n", {}, async (fixture) => {
    for (const moment of ['starting', 'running']) {
      const client = new Client();
      await client.request('initialize', {});
      client.request('launch', { program: fixture.path }).catch(() => {});
      if (moment === 'running') {
        await client.event('initialized');
        await client.request('configurationDone');
        await client.event('output');
      } else {
        while (leftovers(fixture.path).length === 0) await new Promise(setImmediate);
      }
      client.process.kill('SIGKILL');
      await client.exited;
      // The system closes the pipe at the adapter's end; the watchdog then needs a moment of its own.
      const until = performance.now() + 60_000;
      while (leftovers(fixture.path).length > 0 && performance.now() < until) {
        await new Promise(setImmediate);
      }
      assert.deepEqual(leftovers(fixture.path), [], moment);
    }
  });
});

test('twenty sessions one after another, and a disconnect at any moment, leave no process', async () => {
  await withProgram(
    `
import { joinAll, sleep, spawn } from 'greenlets';
function worker() { for (let i = 0; i < 3; i++) sleep(0.001); }
joinAll([spawn(worker), spawn(worker)]);
setInterval(() => {}, 1000);
`,
    {},
    async (fixture) => {
      for (let round = 0; round < 20; round++) {
        await withClient((client) => interrupted(client, fixture.path, round));
      }
      assert.deepEqual(leftovers(fixture.path), []);
    },
  );
});

/** Goes so many messages far into a session and leaves. */
async function interrupted(client: Client, program: string, messages: number): Promise<void> {
  let threadId = 1;
  const stop = async () => {
    threadId = (await client.stopped()).threadId ?? 1;
  };
  const script: (() => Promise<unknown>)[] = [
    () => client.request('initialize', {}),
    // The launch is on its way when the session ends in the rounds after this one.
    async () => void client.request('launch', { program }).catch(() => {}),
    async () => {},
    () => client.event('initialized'),
    () =>
      client.request('setBreakpoints', { source: { path: program }, breakpoints: [{ line: 3 }] }),
    () => client.request('configurationDone'),
    stop,
    () => client.request('threads'),
    async () => void client.request('continue', { threadId }).catch(() => {}),
    stop,
    () => client.request('stackTrace', { threadId }),
    async () => void client.request('next', { threadId }).catch(() => {}),
    stop,
    async () => void client.request('stepIn', { threadId }).catch(() => {}),
  ];
  for (const message of script.slice(0, messages)) await message();
}
