/** Parking: the one door through which a greenlet gives way. */

import { type Frame, PARKED } from './frame.ts';
import type { Cancel, Greenlet } from './greenlet.ts';
import { hub } from './hub.ts';
import { LATE, type Timer } from './timers.ts';
import { Entry, type WaitList } from './wait-list.ts';

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

/** Whether a greenlet that gives way only waits for its turn. */
export function waitsForTurn(greenlet: Greenlet): boolean {
  return greenlet.cancel === QUEUED;
}

const QUEUED: Cancel = { cancel: (greenlet) => hub.withdraw(greenlet) };

/** One greenlet that is parked in the list of one primitive, with or without a time limit. Lean: it is made for every wait. */
export class Waiting extends Entry implements Cancel {
  readonly greenlet: Greenlet;
  private timer: Timer | null = null;

  /**
   * @param kind what the greenlet is going to wait for.
   * @throws {CannotSwitchError} where the running code cannot switch.
   */
  constructor(kind: string) {
    super();
    this.greenlet = hub.parking(kind);
  }

  /**
   * Parks the running greenlet at the end of a list.
   *
   * @param on the primitive.
   * @param timeout how long, in seconds; undefined: without an end. Then `expire` is called.
   */
  parkIn(list: WaitList<this>, kind: string, on: unknown, timeout: number | undefined): Frame {
    list.push(this);
    this.limit(timeout);
    return park(this.greenlet, kind, on, this);
  }

  /** Ends the wait with a value: goes on with the greenlet right here. For the hub only; does nothing once the wait is over. */
  wake(value: unknown): void {
    const { greenlet } = this;
    if (greenlet.cancel !== this) return;
    this.cancel();
    hub.resume(greenlet, value);
  }

  /** Ends the wait with an error. For the hub only; does nothing once the wait is over. */
  fail(error: unknown): void {
    if (this.greenlet.cancel === this) hub.fail(this.greenlet, error);
  }

  /** Leaves the list, and stops the timer. */
  cancel(): void {
    this.list?.remove(this);
    if (this.timer !== null) {
      hub.cancel(this.timer);
      this.timer = null;
    }
  }

  /** Starts the timer that calls `expire`. @throws {TypeError} if `seconds` is not a number; then the wait is over. */
  protected limit(seconds: number | undefined): void {
    if (seconds === undefined) return;
    if (!isSeconds(seconds)) {
      this.cancel();
      throw noSeconds(seconds);
    }
    const { greenlet } = this;
    const ring = () => {
      hub.probe?.expire(greenlet);
      this.expire();
    };
    this.timer = hub.after(seconds, ring, greenlet.holds(), LATE);
    this.timer.wakes = greenlet;
  }

  /** The time is over. Primitives say what that means. */
  protected expire(): void {
    this.wake(false);
  }
}

/** Whether a time limit is one. */
export function isSeconds(value: unknown): value is number {
  return typeof value === 'number' && !Number.isNaN(value);
}

/** The error for a time limit that is none. */
export function noSeconds(value: unknown): TypeError {
  const hint = value instanceof Error ? '; for a Timeout call its run(fn)' : '';
  return new TypeError(`A timeout is a number of seconds, not ${String(value)}${hint}`);
}

/**
 * One wait for whatever comes first: any number of sources, and a timeout. For code that builds primitives. Make it, give `wake` or
 * `fail` to the sources, then park on it.
 */
export class Waiter extends Waiting {
  private undo: (() => void)[] = [];
  private late: unknown = undefined;

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
    this.late = value;
    this.limit(seconds);
  }

  /** Parks the greenlet until `wake` or `fail`. */
  park(kind: string, on: unknown): Frame {
    return park(this.greenlet, kind, on, this);
  }

  override cancel(): void {
    super.cancel();
    const { undo } = this;
    this.undo = [];
    for (let at = 0; at < undo.length; at++) (undo[at] as () => void)();
  }

  protected override expire(): void {
    this.wake(this.late);
  }
}
