/** Waiting for promises. */

import { type Frame, finished } from './frame.ts';
import { switching } from './ordinary.ts';
import { Waiter } from './wait.ts';

/**
 * Waits until a promise settles. Always switches, as `await` does; goes on inside the promise's own job.
 *
 * @param promise a promise or thenable; any other value is returned as it is, without a switch.
 * @returns what the promise was fulfilled with.
 * @throws what it was rejected with.
 */
export const result: <T>(promise: PromiseLike<T> | T) => T = switching(
  'result',
  resultForm,
) as never;

function resultForm(promise: unknown): Frame {
  if (!isThenable(promise)) return finished(promise);
  const waiter = new Waiter('result');
  promise.then(
    (value) => waiter.wake(value),
    (error) => waiter.fail(error),
  );
  return waiter.park('result', promise);
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
}
