/** Calls of Node's functions that take a callback. */

import { parked } from '../core/frame.ts';
import { hub } from '../core/hub.ts';
import { TIMED_OUT, Waiter } from '../core/wait.ts';
import { SocketTimeout } from './socket-error.ts';

/** What Node calls when it is done. */
// biome-ignore lint/suspicious/noExplicitAny: each function has values of its own.
export type Done = (error: Error | null | undefined, ...values: any[]) => void;

/**
 * Parks the running greenlet until Node calls back: `yield* calledBack(…)`. The process stays alive for it.
 *
 * @param kind what it waits for, in the words of the call.
 * @param on the object that it waits for.
 * @param start makes the call; Node calls `done` later, never at once.
 * @param toError makes the error that is thrown out of Node's.
 * @param timeout how long, in seconds; undefined: without an end.
 * @returns what Node has called back with, after the error.
 * @throws {SocketTimeout} when the time is over.
 */
export function* calledBack(
  kind: string,
  on: unknown,
  start: (done: Done) => void,
  toError: (error: unknown) => unknown,
  timeout?: number,
): Generator<undefined, unknown[], unknown> {
  const waiter = new Waiter(kind);
  const holds = waiter.greenlet.holds();
  hub.outside.begin(holds);
  waiter.onDone(() => hub.outside.end(holds));
  try {
    start((error, ...values) => {
      if (error) waiter.fail(toError(error));
      else waiter.wake(values);
    });
  } catch (error) {
    waiter.cancel();
    throw toError(error);
  }
  waiter.timeout(timeout, TIMED_OUT);
  waiter.park(kind, on);
  const values = yield* parked();
  if (values === TIMED_OUT) throw new SocketTimeout();
  return values as unknown[];
}
