/** Waiting for greenlets to end. */

import { after } from './call.ts';
import { type Frame, finished, parked } from './frame.ts';
import { Greenlet } from './greenlet.ts';
import { switching } from './ordinary.ts';
import { Several } from './several.ts';
import { Timeout } from './timeout.ts';
import { TIMED_OUT, Waiter } from './wait.ts';

/** Options of `joinAll`. */
export interface JoinAllOptions {
  /** How long to wait, in seconds; undefined: until all have ended. */
  timeout?: number;
  /** Throw the first failure, in the order of completion. */
  raiseError?: boolean;
  /** Wait for so many only. */
  count?: number;
}

/**
 * Waits until all the greenlets have ended. May switch (gevent's `joinall`).
 *
 * @returns those that have ended, in the order of their completion; all of them unless `timeout` or `count` cut it short.
 * @throws the first failure, if `raiseError` is set.
 */
export const joinAll: <G extends Greenlet>(
  greenlets: Iterable<G>,
  options?: JoinAllOptions,
) => G[] = switching('joinAll', joinAllForm) as never;

Greenlet.prototype.join = switching('join', joinForm) as Greenlet['join'];
Greenlet.prototype.get = switching('get', getForm) as Greenlet['get'];

function joinForm(this: Greenlet, timeout?: number): Frame {
  if (this.ready()) return finished(undefined);
  return parkOn(this, 'join', timeout, undefined);
}

function getForm(
  this: Greenlet,
  options: { block?: boolean; timeout?: number } | number = {},
): Frame {
  if (this.ready()) return finished(outcomeOf(this));
  const { block = true, timeout } = typeof options === 'number' ? { timeout: options } : options;
  if (!block) throw new Timeout();
  return after(parkOn(this, 'get', timeout, TIMED_OUT), (woken) => {
    if (woken === TIMED_OUT) throw new Timeout(timeout);
    return outcomeOf(this);
  });
}

/** What an ended greenlet has returned. @throws what it has thrown. */
function outcomeOf(greenlet: Greenlet): unknown {
  if (greenlet.state === 'failed') throw greenlet.exception;
  return greenlet.value;
}

/** Parks until `target` has ended; what the wait returns at the timeout is `late`. */
function parkOn(target: Greenlet, kind: string, timeout: number | undefined, late: unknown): Frame {
  const waiter = new Waiter(kind);
  const link = () => waiter.wake(undefined);
  target.rawlink(link);
  waiter.onDone(() => target.unlink(link));
  waiter.timeout(timeout, late);
  return waiter.park(kind, target);
}

function joinAllForm<G extends Greenlet>(
  greenlets: Iterable<G>,
  options?: JoinAllOptions,
): Generator<undefined, G[], unknown> {
  return waitForEnds([...greenlets], 'joinAll', options);
}

/** @internal What `joinAll` does, for a wait of any kind. */
export function* waitForEnds<G extends Greenlet>(
  all: readonly G[],
  kind: string,
  { timeout, raiseError = false, count }: JoinAllOptions = {},
): Generator<undefined, G[], unknown> {
  const ended: G[] = [];
  const wanted = Math.min(count ?? all.length, all.length);
  if (wanted > 0) {
    const waiter = new Waiter(kind);
    // Those that have ended are linked too, and so it switches: what is ready comes first, as in gevent.
    const link = (greenlet: Greenlet): void => {
      ended.push(greenlet as G);
      const failed = raiseError && !greenlet.successful();
      if (ended.length >= wanted || failed) waiter.wake(undefined);
    };
    for (const greenlet of all) greenlet.rawlink(link);
    waiter.onDone(() => {
      for (const greenlet of all) greenlet.unlink(link);
    });
    waiter.timeout(timeout, undefined);
    waiter.park(kind, new Several(all, wanted));
    yield* parked();
  }
  const first = raiseError && ended.find((each) => !each.successful());
  if (first) throw first.exception;
  return ended.slice(0, wanted);
}
