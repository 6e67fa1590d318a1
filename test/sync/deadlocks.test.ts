/** Who waits for whom: circles through every primitive that knows who could end a wait, and who is in none. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LoopExit } from '../../runtime/src/core/errors.ts';
import { Greenlet } from '../../runtime/src/core/greenlet.ts';
import { hub } from '../../runtime/src/core/hub.ts';
import { joinAll } from '../../runtime/src/core/join.ts';
import { kill } from '../../runtime/src/core/kill.ts';
import { loopExit } from '../../runtime/src/core/loop-exit.ts';
import { registerSites } from '../../runtime/src/core/sites.ts';
import { sleep } from '../../runtime/src/core/sleep.ts';
import { Timeout } from '../../runtime/src/core/timeout.ts';
import { Channel } from '../../runtime/src/sync/channel.ts';
import { Event } from '../../runtime/src/sync/event.ts';
import { Pool } from '../../runtime/src/sync/pool.ts';
import { Queue } from '../../runtime/src/sync/queue.ts';
import { RLock } from '../../runtime/src/sync/rlock.ts';
import { Semaphore } from '../../runtime/src/sync/semaphore.ts';
import { wait } from '../../runtime/src/sync/wait.ts';
import { call, callAt, callOn, dual, onVirtualTime } from '../support/virtual.ts';

type Steps = Generator<undefined, unknown, unknown>;

/** Runs a program that asserts, while a bystander runs forever; what is left is killed. */
function run(program: () => Steps): void {
  const greenlet = onVirtualTime(function* whole() {
    const before = new Set(Greenlet.live());
    try {
      yield* program();
    } finally {
      for (const each of [...Greenlet.live()]) {
        if (!before.has(each)) kill(each);
      }
      yield* call(sleep, 0);
    }
  });
  if (greenlet.state === 'failed') throw greenlet.exception;
  assert.equal(greenlet.state, 'finished');
}

/** Starts greenlets, and lets them come to where they park. */
function* started(bodies: Record<string, () => Steps>): Generator<undefined, Greenlet[], unknown> {
  const all = Object.entries(bodies).map(([name, body]) => {
    const greenlet = new Greenlet(dual(body));
    greenlet.name = name;
    greenlet.start();
    return greenlet;
  });
  for (let i = 0; i < 4; i++) yield* call(sleep, 0);
  return all;
}

const named = <P extends { name: string }>(name: string, primitive: P): P =>
  Object.assign(primitive, { name });
const names = (options?: { likely: boolean }) =>
  hub.findDeadlocks(options).map((each) => each.greenlets.map((one) => one.name));
