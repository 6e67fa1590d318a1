/** The waits that `waitable.test.ts` tries: one fresh case a call. */

import { Greenlet } from '../../runtime/src/core/greenlet.ts';
import { hub } from '../../runtime/src/core/hub.ts';
import { joinAll } from '../../runtime/src/core/join.ts';
import { kill } from '../../runtime/src/core/kill.ts';
import { sleep } from '../../runtime/src/core/sleep.ts';
import { AsyncResult } from '../../runtime/src/sync/async-result.ts';
import { Channel } from '../../runtime/src/sync/channel.ts';
import { Condition } from '../../runtime/src/sync/condition.ts';
import { Event } from '../../runtime/src/sync/event.ts';
import { Pool } from '../../runtime/src/sync/pool.ts';
import { Queue, SimpleQueue } from '../../runtime/src/sync/queue.ts';
import { RLock } from '../../runtime/src/sync/rlock.ts';
import { Semaphore } from '../../runtime/src/sync/semaphore.ts';
import { iwait, wait } from '../../runtime/src/sync/wait.ts';
import { call, callOn, dual } from '../support/virtual.ts';

/** Code of a greenlet, in the form that the transform gives it. */
export type Steps = Generator<undefined, unknown, unknown>;

/** One kind of wait, in a fresh state in which it would have to wait. */
export interface Case {
  /** The wait; with a time limit where it takes one. */
  wait(seconds?: number): Steps;
  /** What ends one wait, called in a greenlet; may switch. */
  wake(): Steps;
  /** How many wait. */
  waiting(): number;
  /** Why a parked greenlet waits. */
  kind: string;
  /** What it waits for. */
  on: unknown;
  /** The outcome of a wait whose time is over: a value, or the name of an error. */
  late: unknown;
  /** Whether one wake ends one wait only. */
  single: boolean;
  /** Whether a wake while nobody waits is lost. */
  forgets?: boolean;
}

// biome-ignore lint/correctness/useYield: it has the shape of a call that may switch.
function* now(action: () => unknown): Steps {
  return action();
}

