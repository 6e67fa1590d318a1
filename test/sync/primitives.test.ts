/** Whole programs in plain blocking code: what the programs of gevent do not show. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Heap } from '../../runtime/src/sync/heap.ts';
import { runProgram } from '../support/fixture.ts';

/** Runs a program and returns what it has printed, a line an entry. */
async function linesOf(text: string): Promise<string[]> {
  const { stdout, stderr, code } = await runProgram(text);
  assert.deepEqual([stderr, code], ['', 0]);
  return stdout.trimEnd().split('\n');
}

test('a condition: wait releases the lock, notify wakes in order, waitFor looks again', async () => {
  const lines = await linesOf(`
    import { joinAll, sleep, spawn } from 'greenlets';
    import { Condition } from 'greenlets/lock';
    const changed = new Condition();
    const items: string[] = [];
    function consumer(name: string) {
      const held = changed.hold();
      changed.waitFor(() => items.length > 0);
      console.log(name, 'takes', items.shift());
      held.release();
    }
    const consumers = ['a', 'b'].map((name) => spawn(consumer, name));
    sleep(0);
    console.log('waiting', changed.waiters().length, 'locked', changed.lock.locked());
    for (const item of ['x', 'y']) {
      changed.acquire();
      items.push(item);
      changed.notify();
      changed.release();
    }
    joinAll(consumers);
    changed.acquire();
    console.log('in time', changed.wait(0.01), changed.waitFor(() => 0, 0.01));
    changed.release();
    try { changed.wait(); } catch (error) { console.log(error.message); }
    try { changed.notify(); } catch (error) { console.log(error.message); }
  `);
  assert.deepEqual(lines, [
    'waiting 2 locked false',
    'a takes x',
    'b takes y',
    'in time false 0',
    'cannot wait on or notify a condition whose lock is not acquired',
    'cannot wait on or notify a condition whose lock is not acquired',
  ]);
});

test('a lock knows its owners and its waiters, and a report of a deadlock names the lock', async () => {
  const lines = await linesOf(`
    import { joinAll, sleep, spawn } from 'greenlets';
    import { RLock, Semaphore } from 'greenlets/lock';
    const lock = new Semaphore(2);
    lock.name = 'printer';
    function user() { lock.acquire(); sleep(0); lock.release(); }
    const users = [1, 2, 3].map(() => spawn(user));
    sleep(0);
    console.log(lock.owners().map(String).join(), lock.waiters().map(String).join());
    joinAll(users);
    console.log(lock.owners().length, lock.counter);
    const [one, two] = [new RLock(), new RLock()];
    one.name = 'one';
    two.name = 'two';
    function both(a: RLock, b: RLock) { a.acquire(); sleep(0); b.acquire(); }
    const stuck = [spawn(both, one, two), spawn(both, two, one)];
    try { joinAll(stuck); } catch (error) { console.log(error.message); }
    try { one.release(); } catch (error) { console.log(error.message); }
  `);
  assert.deepEqual(lines, [
    '<Greenlet user #2: ready>,<Greenlet user #3: ready> <Greenlet user #4: waiting>',
    '0 2',
    'This operation would block forever',
    '  Deadlock: both #5 waits for Semaphore.acquire (two) at main.ts:15, held by both #6; both #6 waits for Semaphore.acquire (one) at main.ts:15, held by both #5',
    '  main #1 waits: joinAll (both #5, both #6)',
    '  both #5 waits: Semaphore.acquire (two)',
    '  both #6 waits: Semaphore.acquire (one)',
    'cannot release un-acquired lock. Owner: both #5. Current: main #1',
  ]);
});

