/** What must not break a session: programs that crash, hang, flood or are killed, and clients that ask for nonsense. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Client, debug, withClient } from '../support/session.ts';

const WORKERS = `
import { joinAll, sleep, spawn } from 'greenlets';
function worker() {
  sleep(0); // @turn
}
joinAll([spawn(worker), spawn(worker)]);
console.log('end');
`;

async function exitOf(client: Client): Promise<number | undefined> {
  const { body } = await client.event('exited');
  await client.event('terminated');
  return body.exitCode;
}

test('a program that crashes ends its session with the code that a shell would show', async () => {
  const crashes: [string, number][] = [
    ['process.abort();', 134],
    ["process.kill(process.pid, 'SIGSEGV');", 139],
    ["queueMicrotask(() => { throw new Error('outside'); });", 1],
    ["setTimeout(() => { throw new Error('outside'); });", 1],
    ["process.on('uncaughtException', () => process.exit(9)); setTimeout(() => { throw 1; });", 9],
  ];
  for (const [text, code] of crashes) {
    await debug(`console.log('go');\n${text}\n`, { filters: [] }, async (client) => {
      assert.equal(await exitOf(client), code, text);
      assert.equal(client.output(), 'go\n');
    });
  }
});

test('a program that is killed while it is paused ends its session; what is asked after that is refused', async () => {
  const text = `console.log(process.pid);\n${WORKERS}`;
  await debug(text, { filters: ['switch'] }, async (client) => {
    await client.stopped();
    process.kill(Number(client.output()), 'SIGKILL');
    assert.equal(await exitOf(client), 137);
    for (const [command, args] of [
      ['continue', { threadId: 1 }],
      ['stackTrace', { threadId: 1 }],
      ['evaluate', { expression: '1' }],
      ['pause', { threadId: 1 }],
      ['greenlet/snapshot', {}],
    ] as const) {
      assert.equal(await client.failure(command, args), 'The program has ended.');
    }
    assert.deepEqual((await client.request('threads')).threads, []);
  });
});

test('a client may leave a program that loops, that floods, and that is paused', async () => {
  const programs = [
    "console.log('go');\nfor (;;);\n",
    "console.log('go');\nfor (;;) console.log('x'.repeat(1000));\n",
    "console.log('go');\ndebugger;\n",
  ];
  for (const text of programs) {
    await debug(text, { filters: [] }, async (client) => {
      await client.event('output');
      await client.close();
      assert.equal(await client.exited, 0);
    });
  }
});

test('a getter that throws, one that switches and a proxy that throws are shown, not fatal', async () => {
  const text = `
import { sleep } from 'greenlets';
const odd = {
  get thrower(): number { throw new RangeError('not today'); },
  get switcher(): number { sleep(1); return 1; },
  proxy: new Proxy({}, { get() { throw new Error('trap'); }, ownKeys() { throw new Error('trap'); } }),
};
function stop(value: object) {
  sleep(0); // @stop
  return value;
}
stop(odd);
console.log('end');
`;
  await debug(text, { filters: [], breakpoints: ['stop'] }, async (client) => {
    await client.stopped();
    const [frame] = await client.stack(1);
    const evaluated = (expression: string) =>
      client.request('evaluate', { expression, frameId: frame?.id });
    const { variablesReference } = await evaluated('value');
    const { variables } = await client.request('variables', { variablesReference });
    const names = variables.map((each: { name: string }) => each.name);
    for (const name of ['thrower', 'switcher', 'proxy']) assert.ok(names.includes(name), name);
    assert.match(
      await client.failure('evaluate', { expression: 'value.thrower', frameId: frame?.id }),
      /not today/,
    );
    const proxy = variables.find((each: { name: string }) => each.name === 'proxy');
    await client.request('variables', { variablesReference: proxy.variablesReference });
    await client.request('continue', { threadId: 1 });
    assert.equal(await exitOf(client), 0);
    assert.equal(client.output(), 'end\n');
  });
});

test('a program that forks greenlet programs runs them outside the debugger', async () => {
  const text = `
import { fork } from 'node:child_process';
import { Event } from 'greenlets/event';
if (process.argv[2] === 'child') console.log('child', process.execArgv.some((each) => each.startsWith('--inspect')));
else {
  const done = new Event();
  fork(process.argv[1] as string, ['child']).on('exit', (code) => done.set());
  done.wait();
  console.log('parent');
}
`;
  await debug(text, { filters: [] }, async (client) => {
    assert.equal(await exitOf(client), 0);
    assert.equal(client.output(), 'child false\nparent\n');
  });
});

test('requests before a program, while it runs, and of things that are not there are refused in a sentence', async () => {
  await withClient(async (client) => {
    for (const command of [
      'continue',
      'next',
      'stackTrace',
      'evaluate',
      'setBreakpoints',
      'configurationDone',
      'greenlet/snapshot',
    ]) {
      const message = await client.failure(command, {
        threadId: 1,
        expression: '1',
        source: { path: '/x.ts' },
      });
      assert.equal(message, 'No program has been started.', command);
    }
  });
  await debug(WORKERS, { breakpoints: ['turn'], filters: [] }, async (client) => {
    await client.stopped();
    const { stackFrames } = await client.request('stackTrace', { threadId: 99 });
    assert.deepEqual(stackFrames, []);
    assert.deepEqual((await client.request('scopes', { frameId: 99_999 })).scopes, []);
    for (const [command, args, reason] of [
      ['next', { threadId: 99 }, /^Greenlet #99 has no line to step from/],
      ['evaluate', { expression: '1', frameId: 99_999 }, /^There is nothing to evaluate in here/],
      ['variables', { variablesReference: 99_999 }, /^These variables are no longer there/],
      ['restartFrame', { frameId: 99_999 }, /^This frame cannot be restarted/],
      ['terminateThreads', { threadIds: [99] }, /^There is no greenlet #99/],
      ['greenlet/nonsense', {}, /does not know the request greenlet\/nonsense/],
      ['launch', {}, /being debugged already/],
      ['attach', {}, /being debugged already/],
    ] as const) {
      assert.match(await client.failure(command, args), reason);
    }
    const refused = client.failure('greenlet/snapshot');
    await client.request('cancel', { requestId: client.lastSeq });
    assert.equal(await refused, 'cancelled');
    await client.request('cancel', { requestId: 99_999 });
    await client.request('continue', { threadId: 1 });
    await client.request('continue', { threadId: 1 }).catch(() => {});
    await client.request('setBreakpoints', { source: { path: '/no/such/file.ts' } });
  });
});

test('malformed arguments are told by their names, and the session goes on', async () => {
  const wrong = { threadId: 'x', frameId: 'x', variablesReference: {}, name: 5, value: 6, text: 7 };
  const given = { ...wrong, expression: 7, source: 5, breakpoints: 'x', filters: 3, threadIds: 4 };
  const named: Record<string, string> = {
    stackTrace: 'threadId',
    next: 'threadId',
    stepIn: 'threadId',
    stepOut: 'threadId',
    scopes: 'frameId',
    restartFrame: 'frameId',
    variables: 'variablesReference',
    setVariable: 'variablesReference',
    setExpression: 'expression',
    evaluate: 'expression',
    completions: 'text',
    setBreakpoints: 'source',
    breakpointLocations: 'source',
    setFunctionBreakpoints: 'breakpoints',
    setDataBreakpoints: 'breakpoints',
    setExceptionBreakpoints: 'filters',
    dataBreakpointInfo: 'name',
  };
  await debug(WORKERS, { breakpoints: ['turn'], filters: [] }, async (client) => {
    await client.stopped();
    for (const [command, name] of Object.entries(named)) {
      for (const args of [{}, given]) {
        const start = `"${name}" of the request ${command} must be `;
        const message = await client.failure(command, args);
        assert.equal(message.slice(0, start.length), start);
      }
    }
    client.process.stdin?.write('Content-Length: 5\r\n\r\n{{{{{');
    client.process.stdin?.write('Content-Length: 4\r\n\r\nnull');
    client.process.stdin?.write('Content-Type: nothing\r\n\r\n');
    for (let told = 0; told < 2; ) {
      const { body } = await client.event('output');
      if (body.output.startsWith('A message of the editor is not understood: ')) told++;
    }
    await client.request('setBreakpoints', {
      source: { path: '/no/such/file.ts' },
      breakpoints: [{}, { line: -1 }],
    });
    const { threads } = await client.request('threads');
    assert.equal(threads.length, 3);
  });
});
