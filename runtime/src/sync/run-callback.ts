/** A function at the end of the hub's queue (gevent's `loop.run_callback`). */

import { type Callback, hub } from '../core/hub.ts';

/** A call that waits for its turn. */
export class QueuedCall implements Callback {
  private readonly fn: (...args: never[]) => unknown;
  private readonly args: readonly unknown[];
  /** Whether it has neither begun nor been stopped. */
  pending = true;

  constructor(fn: (...args: never[]) => unknown, args: readonly unknown[]) {
    this.fn = fn;
    this.args = args;
  }

  /** Takes it out of the queue. Never switches. */
  stop(): void {
    if (this.pending) hub.withdraw(this);
    this.pending = false;
  }

  /** @internal */
  step(): boolean {
    this.pending = false;
    try {
      Reflect.apply(this.fn, undefined, this.args);
    } catch (error) {
      hub.handleError(this.fn, error);
    }
    return false;
  }
}

/**
 * Calls `fn(...args)` in the hub at its next turn, behind all that is ready now. Never switches. A call in it that would switch goes on as
 * a greenlet of its own. Its errors go to `hub.handleError`.
 */
export function runCallback<A extends unknown[]>(
  fn: (...args: A) => unknown,
  ...args: A
): QueuedCall {
  if (typeof fn !== 'function') throw new TypeError('runCallback needs a function');
  const call = new QueuedCall(fn, args);
  hub.push(call);
  return call;
}