test('locks and time limits end with their block', async () => {
  const lines = await linesOf(`
    import { sleep, Timeout } from 'greenlets';
    import { Condition, RLock, Semaphore } from 'greenlets/lock';
    for (const lock of [new Semaphore(), new RLock(), new Condition()]) {
      try {
        using held = lock.hold();
        sleep(0);
        throw new Error(String(lock));
      } catch (error) {
        console.log(error.message, lock instanceof Condition ? lock.lock.locked() : lock.locked());
      }
    }
    let kept: Timeout;
    {
      using limit = Timeout.startNew(5);
      kept = limit;
      console.log(kept.pending);
    }
    console.log(kept.pending);
  `);
  assert.deepEqual(lines, [
    '<Semaphore counter=0 links[0]> false',
    '<RLock owner=main #1 count=1> false',
    '<Condition <RLock owner=main #1 count=1>, 0> false',
    'true',
    'false',
  ]);
});

test('wrong input gets a clear error', async () => {
  const lines = await linesOf(`
    import { iwait, Timeout } from 'greenlets';
    import { Event } from 'greenlets/event';
    import { BoundedSemaphore, Semaphore } from 'greenlets/lock';
    import { Pool } from 'greenlets/pool';
    import { PriorityQueue, Queue } from 'greenlets/queue';
    const attempts = [
      () => new Timeout('1' as never),
      () => new Semaphore(-1),
      () => new Semaphore('2' as never),
      () => new BoundedSemaphore().release(),
      () => new Pool(-2),
      () => new Queue().taskDone(),
      () => { const q = new PriorityQueue<unknown>(); q.put(1); q.put('a'); },
      () => { const q = new PriorityQueue<unknown>(); q.put({}); q.put({}); },
      () => new Event().rawlink(7 as never),
      () => iwait([1 as never]),
      () => new Pool().imap(5 as never, [1]),
    ];
    for (const each of attempts) {
      try { each(); console.log('no error'); } catch (error) { console.log(error.name + ': ' + error.message); }
    }
  `);
  assert.deepEqual(lines, [
    'TypeError: A timeout is a number of seconds, not 1',
    'RangeError: semaphore initial value must be >= 0',
    'RangeError: semaphore initial value must be >= 0',
    'RangeError: Semaphore released too many times',
    'RangeError: size must not be negative: -2',
    'RangeError: taskDone() called too many times',
    'TypeError: Items of a PriorityQueue must have an order: a and 1 have none',
    'TypeError: Items of a PriorityQueue must have an order: an object of Object and an object of Object have none',
    'TypeError: A link is a function',
    'TypeError: wait and iwait need objects with rawlink, not 1',
    'TypeError: imap needs a function',
  ]);
});

test('callbacks of apply and map follow a success only; a class of greenlets can be given', async () => {
  const lines = await linesOf(`
    import { getHub, Greenlet, sleep } from 'greenlets';
    import { Group, Pool } from 'greenlets/pool';
    getHub().handleError = () => {};
    class Worker extends Greenlet {}
    const pool = new Pool(1, Worker);
    function double(n: number) { sleep(0); if (n === 3) throw new Error('three'); return 2 * n; }
    const note = (value: unknown) => console.log('note', value);
    console.log(pool.spawn(double, 1) instanceof Worker);
    pool.applyAsync(double, [2], note);
    pool.applyAsync(double, [3], note);
    console.log('queued', pool.length);
    sleep(0.01);
    pool.join();
    sleep(0);
    console.log(pool.applyCb(double, [4], note));
    sleep(0);
    try { pool.mapAsync(double, [1, 3], note).get(); } catch (error) { console.log(error.message); }
    const group = new Group();
    const seen: unknown[] = [];
    for (const value of group.imapUnordered((seconds: number) => { sleep(seconds); return seconds; }, [0.03, 0.01])) seen.push(value);
    console.log(seen.join());
    function* failing() { yield 1; throw new Error('no more'); }
    try { for (const value of group.imap(double, failing())) console.log('item', value); } catch (error) { console.log(error.message); }
  `);
  assert.deepEqual(lines, [
    'true',
    'queued 1',
    'note 4',
    '8',
    'note 8',
    'three',
    '0.01,0.03',
    'item 2',
    'no more',
  ]);
});

