/** The clock that the hub reads, and the loop that it borrows turns from. Both are given to it: core knows no Node. */

import { InternalError } from './errors.ts';

export interface Clock {
  /** The time since the program's start, in seconds. Never goes back. */
  now(): number;
  /**
   * Asks to be rung once, at `deadline` (seconds) or soon after it, never before. Replaces an earlier request.
   * While `ref` is true, the pending ring keeps the process alive.
   */
  arm(deadline: number, ring: () => void, ref: boolean): void;
  /** Takes the pending request back, if there is one. */
  disarm(): void;
}

export interface Loop {
  /** Runs `drain` soon, after the loop has polled once without blocking. While `ref` is true it keeps the process alive. */
  turn(drain: () => void, ref: boolean): void;
  /** Runs `drain` once the promise jobs that are queued now have run. */
  afterJobs(drain: () => void): void;
  /** Lets go of the process: a pending turn no longer keeps it alive. */
  unref(): void;
  /** Keeps the process alive though there is no turn, until called with false. */
  hold(on: boolean): void;
}

/** What a hub has before it is given a clock. */
export const NO_CLOCK: Clock = {
  now: () => 0,
  arm: () => {
    throw new InternalError('the hub has no clock');
  },
  disarm: () => {},
};

/** What a hub has before it is given a loop. */
export const NO_LOOP: Loop = {
  turn: () => {
    throw new InternalError('the hub has no loop');
  },
  afterJobs: () => {},
  unref: () => {},
  hold: () => {},
};