/** The stories, without the numbers. */
const stories = (options?: { likely: boolean }) =>
  hub.findDeadlocks(options).map((each) => each.text.replace(/ #\d+/g, ''));

describe('a circle is found, and told,', () => {
  it('of locks, with the places', () => {
    const site = registerSites('/p/pipeline.ts', ['both'], [0, 12, 3, 0]);
    run(function* () {
      const [one, two] = [named('one', new Semaphore(1)), named('two', new RLock())];
      yield* started({
        *a() {
          yield* callOn(one, one.acquire);
          yield* call(sleep, 0);
          yield* callAt(
            site,
            dual(() => callOn(two, two.acquire)),
          );
        },
        *b() {
          yield* callOn(two, two.acquire);
          yield* call(sleep, 0);
          yield* callOn(one, one.acquire);
        },
        bystander: () => call(sleep, 1000),
      });
      assert.deepEqual(stories(), [
        'a waits for Semaphore.acquire (two) at pipeline.ts:12, held by b; b waits for Semaphore.acquire (one), held by a',
      ]);
    });
  });

  it('of greenlets that join each other, of one that joins itself, and of both at once', () => {
    run(function* () {
      const all: Greenlet[] = [];
      const join = (index: number) => () => callOn(all[index], (all[index] as Greenlet).join);
      all.push(...(yield* started({ gate: () => call(sleep, 0) })));
      const bodies = { a: join(2), b: join(1), alone: join(3) };
      for (const [name, body] of Object.entries(bodies)) {
        all.push(Object.assign(new Greenlet(dual(body)), { name }));
      }
      for (const each of all) each.start();
      yield* call(sleep, 0);
      assert.deepEqual(stories(), [
        'a waits for join (b); b waits for join (a)',
        'alone waits for join (alone)',
      ]);
    });
  });

  it('where one of several is enough, only if all are in it', () => {
    run(function* () {
      const pair = new Semaphore(2);
      const last = new Semaphore(1);
      const holder = (then: Semaphore | null) =>
        function* () {
          yield* callOn(pair, pair.acquire);
          yield* call(sleep, 0);
          if (then === null) yield* call(sleep, 10);
          else yield* callOn(then, then.acquire);
          pair.release();
        };
      yield* started({
        *owner() {
          yield* callOn(last, last.acquire);
          yield* call(sleep, 0);
          yield* callOn(pair, pair.acquire);
          last.release();
        },
        stuck: holder(last),
        free: holder(null),
      });
      assert.deepEqual(names(), []);
      yield* call(sleep, 20);
      assert.deepEqual(names(), []);
    });
  });

  it('where all of several are needed, if one is in it', () => {
    run(function* () {
      const lock = named('lock', new Semaphore(1));
      const others: Greenlet[] = [];
      others.push(
        ...(yield* started({
          blocked: () => callOn(lock, lock.acquire),
          sleeper: () => call(sleep, 100),
        })),
      );
      // The first has got the lock: the circle is closed by one that waits for both.
      const [waiting] = yield* started({
        *holder() {
          yield* callOn(lock, lock.acquire);
          yield* call(joinAll, others);
        },
      });
      assert.equal(waiting?.state, 'waiting');
      assert.deepEqual(names(), [['holder']]);
    });
  });

  it('of a pool whose members spawn into it', () => {
    run(function* () {
      const pool = new Pool(1);
      const member = dual(function* member() {
        yield* callOn(
          pool,
          pool.spawn,
          dual(() => call(sleep)),
        );
      });
      yield* started({ spawner: () => callOn(pool, pool.spawn, member) });
      assert.deepEqual(stories(), [
        'member waits for Semaphore.acquire (places of a pool), held by member',
      ]);
    });
  });

  it('of a lock whose owner has ended', () => {
    run(function* () {
      const lock = named('L', new Semaphore(1));
      yield* started({
        forgetful: () => callOn(lock, lock.acquire),
        *waiter() {
          yield* call(sleep, 0);
          yield* callOn(lock, lock.acquire);
        },
      });
      assert.deepEqual(stories(), [
        'waiter waits for Semaphore.acquire (L), held by forgetful, which has ended',
      ]);
    });
  });

  it('of a queue and a lock, as likely', () => {
    run(function* () {
      const jobs = named('jobs', new Queue<number>());
      const lock = named('L', new Semaphore(1));
      yield* started({
        *reader() {
          yield* callOn(lock, lock.acquire);
          for (;;) yield* callOn(jobs, jobs.get);
        },
        *writer() {
          yield* callOn(jobs, jobs.put, 1);
          yield* call(sleep, 0);
          yield* callOn(lock, lock.acquire);
        },
      });
      assert.deepEqual(names(), []);
      assert.deepEqual(stories({ likely: true }), [
        'reader waits for Queue.get (jobs), so far filled only by writer; writer waits for Semaphore.acquire (L), held by reader',
      ]);
    });
  });

  it('of a full queue that its reader has left, of channels, and of signals, as likely', () => {
    run(function* () {
      const full = named('full', new Queue<number>(1));
      const done = named('done', new Semaphore(0));
      yield* started({
        *reader() {
          yield* callOn(full, full.get);
          yield* callOn(done, done.acquire);
          yield* callOn(done, done.acquire);
        },
        *writer() {
          yield* callOn(full, full.put, 1);
          yield* call(sleep, 0);
          done.release();
          yield* callOn(full, full.put, 2);
          yield* callOn(full, full.put, 3);
        },
      });
      assert.deepEqual(done.owners(), []);
      assert.deepEqual(stories({ likely: true }), [
        'reader waits for Semaphore.acquire (done), so far released only by writer; writer waits for Queue.put (full), so far emptied only by reader',
      ]);
      const [there, back] = [new Channel<number>(), new Channel<number>()];
      const both = (first: Channel<number>, second: Channel<number>) =>
        function* () {
          if (first === there) yield* callOn(first, first.put, 1);
          else yield* callOn(second, second.get);
          if (first === there) yield* callOn(second, second.get);
          else yield* callOn(second, second.get);
        };
      yield* started({ ping: both(there, back), pong: both(back, there) });
      assert.deepEqual(names({ likely: true }), [['reader', 'writer']]);
    });
  });
});

describe('nobody is in a deadlock', () => {
  const lockOf = function* (inner: (lock: Semaphore) => Steps) {
    const lock = new Semaphore(1);
    yield* started({
      *holder() {
        yield* callOn(lock, lock.acquire);
        yield* call(sleep, 0);
        yield* inner(lock);
      },
    });
    assert.deepEqual(names({ likely: true }), []);
  };

  it('who waits with a time limit, of whatever kind', () => {
    run(() => lockOf((lock) => callOn(lock, lock.acquire, { timeout: 5 })));
    run(() => lockOf((lock) => call(wait, [lock], { timeout: 5 })));
    run(() =>
      lockOf(function* (lock) {
        const limit = Timeout.startNew(5);
        try {
          yield* callOn(lock, lock.acquire);
        } finally {
          limit.cancel();
        }
      }),
    );
  });

  it('who waits for what anybody could do', () => {
    run(() => lockOf(() => callOn(new Event(), new Event().wait)));
    run(() => lockOf(() => callOn(new Queue(), new Queue().get)));
  });

  it('who waits for one object of several of which another is open', () => {
    run(() => lockOf((lock) => call(wait, [lock, new Event()], { count: 1 })));
  });
});

describe('the owners of a semaphore', () => {
  it('are those who have acquired it, also where others have released it', () => {
    run(function* () {
      const lock = new Semaphore(1);
      const [owner] = yield* started({ owner: () => callOn(lock, lock.acquire) });
      assert.deepEqual(lock.owners(), [owner]);
      lock.release();
      assert.deepEqual(lock.owners(), []);
      const [next] = yield* started({ next: () => callOn(lock, lock.acquire) });
      assert.deepEqual(lock.owners(), [next]);
    });
  });

  it('are nobody where it is a signal', () => {
    run(function* () {
      const signal = new Semaphore(0);
      const [waiter] = yield* started({ waiter: () => callOn(signal, signal.acquire) });
      signal.release();
      signal.release();
      yield* call(sleep, 0);
      assert.equal(waiter?.state, 'finished');
      assert.deepEqual([signal.owners(), signal.counter], [[], 1]);
    });
  });

  it('are forgotten where nobody knows whose place was released', () => {
    run(function* () {
      const two = new Semaphore(2);
      yield* started({ a: () => callOn(two, two.acquire), b: () => callOn(two, two.acquire) });
      assert.equal(two.owners().length, 2);
      two.release();
      assert.deepEqual(two.owners(), []);
    });
  });
});

it('a LoopExit has the circles', () => {
  run(function* () {
    const lock = named('L', new Semaphore(1));
    const [holder] = yield* started({
      *holder() {
        yield* callOn(lock, lock.acquire);
        yield* callOn(lock, lock.acquire);
      },
    });
    const error = loopExit([holder as Greenlet]);
    assert.equal(error instanceof LoopExit, true);
    assert.deepEqual(error.deadlocks[0]?.greenlets, [holder]);
    assert.match(
      error.message,
      /\n {2}Deadlock: holder #\d+ waits for Semaphore\.acquire \(L\), held by holder #\d+\n/,
    );
  });
});
