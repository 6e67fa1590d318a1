/** The errors that the runtime throws. Every error's `name` is its class name. */

import { describeBoundary } from './boundary.ts';
import type { Greenlet } from './greenlet.ts';
import type { Deadlock } from './wait-graph.ts';

/**
 * Ends a greenlet quietly: thrown into it by `kill`, or by the greenlet itself. A greenlet that ends with it counts as
 * successful, and its value is the error object (gevent's `GreenletExit`).
 */
export class GreenletExit extends Error {
  override name = 'GreenletExit';
}

/**
 * Thrown into the main greenlet when it waits and nothing can ever run again: no ready greenlet, no timer, no handle
 * of Node's (gevent's `LoopExit`).
 */
export class LoopExit extends Error {
  override name = 'LoopExit';
  /** Who waits for whom in a circle, as far as it is known. */
  declare readonly deadlocks: readonly Deadlock[];

  constructor(message?: string, deadlocks: readonly Deadlock[] = []) {
    super(message);
    Object.defineProperty(this, 'deadlocks', { value: deadlocks });
  }
}

/**
 * Thrown at a call that would have to switch where it cannot: below a native frame (a `sort` comparator, a getter that
 * native code called), inside code that was not transformed, or in the hub itself.
 */
export class CannotSwitchError extends Error {
  override name = 'CannotSwitchError';
  /** The greenlet that wanted to switch, or null where it was the hub. */
  declare readonly greenlet: Greenlet | null;

  constructor(message: string, greenlet: Greenlet | null) {
    super(message);
    // Not enumerable: Node would print it below every such error.
    Object.defineProperty(this, 'greenlet', { value: greenlet });
  }
}

/** The error of a call of `kind` that would have to switch where it cannot. */
export function cannotSwitch(kind: string, current: Greenlet | null): CannotSwitchError {
  const why =
    current === null
      ? 'no greenlet is running: wrap the code in spawn()'
      : `${current.label} is inside ${describeBoundary() ?? 'a native function, or code that was not transformed'}`;
  return new CannotSwitchError(`${kind} would have to switch, but ${why}`, current);
}

/** A defect of the runtime itself. Not exported: nobody should catch it. */
export class InternalError extends Error {
  override name = 'InternalError';

  constructor(message: string) {
    super(`${message} (this is a defect of greenlets, please report it)`);
  }
}
