/** The tools for tests, as programs use them. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runProgram } from '../support/fixture.ts';

/** Runs a program and returns its lines. */
async function linesOf(source: string): Promise<string[]> {
  const { stdout, stderr } = await runProgram(source);
  assert.equal(stderr, '');
  return stdout.trimEnd().split('\n');
}

test('a virtual clock jumps when all wait, in the order of the deadlines', async () => {
  const lines = await linesOf(`
    import { getHub, joinAll, sleep, spawn, Timeout, withTimeout } from 'greenlets';
    import { Event } from 'greenlets/event';
    import { VirtualClock } from 'greenlets/testing';
    const clock = new VirtualClock({ start: 100 });
    clock.install();
    const begin = Date.now();
    function sleeper(name: string, seconds: number) {
      for (let i = 0; i < 2; i++) { sleep(seconds); console.log(name, getHub().now()); }
    }
    joinAll([spawn(sleeper, 'hour', 3600), spawn(sleeper, 'day', 86400)]);
    console.log(new Event().wait(10), clock.now());
    try { Timeout.startNew(5); sleep(10); } catch (error) { console.log(error.name, clock.now()); }
    console.log(Date.now() - begin < 60_000);
    withTimeout(0, () => new Event().wait(), { timeoutValue: 0 });
    clock.uninstall();
    console.log(getHub().now() < 100);
    sleep(0.001);
    console.log('awake');
  `);
  assert.deepEqual(lines, [
    'hour 3700',
    'hour 7300',
    'day 86500',
    'day 172900',
    'false 172910',
    'Timeout 172915',
    'true',
    'true',
    'awake',
  ]);
});

test('without autoJump only advance moves the time, step by step', async () => {
  const lines = await linesOf(`
    import { getHub, sleep, spawn } from 'greenlets';
    import { VirtualClock, waitAllParked } from 'greenlets/testing';
    const clock = new VirtualClock({ start: 0, autoJump: false });
    clock.install();
    function ticker() { for (;;) { sleep(1); console.log('tick', getHub().now()); } }
    spawn(ticker);
    waitAllParked();
    console.log('parked', clock.now());
    clock.advance(2.5);
    console.log('advanced', clock.now());
    clock.advance(0.5);
    console.log('advanced', clock.now());
    try { clock.advance(-1); } catch (error) { console.log(error.message); }
    clock.uninstall();
  `);
  assert.deepEqual(lines, [
    'parked 0',
    'tick 1',
    'tick 2',
    'advanced 2.5',
    'tick 3',
    'advanced 3',
    'Time goes on by at least 0 seconds, not -1',
  ]);
});

test('waitAllParked returns when all others wait, after idle and before a jump', async () => {
  const lines = await linesOf(`
    import { idle, sleep, spawn } from 'greenlets';
    import { Queue } from 'greenlets/queue';
    import { VirtualClock, waitAllParked } from 'greenlets/testing';
    new VirtualClock().install();
    const jobs = new Queue<string>();
    const say = (text: string) => console.log(text);
    spawn(() => { say('got ' + jobs.get()); sleep(0); say('done'); });
    spawn(() => { idle(-1); say('idle, low'); });
    spawn(() => { idle(); say('idle'); });
    spawn(() => { sleep(1); say('slept'); });
    waitAllParked();
    say('all wait: ' + jobs.waiters().length);
    jobs.put('x');
    waitAllParked();
    say('all wait');
    sleep(2);
  `);
  assert.deepEqual(lines, [
    'idle',
    'idle, low',
    'all wait: 1',
    'got x',
    'done',
    'all wait',
    'slept',
  ]);
});

test('a seeded policy gives the same order each time, and other seeds others', async () => {
  const lines = await linesOf(`
    import { getHub, joinAll, sleep, spawn } from 'greenlets';
    import { ScriptedPolicy, SeededPolicy } from 'greenlets/testing';
    function orderOf(policy): string {
      const order: string[] = [];
      getHub().policy = policy;
      const body = (name: string) => { for (let i = 0; i < 3; i++) { order.push(name); sleep(0); } };
      joinAll(['a', 'b', 'c'].map((name) => spawn(body, name)));
      getHub().policy = null;
      return order.join('');
    }
    const orders = new Set<string>();
    for (let seed = 0; seed < 20; seed++) {
      const policy = new SeededPolicy(seed);
      const order = orderOf(policy);
      if (order !== orderOf(new SeededPolicy(seed))) console.log('another order');
      if (order !== orderOf(new ScriptedPolicy(policy.choices))) console.log('another replay');
      orders.add(order);
    }
    console.log(orders.size > 10, orderOf(null));
    try { new SeededPolicy(0.5); } catch (error) { console.log(error.message); }
  `);
  assert.deepEqual(lines, ['true abcabcabc', 'A seed is an integer, not 0.5']);
});

test('a scripted policy follows its script, then first in, first out', async () => {
  const lines = await linesOf(`
    import { getHub, joinAll, sleep, spawn } from 'greenlets';
    import { Event } from 'greenlets/event';
    import { ScriptedPolicy } from 'greenlets/testing';
    const order: string[] = [];
    const go = new Event();
    function a() { order.push('a'); sleep(0); order.push('a'); go.set(); }
    function b() { order.push('b'); go.wait(); order.push('b'); sleep(0); order.push('b'); }
    function c() { order.push('c'); sleep(0); order.push('c'); }
    const policy = new ScriptedPolicy('b c a a');
    getHub().policy = policy;
    joinAll([a, b, c].map((fn) => spawn(fn)));
    console.log(order.join(''), policy.done);
  `);
  assert.deepEqual(lines, ['bcaacbb true']);
});

test('a script that cannot be followed says what is ready instead', async () => {
  const { stderr, code } = await runProgram(
    `import { getHub, sleep, spawn } from 'greenlets';
     import { ScriptedPolicy } from 'greenlets/testing';
     getHub().policy = new ScriptedPolicy('b');
     spawn(function a() {});
     sleep(0);`,
  );
  assert.notEqual(code, 0);
  assert.match(stderr, /The script wants b, but ready are a #2/);
});

test('a checked hub tells what is broken, in the turn that has broken it', async () => {
  const { stdout, stderr, code } = await runProgram(
    `import { getHub, sleep, spawn } from 'greenlets';
     import { Event } from 'greenlets/event';
     import { checkEveryTurn } from 'greenlets/testing';
     checkEveryTurn();
     const event = new Event();
     spawn(function victim() { event.wait(); });
     sleep(0);
     console.log('whole');
     spawn(function breaker() { event.links.first.list = null; });
     sleep(0);
     console.log('never');`,
  );
  assert.equal(stdout, 'whole\n');
  assert.match(stderr, /the hub is broken/);
  assert.notEqual(code, 0);
});
