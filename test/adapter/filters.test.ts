/** What the program pauses on: errors, deadlocks, and the lives of greenlets. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { debug } from '../support/session.ts';

const ERRORS = `
import { joinAll, sleep, spawn } from 'greenlets';
function thrower(message: string) {
  sleep(0);
  throw new Error(message); // @throw
}
function careful() {
  try {
    thrower('caught by a parked caller');
  } catch (error) {
    console.log((error as Error).message);
  }
  try {
    JSON.parse('{');
  } catch {}
}
function careless() {
  thrower('nobody catches this'); // @call
}
joinAll([spawn(careful), spawn(careless)]);
console.log('end');
`;

test('an error that nobody catches stops where it is thrown, once; parked callers count', async () => {
  await debug(ERRORS, { filters: ['uncaught'] }, async (client) => {
    const stop = await client.stopped();
    assert.equal(stop.reason, 'exception');
    assert.equal(stop.threadId, 3);
    const stack = await client.stack(3);
    assert.deepEqual(
      stack.map((each) => client.place(each)),
      ['thrower@throw', 'careless@call'],
    );
    const info = await client.request('exceptionInfo', { threadId: 3 });
    assert.equal(info.exceptionId, 'Error');
    assert.equal(info.description, 'Error: nobody catches this');
    assert.equal((await client.locals(stack[0])).message, '"nobody catches this"');
    await client.request('continue', { threadId: 3 });
    await client.event('terminated');
    assert.equal(client.output(), 'caught by a parked caller\nend\n');
    assert.match(client.output('stderr'), /careless #3 failed with Error/);
  });
});

test('with the filter off, errors do not stop', async () => {
  await debug(ERRORS, { filters: [] }, async (client) => {
    await client.event('terminated');
    assert.equal(
      client.events.some((each) => each.event === 'stopped'),
      false,
    );
  });
});

const CIRCLE = `
import { type Greenlet, spawn } from 'greenlets';
const all: Greenlet[] = [];
function first() { all[1]!.join(); } // @first
function second() { all[0]!.join(); } // @second
all.push(spawn(first), spawn(second));
all[0]!.join(); // @main
`;

test('a deadlock stops with the greenlets of its circle', async () => {
  await debug(CIRCLE, { filters: ['deadlock', 'uncaught'] }, async (client) => {
    const stop = await client.stopped();
    assert.deepEqual([stop.reason, stop.threadId], ['exception', 2]);
    const { description } = await client.request('exceptionInfo', { threadId: 2 });
    assert.match(description, /first #2 → second #3 → first #2/);
    assert.match(description, /main #1 waits: join \(first #2\)/);
    const [top] = await client.stack(2);
    assert.equal(client.place(top as never), 'first@first');
    await client.request('continue', { threadId: 2 });
    const { body } = await client.event('exited');
    assert.equal(body.exitCode, 1);
    assert.match(client.output('stderr'), /LoopExit/);
  });
});

const GONE = `
import { joinAll, spawn } from 'greenlets';
import { Semaphore } from 'greenlets/lock';
const lock = new Semaphore(1);
function take() { lock.acquire(); }
joinAll([spawn(take), spawn(take)]);
`;

test('a deadlock with one that has ended says so', async () => {
  await debug(GONE, { filters: ['deadlock'] }, async (client) => {
    const { description } = await client.stopped();
    assert.equal(description, 'Deadlock: take #3 → take #2, which has ended');
  });
});

const LIVES = `
import { joinAll, sleep, spawn } from 'greenlets';
function worker() { sleep(10); } // @sleep
const one = spawn(worker); // @spawn
sleep(0);
one.kill(); // @kill
joinAll([one]);
`;

test('spawns, kills and ends can be paused at', async () => {
  await debug(LIVES, { filters: ['spawn', 'kill', 'exit'] }, async (client) => {
    const spawned = await client.stopped();
    assert.deepEqual(
      [spawned.reason, spawned.threadId, spawned.description],
      ['spawn', 1, 'worker #2 is spawned by main #1'],
    );
    assert.equal(client.place((await client.stack(1))[0] as never), '<module>@spawn');
    await client.request('continue', { threadId: 1 });
    const killed = await client.stopped();
    assert.deepEqual(
      [killed.reason, killed.threadId, killed.description],
      ['kill', 2, 'worker #2 is killed with GreenletExit'],
    );
    assert.equal(client.place((await client.stack(2))[0] as never), 'worker@sleep');
    await client.request('continue', { threadId: 2 });
    const ended = await client.stopped();
    assert.deepEqual([ended.reason, ended.description], ['exit', 'worker #2 ends: killed']);
    await client.request('setExceptionBreakpoints', { filters: [] });
    await client.request('continue', { threadId: 2 });
    await client.event('terminated');
  });
});

test('filters and filter options are both accepted, unknown ones are refused', async () => {
  await debug(LIVES, { filters: [], launch: { stopOnEntry: true } }, async (client) => {
    assert.equal((await client.stopped()).reason, 'entry');
    const { breakpoints } = await client.request('setExceptionBreakpoints', {
      filters: ['switch'],
      filterOptions: [{ filterId: 'nonsense' }, { filterId: 'deadlock' }],
    });
    assert.deepEqual(
      breakpoints.map((each: { verified: boolean }) => each.verified),
      [true, false, true],
    );
    await client.request('continue', { threadId: 1 });
    assert.equal((await client.stopped()).reason, 'yield');
  });
});
