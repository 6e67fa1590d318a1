/** Steps stay in their greenlet, across its switches. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Client, debug } from '../support/session.ts';

const TURNS = `
import { joinAll, sleep, spawn } from 'greenlets';
function foo() {
  console.log('foo 1'); // @foo1
  sleep(0); // @fooSleep
  console.log('foo 2'); // @foo2
}
function bar() {
  console.log('bar 1'); // @bar1
  sleep(0); // @barSleep
  console.log('bar 2'); // @bar2
}
joinAll([spawn(foo), spawn(bar)]); // @join
console.log('end'); // @end
`;

test('stepping over a yield stops at the next line, though others ran: the switch filter is off', async () => {
  await debug(TURNS, { filters: [], breakpoints: ['foo1'] }, async (client) => {
    assert.equal(await client.where(), 'foo@foo1');
    assert.equal(await client.to('next', 2), 'foo@fooSleep');
    await client.setBreakpoints([]);
    assert.equal(await client.to('next', 2), 'foo@foo2');
    assert.equal(client.output(), 'foo 1\nbar 1\n');
    await client.request('continue', { threadId: 2 });
    await client.event('terminated');
  });
});

test('stepping over a yield stops at the next line: the switch filter is on', async () => {
  await debug(TURNS, { filters: ['switch'] }, async (client) => {
    assert.equal(await client.where(), '<module>@join');
    assert.equal(await client.to('continue'), 'foo@fooSleep');
    assert.equal(await client.to('next', 2), 'foo@foo2');
    assert.equal(client.output(), 'foo 1\nbar 1\n');
    await client.request('continue', { threadId: 2 });
    await client.event('terminated');
    assert.equal(client.output(), 'foo 1\nbar 1\nfoo 2\nbar 2\nend\n');
  });
});

test('stepping over main yield waits for all the others', async () => {
  await debug(TURNS, { filters: ['switch'] }, async (client) => {
    assert.equal(await client.where(), '<module>@join');
    assert.equal(await client.to('next'), '<module>@end');
    assert.equal(client.output(), 'foo 1\nbar 1\nfoo 2\nbar 2\n');
  });
});

test('stepping into a yield follows the switch: first lines of new greenlets, then where they go on', async () => {
  await debug(TURNS, { filters: ['switch'] }, async (client) => {
    assert.equal(await client.where(), '<module>@join');
    assert.equal(await client.to('stepIn'), 'foo@foo1');
    assert.equal(await client.to('next', 2), 'foo@fooSleep');
    assert.equal(await client.to('stepIn', 2), 'bar@bar1');
    assert.equal(await client.to('next', 3), 'bar@barSleep');
    assert.equal(await client.to('stepIn', 3), 'foo@foo2');
  });
});

const CALLS = `
import { joinAll, sleep, spawn } from 'greenlets';
function outer() {
  const before = 1; // @before
  const value = middle(before); // @callMiddle
  console.log(value); // @afterMiddle
}
function middle(n: number) {
  const first = inner(n); // @callInner
  return first + 1; // @afterInner
}
function inner(n: number) {
  let k = n; // @inner1
  sleep(0); // @sleep
  k *= 10; // @inner2
  return k; // @return
}
joinAll([spawn(outer), spawn(() => { sleep(0); })]); // @join
`;

/** From the breakpoint at `outer`'s first line down to `inner`'s sleep. */
async function toSleep(client: Client, filters: string[]): Promise<void> {
  assert.equal(await client.where(), 'outer@before');
  await client.request('setExceptionBreakpoints', { filters });
  assert.equal(await client.to('next', 2), 'outer@callMiddle');
  assert.equal(await client.to('stepIn', 2), 'middle@callInner');
  assert.equal(await client.to('stepIn', 2), 'inner@inner1');
  assert.equal(await client.to('next', 2), 'inner@sleep');
}

