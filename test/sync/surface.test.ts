/** The smaller names of gevent's surface, in whole programs. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runProgram } from '../support/fixture.ts';

async function linesOf(text: string): Promise<string[]> {
  const { stdout, stderr, code } = await runProgram(text);
  assert.deepEqual([stderr, code], ['', 0]);
  return stdout.trimEnd().split('\n');
}

test('a queue that is shut down takes nothing more, and gives what it has', async () => {
  const lines = await linesOf(`
    import { joinAll, sleep, spawn } from 'greenlets';
    import { JoinableQueue, LifoQueue, PriorityQueue, Queue, ShutDown, SimpleQueue } from 'greenlets/queue';
    const attempt = (what: string, fn: () => unknown) => {
      try { console.log(what, fn()); } catch (error) { console.log(what, error.name, error instanceof ShutDown); }
    };
    for (const type of [SimpleQueue, Queue, LifoQueue, PriorityQueue]) {
      const queue = new type([1][0] && 2, [1]);
      queue.shutdown();
      attempt(type.name + ' put', () => queue.put(2));
      attempt('putNowait', () => queue.putNowait(2));
      attempt('peek', () => queue.peek());
      attempt('get', () => queue.get());
      attempt('get', () => queue.get({ timeout: 1 }));
      attempt('getNowait', () => queue.getNowait());
      attempt('peek', () => queue.peek());
    }
    const empty = new Queue();
    const getters = ['a', 'b'].map((name) => spawn(() => attempt(name, () => empty.get())));
    sleep(0);
    empty.shutdown();
    joinAll(getters);
    const full = new Queue(1, [0]);
    const putter = spawn(() => attempt('putter', () => full.put(1)));
    const waiter = spawn(() => attempt('join', () => full.join(5)));
    sleep(0);
    full.shutdown(true);
    joinAll([putter, waiter]);
    console.log(full.qsize(), full.unfinishedTasks, full.isShutdown);
  `);
  const each = [
    'putNowait ShutDown true',
    'peek 1',
    'get 1',
    'get ShutDown true',
    'getNowait ShutDown true',
    'peek ShutDown true',
  ];
  assert.deepEqual(lines, [
    ...['SimpleQueue', 'Queue', 'LifoQueue', 'PriorityQueue'].flatMap((name) => [
      `${name} put ShutDown true`,
      ...each,
    ]),
    'a ShutDown true',
    'b ShutDown true',
    'join true',
    'putter ShutDown true',
    '0 0 true',
  ]);
});

test('assertSwitches: code must give way, at all or in time', async () => {
  const lines = await linesOf(`
    import { getHub, sleep } from 'greenlets';
    import { Event } from 'greenlets/event';
    import { VirtualClock } from 'greenlets/testing';
    import { assertSwitches, FailedToSwitch } from 'greenlets/util';
    const clock = new VirtualClock({ start: 0 });
    clock.install();
    const busy = (seconds: number) => { (clock as any).time += seconds; };
    const attempt = (what: string, fn: () => unknown, options?: object) => {
      try { console.log(what, assertSwitches(fn, options)); }
      catch (error) { console.log(what, error.name + ': ' + error.message, error instanceof FailedToSwitch); }
    };
    attempt('nothing', () => {});
    attempt('a switch', () => { sleep(0); return 'value'; });
    attempt('fast', () => {}, { maxBlockingTime: 1 });
    attempt('slow', () => busy(2), { maxBlockingTime: 1 });
    attempt('slow, then a switch', () => { busy(2); sleep(0); }, { maxBlockingTime: 1 });
    attempt('slow, then a switch', () => { busy(2); sleep(0); }, { maxBlockingTime: 1, hubOnly: true });
    attempt('a switch, then slow', () => { sleep(0); busy(2); }, { maxBlockingTime: 1, hubOnly: true });
    attempt('a long wait', () => new Event().wait(100), { maxBlockingTime: 1 });
    try { assertSwitches(() => { throw new Error('own'); }); } catch (error) { console.log(error.message); }
    console.log(getHub().probe);
  `);
  const failed = (whom: string, time: string, limit = '') =>
    `FailedToSwitch: To ${whom} in ${time} seconds${limit}: main #1 has blocked true`;
  assert.deepEqual(lines, [
    `nothing ${failed('any greenlet', '0.0000')}`,
    'a switch value',
    'fast undefined',
    `slow ${failed('any greenlet', '2.0000', ' (max allowed 1.0000 seconds)')}`,
    `slow, then a switch ${failed('any greenlet', '2.0000', ' (max allowed 1.0000 seconds)')}`,
    'slow, then a switch undefined',
    `a switch, then slow ${failed('the hub', '2.0000', ' (max allowed 1.0000 seconds)')}`,
    'a long wait false',
    'own',
    'null',
  ]);
});

test('callbacks hear of spawns and switches, until they are taken back', async () => {
  const lines = await linesOf(`
    import { addSpawnCallback, getHub, getTrace, joinAll, removeSpawnCallback, setTrace, sleep, spawn } from 'greenlets';
    const name = (greenlet) => greenlet?.name ?? 'hub';
    const spawned = [];
    const one = (greenlet) => spawned.push(greenlet.name);
    addSpawnCallback(one);
    addSpawnCallback(one);
    function f() { sleep(0); }
    function c() { sleep(10); }
    const a = spawn(f), b = spawn(f);
    const sleeper = spawn(c);
    a.name = 'a'; b.name = 'b';
    removeSpawnCallback(one);
    removeSpawnCallback(one);
    spawn(function unheard() {}).kill();
    console.log(spawned.join());
    const log = [];
    const trace = (event, { origin, target }) => log.push([event, name(origin), name(target)].join(' '));
    console.log(setTrace(trace), getTrace() === trace);
    joinAll([a, b]);
    sleeper.kill();
    console.log(setTrace(null) === trace, getTrace(), getHub().probe);
    for (const each of log) console.log(each);
  `);
  assert.deepEqual(lines, [
    'f,f,c',
    'null true',
    'true null null',
    ...['switch main hub', 'switch hub a', 'switch a hub', 'switch hub b', 'switch b hub'],
    ...['switch hub c', 'switch c hub', 'switch hub a', 'switch a hub', 'switch hub b'],
    ...['switch b hub', 'switch hub main', 'switch main hub'],
    ...['throw hub c', 'switch c hub', 'switch hub main'],
  ]);
});

test('a Waiter brings a value or an error, or keeps it', async () => {
  const lines = await linesOf(`
    import { getHub, runCallback, sleep, spawn, Waiter } from 'greenlets';
    const waiter = new Waiter<number>();
    runCallback((value: number) => waiter.switch(value), 1);
    console.log(waiter.get(), waiter.ready());
    waiter.switch(2);
    console.log(waiter.ready(), waiter.successful(), waiter.value, waiter.get(), waiter.get());
    waiter.clear();
    waiter.throw(new Error('kept'));
    console.log(waiter.successful(), waiter.exception.message);
    try { waiter.get(); } catch (error) { console.log(error.message); }
    waiter.clear();
    const user = spawn(function user() { try { waiter.get(); } catch (error) { return error.message; } });
    sleep(0);
    try { waiter.get(); } catch (error) { console.log(error.message); }
    console.log(String(waiter), user.stack().length);
    setTimeout(() => waiter.throw(new Error('thrown')), 1);
    console.log(user.get());
    const stopped = runCallback(() => console.log('never'));
    stopped.stop();
    const failing = runCallback(function failing() { throw new Error('told'); });
    getHub().handleError = (context: any, error: any) => console.log(context.name, error.message);
    sleep(0);
    console.log(stopped.pending, failing.pending);
  `);
  assert.deepEqual(lines, [
    '1 false',
    'true true 2 2 2',
    'false kept',
    'kept',
    'This Waiter is already used by user #2',
    '<Waiter empty, user #2 waits> 1',
    'thrown',
    'failing told',
    'false false',
  ]);
});

test('links can be asked for and taken back; a sleep without ref does not prevent a LoopExit', async () => {
  const lines = await linesOf(`
    import { getSwitchInterval, setSwitchInterval, sleep, spawn } from 'greenlets';
    const greenlet = spawn(() => {});
    console.log(greenlet.hasLinks());
    greenlet.link(() => console.log('never'));
    console.log(greenlet.hasLinks());
    greenlet.unlinkAll();
    sleep(0.001);
    console.log(greenlet.hasLinks());
    try { sleep(3600, { ref: false }); } catch (error) { console.log(error.name); }
    console.log(getSwitchInterval());
    setSwitchInterval(0.01);
    console.log(getSwitchInterval());
    try { setSwitchInterval(0); } catch (error) { console.log(error.name); }
  `);
  assert.deepEqual(lines, ['false', 'true', 'false', 'LoopExit', '0.005', '0.01', 'RangeError']);
});