/** By the name of the call. */
export const CASES: Record<string, () => Case> = {
  'Event.wait': () => {
    const event = new Event();
    return {
      wait: (seconds) => callOn(event, event.wait, seconds),
      wake: () => now(() => event.set()),
      waiting: () => event.waiters().length,
      kind: 'Event.wait',
      on: event,
      late: false,
      single: false,
    };
  },
  'AsyncResult.get': () => {
    const result = new AsyncResult();
    return {
      wait: (timeout) => callOn(result, result.get, { timeout }),
      wake: () => now(() => result.set(1)),
      waiting: () => result.waiters().length,
      kind: 'AsyncResult.get',
      on: result,
      late: 'Timeout',
      single: false,
    };
  },
  'AsyncResult.wait': () => {
    const result = new AsyncResult();
    return {
      wait: (timeout) => callOn(result, result.wait, timeout),
      wake: () => now(() => result.set(1)),
      waiting: () => result.waiters().length,
      kind: 'AsyncResult.wait',
      on: result,
      late: undefined,
      single: false,
    };
  },
  'Semaphore.acquire': () => {
    const semaphore = new Semaphore(0);
    return {
      wait: (timeout) => callOn(semaphore, semaphore.acquire, { timeout }),
      wake: () => now(() => semaphore.release()),
      waiting: () => semaphore.waiters().length,
      kind: 'Semaphore.acquire',
      on: semaphore,
      late: false,
      single: true,
    };
  },
  'Semaphore.wait': () => {
    const semaphore = new Semaphore(0);
    return {
      wait: (timeout) => callOn(semaphore, semaphore.wait, timeout),
      wake: () => now(() => semaphore.release()),
      waiting: () => semaphore.waiters().length,
      kind: 'Semaphore.wait',
      on: semaphore,
      late: 0,
      single: false,
    };
  },
  'RLock.acquire': () => {
    const lock = new RLock();
    lock.owner = hub.main;
    lock.block.counter = 0;
    return {
      wait: (timeout) => callOn(lock, lock.acquire, { timeout }),
      wake: () =>
        now(() => {
          lock.owner = hub.current;
          lock.count = 1;
          lock.release();
        }),
      waiting: () => lock.waiters().length,
      kind: 'Semaphore.acquire',
      on: lock.block,
      late: false,
      single: true,
    };
  },
  'Queue.get': () => queueGet(new Queue()),
  'SimpleQueue.get': () => queueGet(new SimpleQueue()),
  'Queue.put': () => {
    const queue = new Queue<number>(1, [0]);
    return {
      wait: (timeout) => callOn(queue, queue.put, 1, { timeout }),
      wake: () => callOn(queue, queue.get),
      waiting: () => queue.waiters().length,
      kind: 'Queue.put',
      on: queue,
      late: 'Full',
      single: true,
    };
  },
  'Queue.join': () => {
    const queue = new Queue<number>(undefined, [0]);
    return {
      wait: (timeout) => callOn(queue, queue.join, timeout),
      wake: () => now(() => queue.unfinishedTasks > 0 && queue.taskDone()),
      waiting: () => 0,
      kind: 'Queue.join',
      on: undefined,
      late: false,
      single: false,
    };
  },
  'Channel.get': () => {
    const channel = new Channel<number>();
    return {
      wait: (timeout) => callOn(channel, channel.get, { timeout }),
      wake: () => now(() => Greenlet.spawn(dual(() => callOn(channel, channel.put, 1)))),
      waiting: () => channel.getters.size,
      kind: 'Channel.get',
      on: channel,
      late: 'Empty',
      single: true,
    };
  },
  'Channel.put': () => {
    const channel = new Channel<number>();
    return {
      wait: (timeout) => callOn(channel, channel.put, 1, { timeout }),
      wake: () => now(() => Greenlet.spawn(dual(() => callOn(channel, channel.get)))),
      waiting: () => channel.putters.size,
      kind: 'Channel.put',
      on: channel,
      late: 'Full',
      single: true,
    };
  },
  'Condition.wait': () => {
    const condition = new Condition();
    return {
      *wait(timeout) {
        yield* callOn(condition, condition.acquire);
        try {
          return yield* callOn(condition, condition.wait, timeout);
        } finally {
          condition.release();
        }
      },
      *wake() {
        yield* callOn(condition, condition.acquire);
        condition.notify();
        condition.release();
      },
      waiting: () => condition.waiters().length,
      kind: 'Semaphore.acquire',
      on: undefined,
      late: false,
      single: true,
      forgets: true,
    };
  },
  'Pool.waitAvailable': () => {
    const pool = new Pool(1);
    const member = Greenlet.spawn(dual(() => call(sleep, 1000)));
    const taken = Greenlet.spawn(dual(() => callOn(pool, pool.add, member)));
    kill(taken);
    pool.startNow(member);
    return {
      wait: (timeout) => callOn(pool, pool.waitAvailable, timeout),
      wake: () => now(() => kill(member)),
      waiting: () => pool.places?.waiters().length ?? 0,
      kind: 'Semaphore.wait',
      on: pool.places,
      late: 0,
      single: false,
    };
  },
  'Greenlet.join': () => {
    const target = sleeper();
    return {
      ...endOf(target, 'join'),
      on: target,
      wait: (timeout) =>
        (function* () {
          yield* callOn(target, target.join, timeout);
          return target.ready();
        })(),
      late: false,
    };
  },
  'Greenlet.get': () => {
    const target = sleeper();
    return {
      ...endOf(target, 'get'),
      on: target,
      wait: (timeout) => callOn(target, target.get, { timeout }),
      late: 'Timeout',
    };
  },
  joinAll: () => {
    const target = sleeper();
    return {
      ...endOf(target, 'joinAll'),
      *wait(timeout) {
        const ended = (yield* call(joinAll, [target], { timeout })) as unknown[];
        return ended.length;
      },
      late: 0,
    };
  },
  wait: () => {
    const event = new Event();
    return {
      *wait(timeout) {
        const ready = (yield* call(wait, [event], { timeout })) as unknown[];
        return ready.length;
      },
      wake: () => now(() => event.set()),
      waiting: () => event.linkCount(),
      kind: 'wait',
      on: undefined,
      late: 0,
      single: false,
    };
  },
  iwait: () => {
    const event = new Event();
    return {
      *wait(timeout) {
        const iterator = iwait([event], { timeout });
        try {
          const step = (yield* callOn(iterator, iterator.next)) as IteratorResult<Event>;
          return step.done;
        } finally {
          iterator.return();
        }
      },
      wake: () => now(() => event.set()),
      waiting: () => event.linkCount(),
      kind: 'iwait',
      on: undefined,
      late: true,
      single: false,
    };
  },
};

/** One that others wait for: it ends when it is killed. */
function sleeper(): Greenlet {
  return Greenlet.spawn(dual(() => call(sleep, 1000)));
}

/** What is common to the waits for a greenlet's end. */
function endOf(target: Greenlet, kind: string) {
  return {
    wake: () => now(() => kill(target)),
    waiting: () => (target.hasLinks() ? 1 : 0),
    kind,
    on: undefined,
    single: false,
  };
}

function queueGet(queue: SimpleQueue<unknown>): Case {
  return {
    wait: (timeout) => callOn(queue, queue.get, { timeout }),
    wake: () => callOn(queue, queue.put, 1),
    waiting: () => queue.waiters().length,
    kind: 'Queue.get',
    on: queue,
    late: 'Empty',
    single: true,
  };
}