for (const filters of [[], ['switch', 'uncaught', 'deadlock']]) {
  const kind = filters.length === 0 ? 'filters off' : 'filters on';

  test(`stepping in reaches the first line of a callee, stepping over a callee that switches its caller (${kind})`, async () => {
    const breakpoints = ['before'];
    await debug(CALLS, { filters: [], breakpoints }, async (client) => {
      await toSleep(client, filters);
      assert.equal(await client.to('next', 2), 'inner@inner2');
      assert.equal(await client.to('next', 2), 'inner@return');
    });
    await debug(CALLS, { filters: [], breakpoints }, async (client) => {
      assert.equal(await client.where(), 'outer@before');
      await client.request('setExceptionBreakpoints', { filters });
      assert.equal(await client.to('next', 2), 'outer@callMiddle');
      assert.equal(await client.to('next', 2), 'outer@afterMiddle');
      const [top] = await client.stack(2);
      assert.equal((await client.locals(top)).value, '11');
    });
  });

  test(`stepping out of a function that has switched reaches its parked caller (${kind})`, async () => {
    await debug(CALLS, { filters: [], breakpoints: ['before'] }, async (client) => {
      await toSleep(client, filters);
      assert.equal(await client.to('next', 2), 'inner@inner2');
      assert.match(await client.to('stepOut', 2), /^middle@(?:callInner|afterInner)$/);
      assert.match(await client.to('stepOut', 2), /^outer@(?:callMiddle|afterMiddle)$/);
    });
  });

  test(`stepping out of a function that has not switched yet waits for its end (${kind})`, async () => {
    await debug(CALLS, { filters: [], breakpoints: ['inner1'] }, async (client) => {
      assert.equal(await client.where(), 'inner@inner1');
      await client.request('setExceptionBreakpoints', { filters });
      assert.match(await client.to('stepOut', 2), /^middle@(?:callInner|afterInner)$/);
      const [top] = await client.stack(2);
      assert.equal(client.place(top as never).startsWith('middle'), true);
    });
  });
}

test('stepping out at a yield reaches the caller', async () => {
  await debug(CALLS, { filters: ['switch'], breakpoints: [] }, async (client) => {
    assert.equal(await client.where(), '<module>@join');
    assert.equal(await client.to('continue'), 'inner@sleep');
    assert.match(await client.to('stepOut', 2), /^middle@(?:callInner|afterInner)$/);
  });
});

test('a breakpoint in another greenlet interrupts a step, and continue completes it', async () => {
  await debug(TURNS, { filters: ['switch'], breakpoints: ['bar1'] }, async (client) => {
    assert.equal(await client.where(), '<module>@join');
    assert.equal(await client.to('continue'), 'foo@fooSleep');
    assert.equal(await client.to('next', 2), 'bar@bar1');
    assert.equal(await client.to('continue', 3), 'foo@foo2');
    await client.request('continue', { threadId: 2 });
    await client.event('terminated');
  });
});

test('a new step in another greenlet replaces an interrupted one, and the console says so', async () => {
  await debug(TURNS, { filters: ['switch'], breakpoints: ['bar1'] }, async (client) => {
    assert.equal(await client.where(), '<module>@join');
    assert.equal(await client.to('continue'), 'foo@fooSleep');
    assert.equal(await client.to('next', 2), 'bar@bar1');
    assert.equal(await client.to('next', 3), 'bar@barSleep');
    assert.match(client.output('console'), /step in the other greenlet is given up/);
    assert.equal(await client.to('next', 3), 'bar@bar2');
  });
});

test('errors that are caught elsewhere do not lose a step', async () => {
  const text = `
import { joinAll, sleep, spawn } from 'greenlets';
function risky() {
  try { throw new Error('caught'); } catch { return 1; }
}
function foo() {
  sleep(0); // @fooSleep
  risky(); // @risky
  sleep(0); // @second
  console.log('done'); // @done
}
function bar() {
  risky();
  sleep(0);
  risky();
  sleep(0);
}
joinAll([spawn(foo), spawn(bar)]); // @join
`;
  await debug(text, { filters: ['switch', 'uncaught'] }, async (client) => {
    assert.equal(await client.where(), '<module>@join');
    assert.equal(await client.to('continue'), 'foo@fooSleep');
    assert.equal(await client.to('next', 2), 'foo@risky');
    assert.equal(await client.to('next', 2), 'foo@second');
    assert.equal(await client.to('next', 2), 'foo@done');
  });
});

