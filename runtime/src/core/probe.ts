/**
 * The moments that the hub tells one listener about. Recording, the debugger and schedule exploration are built on these
 * and on nothing else. With no probe, each costs one predictable branch.
 */

import type { Site } from './frame.ts';
import type { Greenlet } from './greenlet.ts';

export interface Probe {
  /** A greenlet was started by `spawner` (null: by the hub or by code outside any greenlet). It has not run yet. */
  spawn(greenlet: Greenlet, spawner: Greenlet | null): void;
  /**
   * The running greenlet is about to give way: it has registered what it waits for (`greenlet.waitKind`, `waitOn`), and its
   * native stack is still there. This is the yield that a debugger pauses at.
   */
  park(greenlet: Greenlet): void;
  /** The greenlet starts or goes on. */
  enter(greenlet: Greenlet): void;
  /**
   * The greenlet has stopped running.
   *
   * @param reason what it waits for, or `exit`, or `kill`.
   * @param site the innermost call site of the program's own code; RUNTIME_SITE where there is none.
   * @param callers how many frames below the innermost one were parked just now: calls that have not returned at once.
   */
  leave(greenlet: Greenlet, reason: string, site: Site, callers: number): void;
  /** A callback is put into the hub's queue. Returns what `hub.cause` is to say when it runs; 0: nothing. */
  queued(): number;
  /** Nothing is ready: the hub waits for timers and for the outside world. */
  idle(): void;
  /** The greenlet has ended; its state, value and exception are set. */
  exit(greenlet: Greenlet): void;
  /** `error` is about to be thrown into `greenlet`: by a kill, by a timeout, or a LoopExit where nothing can ever run again. */
  kill(greenlet: Greenlet, error: unknown): void;
  /** The time limit of a parked greenlet's wait is over; it goes on right after this. */
  expire(greenlet: Greenlet): void;
}
