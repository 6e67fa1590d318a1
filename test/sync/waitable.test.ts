/**
 * What holds for everything that a greenlet can wait for, whatever it is: success, a time limit, a kill while parked, a kill before
 * the start, a wake and a kill in the same turn, fairness, and that nothing is left behind.
 */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { GreenletExit } from '../../runtime/src/core/errors.ts';
import { Greenlet } from '../../runtime/src/core/greenlet.ts';
import { hub } from '../../runtime/src/core/hub.ts';
import { joinAll } from '../../runtime/src/core/join.ts';
import { kill } from '../../runtime/src/core/kill.ts';
import { sleep } from '../../runtime/src/core/sleep.ts';
import { Timeout } from '../../runtime/src/core/timeout.ts';
import { call, callOn, dual, onVirtualTime } from '../support/virtual.ts';
import { CASES, type Steps } from './waitables.ts';

for (const [name, make] of Object.entries(CASES)) {
  describe(name, () => {
    it('waits, says why, and goes on when it is woken', () => {
      run(function* () {
        const it = make();
        const waiter = Greenlet.spawn(dual(() => it.wait()));
        yield* call(sleep, 0);
        assert.equal(waiter.state, 'waiting');
        assert.equal(waiter.waitKind, it.kind);
        if (it.on !== undefined) assert.equal(waiter.waitOn, it.on);
        yield* it.wake();
        yield* callOn(waiter, waiter.join, 1);
        assert.equal(waiter.state, 'finished');
        assert.equal(it.waiting(), 0);
      });
    });

    it('ends when its time is over, and leaves nothing behind', () => {
      run(function* () {
        const it = make();
        const begin = hub.now();
        const outcome = yield* outcomeOf(it.wait(2));
        assert.deepEqual([outcome, hub.now() - begin], [it.late, 2]);
        assert.equal(it.waiting(), 0);
      });
    });

    it('a time limit that is no number is refused, and leaves nothing behind', () => {
      run(function* () {
        const it = make();
        for (const limit of [new Timeout(1), '1', Number.NaN]) {
          const error = yield* errorOf(it.wait(limit as never));
          assert.ok(error instanceof TypeError, String(error));
          assert.match(error.message, /^A timeout is a number of seconds, not /);
        }
        assert.equal(it.waiting(), 0);
        const waiter = Greenlet.spawn(dual(() => it.wait(2)));
        yield* call(sleep, 0);
        yield* it.wake();
        yield* callOn(waiter, waiter.join, 1);
        assert.equal(waiter.state, 'finished');
      });
    });

    it('ends in time when it is woken before: the timer is stopped', () => {
      run(function* () {
        const it = make();
        const waiter = Greenlet.spawn(dual(() => it.wait(5)));
        yield* call(sleep, 1);
        yield* it.wake();
        yield* callOn(waiter, waiter.join, 1);
        assert.equal(waiter.state, 'finished');
        assert.notDeepEqual(waiter.value, it.late === undefined ? null : it.late);
      });
      assert.equal(hub.now() < 5, true, 'a timer was left behind');
    });

    it('a kill while parked unlinks it, and the next one is served', () => {
      run(function* () {
        const it = make();
        const [first, second] = [0, 1].map(() => Greenlet.spawn(dual(() => it.wait())));
        yield* call(sleep, 0);
        yield* callOn(first, (first as Greenlet).kill);
        assert.equal(first?.state, 'killed');
        yield* it.wake();
        yield* callOn(second, (second as Greenlet).join, 1);
        assert.equal(second?.state, 'finished');
        assert.equal(it.waiting(), 0);
      });
    });

    it('one that is killed before its start never waits', () => {
      run(function* () {
        const it = make();
        const waiter = Greenlet.spawn(dual(() => it.wait()));
        yield* callOn(waiter, waiter.kill);
        assert.equal(waiter.value instanceof GreenletExit, true);
        yield* call(sleep, 0);
        assert.equal(it.waiting(), 0);
      });
    });

    it('a kill before the wake in the same turn: killed, and the wake is kept for the next', () => {
      run(function* () {
        const it = make();
        const waiter = Greenlet.spawn(dual(() => it.wait()));
        yield* call(sleep, 0);
        kill(waiter);
        yield* it.wake();
        yield* call(sleep, 0);
        assert.equal(waiter.state, 'killed');
        if (it.forgets) return;
        const next = Greenlet.spawn(dual(() => it.wait()));
        yield* callOn(next, next.join, 1);
        assert.equal(next.state, 'finished');
      });
    });

    it('an error of a Timeout that is thrown into it passes through', () => {
      run(function* () {
        const it = make();
        const limit = Timeout.startNew(1);
        assert.equal(yield* errorOf(it.wait()), limit);
        assert.equal(it.waiting(), 0);
      });
    });

    it('serves those who wait in their order', () => {
      run(function* () {
        const it = make();
        const order: number[] = [];
        const waiters = [0, 1, 2].map((number) =>
          Greenlet.spawn(
            dual(function* waiter() {
              yield* it.wait();
              order.push(number);
              if (it.kind === 'Semaphore.acquire' && it.on !== undefined) yield* it.wake();
            }),
          ),
        );
        yield* call(sleep, 0);
        for (let i = 0; i < (it.single ? 3 : 1); i++) {
          yield* it.wake();
          yield* call(sleep, 0);
        }
        yield* call(joinAll, waiters, { timeout: 1 });
        assert.deepEqual(order, [0, 1, 2]);
      });
    });
  });
}

/** Runs a program on virtual time to its end. */
function run(program: () => Steps): void {
  const greenlet = onVirtualTime(program);
  if (greenlet.state === 'failed') throw greenlet.exception;
  assert.equal(greenlet.state, 'finished', 'the program waits forever');
}

/** The value, or the name of the error. */
function* outcomeOf(steps: Steps): Steps {
  try {
    return yield* steps;
  } catch (error) {
    return (error as Error).name;
  }
}

function* errorOf(steps: Steps): Steps {
  try {
    yield* steps;
  } catch (error) {
    return error;
  }
}