test('a step past the end of a greenlet goes on to the next pause', async () => {
  await debug(TURNS, { filters: ['switch'], breakpoints: ['foo2'] }, async (client) => {
    assert.equal(await client.where(), '<module>@join');
    assert.equal(await client.to('continue'), 'foo@fooSleep');
    assert.equal(await client.to('continue'), 'bar@barSleep');
    assert.equal(await client.to('continue'), 'foo@foo2');
    await client.request('stepOut', { threadId: 2 });
    await client.event('terminated');
    assert.equal(client.output(), 'foo 1\nbar 1\nfoo 2\nbar 2\nend\n');
  });
});

test('a step in a parked greenlet begins when it goes on', async () => {
  await debug(TURNS, { filters: ['switch'] }, async (client) => {
    assert.equal(await client.where(), '<module>@join');
    assert.match(await client.failure('next', { threadId: 2 }), /has no line to step from/);
    assert.equal(await client.to('continue'), 'foo@fooSleep');
    assert.equal(await client.to('continue'), 'bar@barSleep');
    assert.equal(await client.to('next', 2), 'foo@foo2');
    assert.equal(await client.to('next', 3), 'bar@bar2');
    assert.equal(await client.to('next', 1), '<module>@end');
  });
});

test('the callers of async functions that have not waited yet have their frames, and steps return to them', async () => {
  const text = `
async function inner(n: number) {
  const twice = n * 2; // @inner
  await null;
  return twice;
}
async function outer() {
  const promise = inner(1); // @callInner
  return await promise; // @afterInner
}
await outer(); // @callOuter
`;
  await debug(text, { filters: [], breakpoints: ['inner'] }, async (client) => {
    assert.equal(await client.where(), 'inner@inner');
    const { threads } = await client.request('threads');
    const stacks = [];
    for (const { id } of threads) {
      stacks.push((await client.stack(id)).map((each) => client.place(each)).join());
    }
    assert.deepEqual(stacks, ['<module>@callOuter', 'outer@callInner', 'inner@inner']);
    assert.equal(await client.to('next', 2), 'outer@afterInner');
  });
});

for (const command of ['next', 'stepIn'] as const) {
  test(`${command} at the end of a function that has switched goes on in its parked caller`, async () => {
    await debug(CALLS, { filters: [], breakpoints: ['inner2'] }, async (client) => {
      assert.equal(await client.where(), 'inner@inner2');
      const seen: string[] = [];
      while (seen.at(-1) !== 'outer@afterMiddle' && seen.length < 12) {
        seen.push(await client.to(command, 2));
      }
      const lines = seen.filter((each, i) => each !== seen[i - 1]);
      assert.deepEqual(
        lines.filter((each) => !/@(?:callInner|callMiddle)$/.test(each)),
        ['inner@return', 'middle@afterInner', 'outer@afterMiddle'],
      );
    });
  });
}

test('a stop on entry is at the first line of the program that does something', async () => {
  const text = `
import { sleep } from 'greenlets';
class Thing {
  wait() { sleep(0); }
}
const thing = new Thing(); // @first
thing.wait();
`;
  await debug(text, { filters: [], launch: { stopOnEntry: true } }, async (client) => {
    const stop = await client.stopped();
    assert.equal(stop.reason, 'entry');
    const [top] = await client.stack(1);
    assert.equal(top?.name, '<module>');
  });
});

test('stepping over stops at functions in variables, and at the first line of a chain of several lines', async () => {
  const text = `
import { joinAll, sleep, spawn } from 'greenlets';
function work(list: number[]) {
  const one = 1; // @one
  const wait = (n: number) => { sleep(0); return n + one; }; // @wait
  const sum = list // @chain
    .map(wait) // @map
    .reduce((a, b) => a + wait(b), 0);
  return sum; // @sum
}
joinAll([spawn(work, [1, 2]), spawn(() => sleep(0))]);
`;
  await debug(text, { filters: [], breakpoints: ['one'] }, async (client) => {
    assert.equal(await client.where(), 'work@one');
    const seen: string[] = [];
    while (seen.at(-1) !== 'work@sum' && seen.length < 12) seen.push(await client.to('next', 2));
    assert.deepEqual(seen.slice(0, 2), ['work@wait', 'work@chain']);
    assert.equal(seen.at(-1), 'work@sum');
  });
});
