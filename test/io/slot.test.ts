/** The place where one greenlet waits for one direction of a socket, on virtual time. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { framed } from '../../runtime/src/core/call.ts';
import { GreenletExit } from '../../runtime/src/core/errors.ts';
import { Greenlet } from '../../runtime/src/core/greenlet.ts';
import { hub } from '../../runtime/src/core/hub.ts';
import { kill } from '../../runtime/src/core/kill.ts';
import type { Probe } from '../../runtime/src/core/probe.ts';
import { sleep } from '../../runtime/src/core/sleep.ts';
import { Slot } from '../../runtime/src/io/slot.ts';
import { call, callOn, dual, onVirtualTime } from '../support/virtual.ts';

type Steps = Generator<undefined, unknown, unknown>;

const socket = { label: '10.0.0.1:5000' };

/** A greenlet that waits at the slot. */
function waiting(slot: Slot, timeout?: number): Greenlet {
  return Greenlet.spawn(dual(() => framed(slot.park('Socket.recv', timeout)) as Steps));
}

/** What Node's event would do, in the hub. */
function event(action: () => void): void {
  hub.push({
    step() {
      action();
      return false;
    },
  });
}

function run(program: () => Steps): void {
  const greenlet = onVirtualTime(program);
  if (greenlet.state === 'failed') throw greenlet.exception;
  assert.equal(greenlet.state, 'finished', 'the program waits forever');
}

describe('a slot', () => {
  it('says who waits for what, and goes on when it is woken', () => {
    run(function* () {
      const slot = new Slot(socket);
      const waiter = waiting(slot);
      yield* call(sleep, 0);
      assert.equal(slot.greenlet, waiter);
      assert.equal(waiter.waitText(), 'Socket.recv (10.0.0.1:5000)');
      event(() => slot.wake('data'));
      assert.equal(yield* callOn(waiter, waiter.get), 'data');
      assert.equal(slot.greenlet, null);
    });
  });

  it('ends with a SocketTimeout when its time is over, and only then', () => {
    run(function* () {
      const slot = new Slot(socket);
      const begin = hub.now();
      const late = waiting(slot, 2);
      yield* callOn(late, late.join);
      assert.equal((late.exception as Error).name, 'SocketTimeout');
      assert.equal(hub.now() - begin, 2);
      const early = waiting(slot, 2);
      yield* call(sleep, 1);
      event(() => slot.wake(1));
      yield* call(sleep, 5);
      assert.deepEqual([early.state, slot.greenlet], ['finished', null]);
    });
  });

  it('takes one greenlet only', () => {
    run(function* () {
      const slot = new Slot(socket);
      const [first, second] = [waiting(slot), waiting(slot)];
      yield* callOn(second, second.join);
      assert.equal((second.exception as Error).name, 'ConcurrentObjectUseError');
      event(() => slot.wake(1));
      assert.equal(yield* callOn(first, first.get), 1);
    });
  });

  it('forgets one that is killed, and one that is killed before its start was never there', () => {
    run(function* () {
      const slot = new Slot(socket);
      const parked = waiting(slot);
      yield* call(sleep, 0);
      const unstarted = waiting(slot);
      kill(unstarted);
      yield* callOn(parked, parked.kill);
      assert.equal(slot.greenlet, null);
      assert(parked.value instanceof GreenletExit && unstarted.value instanceof GreenletExit);
      slot.wake('nobody');
      const next = waiting(slot);
      yield* call(sleep, 0);
      event(() => slot.wake('somebody'));
      assert.equal(yield* callOn(next, next.get), 'somebody');
    });
  });

  it('that fails is not killed: a probe hears of kills and of Timeouts only', () => {
    const heard: unknown[] = [];
    const { probe } = hub;
    const silent = new Proxy({}, { get: () => () => {} }) as Probe;
    const listening: Probe = Object.assign(Object.create(silent), {
      kill: (_: Greenlet, error: Error) => heard.push(error.name),
    });
    try {
      hub.probe = listening;
      run(function* () {
        const slot = new Slot(socket);
        const late = waiting(slot, 1);
        yield* callOn(late, late.join);
        const failing = waiting(slot);
        yield* call(sleep, 0);
        event(() => slot.fail(new RangeError('by the system')));
        yield* callOn(failing, failing.join);
        const killed = waiting(slot);
        yield* call(sleep, 0);
        yield* callOn(killed, killed.kill);
      });
    } finally {
      hub.probe = probe;
    }
    assert.deepEqual(heard, ['GreenletExit']);
  });

  it('an end that is told later is not that of another wait', () => {
    run(function* () {
      const slot = new Slot(socket);
      const first = waiting(slot);
      yield* call(sleep, 0);
      event(() => slot.wake('first'));
      slot.endSoon((each) => each.fail(new Error('too late')));
      yield* callOn(first, first.get);
      const second = waiting(slot);
      yield* call(sleep, 0);
      slot.endSoon((each) => each.fail(new RangeError('in time')));
      yield* callOn(second, second.join);
      assert.equal((second.exception as Error).message, 'in time');
    });
  });

  it('keeps the process alive as long as somebody waits', () => {
    const held: boolean[] = [];
    run(function* () {
      const slot = new Slot(socket);
      const { loop } = hub;
      const { hold } = loop;
      loop.hold = (on) => held.push(on);
      const [one] = [waiting(slot)];
      yield* call(sleep, 0);
      assert.deepEqual(held, [true]);
      event(() => slot.wake(0));
      yield* callOn(one, one?.join);
      assert.deepEqual(held, [true, false]);
      loop.hold = hold;
    });
  });
});
