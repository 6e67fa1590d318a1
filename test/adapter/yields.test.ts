/** The first tutorial program under the adapter: one stop for each yield. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Client, debug, repositoryProgram, withClient } from '../support/session.ts';

const LINES = {
  foo: 6,
  bar: 12,
  main: 16,
};

/** Where each greenlet stands. */
async function places(client: Client): Promise<Record<string, string>> {
  const { threads } = await client.request('threads');
  const found: Record<string, string> = {};
  for (const { id, name } of threads) {
    const [top] = await client.stack(id);
    found[name] = top === undefined ? '' : `${top.name}:${top.line}`;
  }
  return found;
}

test('the program stops once for each yield, in order, and shows every greenlet', async () => {
  await withClient(async (client) => {
    await client.start(repositoryProgram('media/tutorial/01-context-switch/en/program.ts'));

    const first = await client.stopped();
    assert.deepEqual(
      [first.reason, first.description, first.threadId, first.allThreadsStopped],
      ['yield', 'main #1 yields: joinAll (foo #2, bar #3)', 1, true],
    );
    assert.deepEqual(await places(client), {
      'main #1 — running': `<module>:${LINES.main}`,
      'foo #2 — ready': '',
      'bar #3 — ready': '',
    });
    await client.request('continue', { threadId: 1 });

    const second = await client.stopped();
    assert.deepEqual([second.description, second.threadId], ['foo #2 yields: sleep (0)', 2]);
    assert.deepEqual(await places(client), {
      'main #1 — waiting: joinAll (foo #2, bar #3)': `<module>:${LINES.main}`,
      'foo #2 — running': `foo:${LINES.foo}`,
      'bar #3 — ready': '',
    });
    await client.request('continue', { threadId: 1 });

    const third = await client.stopped();
    assert.deepEqual([third.description, third.threadId], ['bar #3 yields: sleep (0)', 3]);
    assert.deepEqual(await places(client), {
      'main #1 — waiting: joinAll (foo #2, bar #3)': `<module>:${LINES.main}`,
      'foo #2 — ready': `foo:${LINES.foo}`,
      'bar #3 — running': `bar:${LINES.bar}`,
    });
    await client.request('continue', { threadId: 1 });

    await client.event('terminated');
    assert.equal(
      client.output(),
      'Running in foo\nExplicit context to bar\nExplicit context switch to foo again\nImplicit context switch back to bar\n',
    );
    assert.equal(client.output('stderr'), '');
    const names = client.events.map((each) => each.event);
    assert.ok(names.lastIndexOf('output') < names.indexOf('exited'));
    assert.ok(names.indexOf('exited') < names.indexOf('terminated'));
  });
});

test('what the program printed before a yield is told before the stop', async () => {
  await withClient(async (client) => {
    await client.start(repositoryProgram('media/tutorial/01-context-switch/en/program.ts'));
    await client.stopped();
    await client.request('continue', { threadId: 1 });
    await client.stopped();
    assert.equal(client.output(), 'Running in foo\n');
  });
});

const WORKERS = `
import { joinAll, sleep, spawn } from 'greenlets';
const limit = 2;
function worker(name: string, count: number) {
  const items = [name, count];
  for (let i = 0; i < count; i++) {
    const label = name + i;
    pauseFor(label); // @call
  }
  return items;
}
function pauseFor(label: string) {
  try {
    throw new Error('x');
  } catch (problem) {
    let inner = 5;
    sleep(0); // @sleep
    inner++;
  }
}
const all = [spawn(worker, 'a', 2), spawn(worker, 'b', 1)];
joinAll(all); // @join
`;

test('running and parked frames show their locals, blocks and catch clauses included', async () => {
  await debug(WORKERS, { filters: ['switch'] }, async (client) => {
    assert.equal(await client.where(), '<module>@join');
    assert.equal(await client.to('continue'), 'pauseFor@sleep');
    assert.equal(await client.to('continue'), 'pauseFor@sleep');

    const parked = await client.stack(2);
    assert.deepEqual(
      parked.map((each) => client.place(each)),
      ['pauseFor@sleep', 'worker@call'],
    );
    const inner = await client.locals(parked[0]);
    assert.equal(inner.label, '"a0"');
    assert.equal(inner.inner, '5');
    assert.equal(inner.problem, 'Error: x');
    const outer = await client.locals(parked[1]);
    assert.equal(outer.name, '"a"');
    assert.equal(outer.i, '0');
    assert.equal(outer.label, '"a0"');
    assert.equal(outer.items, '(2) ["a", 2]');

    const running = await client.stack(3);
    assert.deepEqual(
      running.map((each) => client.place(each)),
      ['pauseFor@sleep', 'worker@call'],
    );
    assert.equal((await client.locals(running[0])).inner, '5');
    assert.equal((await client.locals(running[1])).name, '"b"');

    const [main] = await client.stack(1);
    const globals = await client.locals(main);
    assert.equal(globals.limit, '2');
    assert.match(globals.all ?? '', /^\(2\) \[_?Greenlet, _?Greenlet\]$/);
    for (const frame of [...parked, ...running, main]) {
      const names = Object.keys(await client.locals(frame));
      assert.deepEqual(
        names.filter((name) => name.includes('$')),
        [],
      );
    }
  });
});

test('a variable has children, and they can be paged', async () => {
  const text = `
import { sleep, spawn, joinAll } from 'greenlets';
function f() {
  const long = Array.from({ length: 1000 }, (_, i) => i * 2);
  const deep = { a: { b: [1, 'two'] } };
  sleep(0); // @sleep
  return [long, deep];
}
joinAll([spawn(f)]);
`;
  await debug(text, { filters: ['switch'] }, async (client) => {
    await client.stopped();
    await client.request('continue', { threadId: 1 });
    await client.stopped();
    const [top] = await client.stack(2);
    const { scopes } = await client.request('scopes', { frameId: top?.id });
    const { variables } = await client.request('variables', scopes[0]);
    const long = variables.find((each: { name: string }) => each.name === 'long');
    assert.equal(long.indexedVariables, 1000);
    const { variablesReference } = long;
    const page = { variablesReference, filter: 'indexed', start: 500, count: 3 };
    const { variables: part } = await client.request('variables', page);
    assert.deepEqual(
      part.map((each: { name: string; value: string }) => [each.name, each.value]),
      [
        ['500', '1000'],
        ['501', '1002'],
        ['502', '1004'],
      ],
    );
    const deep = variables.find((each: { name: string }) => each.name === 'deep');
    const { variables: children } = await client.request('variables', {
      variablesReference: deep.variablesReference,
    });
    assert.equal(children[0].name, 'a');
  });
});

test('a yield in the head of a switch pauses, also where the cases declare what closures use', async () => {
  const text = `
import { joinAll, spawn } from 'greenlets';
import { Queue } from 'greenlets/queue';
const jobs = new Queue<string>();
function worker() {
  const done: string[] = [];
  switch (jobs.get()) { // @head
    case 'add':
      let x = 1; // @case
      done.push('added');
      spawn(() => console.log(x, done));
  }
}
joinAll([spawn(worker), spawn(() => jobs.put('add'))]);
`;
  await debug(text, { filters: ['switch'] }, async (client) => {
    await client.stopped();
    assert.equal(await client.to('continue'), 'worker@head');
    assert.equal(await client.to('next', 2), 'worker@case');
    await client.request('setExceptionBreakpoints', { filters: [] });
    await client.request('continue', { threadId: 2 });
    await client.event('terminated');
  });
});
