/** One greenlet that is parked in the list of one primitive, with or without a time limit. Lean: it is made for every wait. */

import type { Frame } from './frame.ts';
import type { Cancel, Greenlet } from './greenlet.ts';
import { hub } from './hub.ts';
import { LATE, type Timer } from './timers.ts';
import { park } from './wait.ts';
import { Entry, type WaitList } from './wait-list.ts';

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
    if (timeout !== undefined) {
      this.timer = hub.after(timeout, () => this.expire(), this.greenlet.holds(), LATE);
    }
    return park(this.greenlet, kind, on, this);
  }

  /** Ends the wait with a value: goes on with the greenlet right here. For the hub only. */
  wake(value: unknown): void {
    this.cancel();
    hub.resume(this.greenlet, value);
  }

  /** Ends the wait with an error. For the hub only. */
  fail(error: unknown): void {
    hub.throwInto(this.greenlet, error);
  }

  /** The time is over. Primitives say what that means. */
  protected expire(): void {
    this.wake(false);
  }

  /** Leaves the list, and stops the timer. */
  cancel(): void {
    this.list?.remove(this);
    if (this.timer !== null) {
      hub.cancel(this.timer);
      this.timer = null;
    }
  }
}
