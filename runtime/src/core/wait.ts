/** Parking: the one door through which a greenlet gives way. */

import { type Frame, PARKED } from './frame.ts';
import type { Cancel, Greenlet } from './greenlet.ts';
import { hub } from './hub.ts';
import { LATE } from './timers.ts';

/** What a waiting greenlet is woken with when its time is over. */
export const TIMED_OUT: unique symbol = Symbol('timed out');

/**
 * Parks the running greenlet: everything that will wake it must be registered by now. The caller must return the frame that
 * this returns, or `yield* parked()`.
 *
 * @param greenlet the running greenlet, from `hub.parking`.
 * @param kind what it waits for, in the words of the call: `sleep`, `Queue.get`.
 * @param on the object that it waits for: a greenlet, several, a primitive, a number of seconds.
 * @param cancel takes back what would wake it.
 */
export function park(greenlet: Greenlet, kind: string, on: unknown, cancel: Cancel): Frame {
  greenlet.waitKind = kind;
  greenlet.waitOn = on;
  greenlet.cancel = cancel;
  hub.probe?.park(greenlet);
  greenlet.state = 'waiting';
  return PARKED;
}

/**
 * Parks the running greenlet at the end of the hub's queue: it goes on when its turn comes (`sleep(0)`).
 *
 * @param greenlet the running greenlet, from `hub.parking`.
 */
export function giveWay(greenlet: Greenlet, kind: string, on: unknown): Frame {
  park(greenlet, kind, on, QUEUED);
  greenlet.state = 'ready';
  hub.push(greenlet);
  return PARKED;
}

const QUEUED: Cancel = { cancel: (greenlet) => hub.withdraw(greenlet) };

/**
 * One wait for whatever comes first: any number of sources, and a timeout. For code that builds primitives (gevent's
 * `Waiter`). Make it, give `wake` or `fail` to the sources, then park on it.
 */
export class Waiter implements Cancel {
  readonly greenlet: Greenlet;
  private readonly undo: (() => void)[] = [];
  private done = false;

  /**
   * @param kind what the greenlet is going to wait for.
   * @throws {CannotSwitchError} where the running code cannot switch.
   */
  constructor(kind: string) {
    this.greenlet = hub.parking(kind);
  }

  /** Registers what takes a source back; called when the wait is over, for whatever reason. */
  onDone(undo: () => void): void {
    this.undo.push(undo);
  }

  /**
   * Lets the wait end by itself.
   *
   * @param seconds from now; undefined: never.
   * @param value what the wait ends with.
   */
  timeout(seconds: number | undefined, value: unknown): void {
    if (seconds === undefined) return;
    const timer = hub.after(seconds, () => this.wake(value), this.greenlet.holds(), LATE);
    this.onDone(() => hub.cancel(timer));
  }

  /** Ends the wait with a value: goes on with the greenlet right here. For the hub only; later calls do nothing. */
  wake(value: unknown): void {
    if (this.finish()) hub.resume(this.greenlet, value);
  }

  /** Ends the wait with an error. For the hub only. */
  fail(error: unknown): void {
    if (this.finish()) hub.throwInto(this.greenlet, error);
  }

  /** Parks the greenlet until `wake` or `fail`. */
  park(kind: string, on: unknown): Frame {
    return park(this.greenlet, kind, on, this);
  }

  cancel(): void {
    this.finish();
  }

  private finish(): boolean {
    if (this.done) return false;
    this.done = true;
    for (const undo of this.undo) undo();
    return true;
  }
}
