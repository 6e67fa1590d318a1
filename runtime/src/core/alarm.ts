/** The hub's timers on its clock: the clock is always set to the first of them. */

import type { Hub } from './hub.ts';
import { type Timer, Timers } from './timers.ts';

export class Alarm {
  private readonly hub: Hub;
  private readonly timers = new Timers();

  constructor(hub: Hub) {
    this.hub = hub;
  }

  /**
   * Starts a timer.
   *
   * @param deadline in seconds of the hub's clock.
   * @param ring runs in the hub; may resume at most one greenlet.
   * @param holds whether the timer keeps the process alive after main has ended.
   */
  add(deadline: number, ring: () => void, holds: boolean): Timer {
    const timer = this.timers.add(deadline, ring, holds);
    if (timer.index === 0) this.arm();
    return timer;
  }

  /** Stops a timer; nothing happens if it has rung. */
  remove(timer: Timer): void {
    const wasFirst = timer.index === 0;
    if (this.timers.remove(timer) && wasFirst) this.arm();
  }

  /** Sets the clock to the first timer. */
  arm(): void {
    const { clock, mainEnded } = this.hub;
    const { first, holding } = this.timers;
    if (first === undefined) clock.disarm();
    else clock.arm(first.deadline, this.ring, !mainEnded || holding > 0);
  }

  private readonly ring = (): void => {
    this.hub.runNow({ step: this.ringFirst });
  };

  /** Rings the first timer if it is due; returns whether the next one is. */
  private readonly ringFirst = (): boolean => {
    const { clock } = this.hub;
    const { first } = this.timers;
    const now = clock.now();
    if (first !== undefined && first.deadline <= now) {
      this.timers.remove(first);
      first.ring();
    }
    const next = this.timers.first;
    if (next !== undefined && next.deadline <= now) return true;
    this.arm();
    return false;
  };
}