test('the tree of greenlets shows the ended ones that are referenced, the shared values and the locals', async () => {
  const { stdout, stderr } = await runProgram(`
    import { getCurrent, getHub, Greenlet, joinAll, sleep, spawn } from 'greenlets';
    import { Local } from 'greenlets/local';
    import { GreenletTree, printRunInfo, spawnTreeLocals } from 'greenlets/util';
    getHub().handleError = () => {};
    const local = new Local();
    function leaf(n: number) { local.request = n; sleep(10); } // @leaf
    function middle() {
      spawnTreeLocals(getCurrent()!).job = 'J1';
      const children = [spawn(leaf, 1), spawn(leaf, 2)];
      console.log(spawnTreeLocals(children[0]) === spawnTreeLocals(getCurrent()!));
      joinAll(children);
    }
    const kept = [spawn(middle), spawn(() => 'a value'), new Greenlet(leaf, 9)];
    kept.push(spawn(() => { throw new Error('oops'); }));
    sleep(0);
    sleep(0);
    const tree = GreenletTree.currentTree();
    console.log(String(tree), kept.length, tree.isCurrentTree, tree.childTrees[0].root === tree);
    printRunInfo({}, process.stdout);
  `);
  assert.equal(stderr, '');
  const lines = stdout.trimEnd().split('\n');
  assert.deepEqual(lines.slice(0, 8), [
    'true',
    '<Greenlet main #1>; current',
    ' +--- <Greenlet middle #2>; waits: joinAll (leaf #5, leaf #6)',
    ' |    +--- <Greenlet leaf #5>; waits: sleep (10)',
    ' |    +--- <Greenlet leaf #6>; waits: sleep (10)',
    " +--- <Greenlet greenlet #3>; finished with value 'a value'",
    ' +--- <Greenlet greenlet #4>; finished with exception Error: oops',
    ' +--- <Greenlet leaf #7>; not running 4 true true',
  ]);
  assert.match(stdout, /\* Greenlets\n/);
  assert.match(stdout, /Running:\n.*leaf \(.*main\.ts:7:/);
  assert.match(stdout, /Spawn Tree Locals:\n.*\{ job: 'J1' \}/);
  assert.match(stdout, /Greenlet Locals:\n.*Local \{ request: 1 \}/);
});

test('a Local: own properties in each greenlet, methods and accessors shared', async () => {
  const lines = await linesOf(`
    import { spawn } from 'greenlets';
    import { Local } from 'greenlets/local';
    class Counter extends Local {
      declare count: number;
      steps = 2;
      constructor(start: number) { super(start); this.count = start; }
      get twice(): number { return 2 * this.count; }
      set twice(value: number) { this.count = value / 2; }
      add() { this.count += this.steps; return this.count; }
    }
    const counter = new Counter(10);
    counter.add();
    counter.twice = 50;
    spawn(() => {
      console.log(counter.add(), counter.twice, Object.keys(counter).join(), 'gone' in counter);
      delete counter.count;
      console.log('count' in counter, counter instanceof Counter);
    }).join();
    console.log(counter.count, JSON.stringify(counter));
  `);
  assert.deepEqual(lines, ['12 24 steps,count false', 'false true', '25 {"steps":2,"count":25}']);
});

test('a heap moves equal items as heapq of Python does', () => {
  // The order that Python 3.11 gives: the letters show which of the equal ones came first.
  const heap = new Heap<[number, string]>([]);
  const compared = ['2a', '1b', '2c', '1d', '1e', '2f'];
  const items = compared.map((text) => ({ valueOf: () => Number(text[0]), text }));
  const ordered = new Heap(items);
  const taken: string[] = [];
  while (ordered.size > 0) taken.push(ordered.take().text);
  assert.deepEqual(taken, ['1e', '1b', '1d', '2f', '2c', '2a']);
  for (const item of [
    [2, 'a'],
    [1, 'z'],
    [1, 'b'],
  ] as [number, string][])
    heap.add(item);
  assert.deepEqual(
    [heap.take(), heap.take(), heap.peek()],
    [
      [1, 'b'],
      [1, 'z'],
      [2, 'a'],
    ],
  );
});
