/**
 * The hub's timers on its clock: the clock is always set to the first of them. Time limits have timers of their own, which ring
 * after the others that are due and after one more poll, so that a sleep and arrived data win against a limit (gevent's order
 * on libev).
 */

import type { Hub } from './hub.ts';
import { type Timer, type TimerOptions, Timers } from './timers.ts';

export class Alarm {
  private readonly hub: Hub;
  private readonly plain = new Timers();
  private readonly late = new Timers();
  /** Whether the clock was last set so that it keeps the process alive. */
  private keepsAlive = false;

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
  add(
    deadline: number,
    ring: (timer: Timer) => void,
    holds: boolean,
    { late, ref }: TimerOptions,
  ): Timer {
    const timer = (late ? this.late : this.plain).add(deadline, ring, holds, ref);
    // Setting the clock again may delay a ring that is overdue.
    if (this.first() === timer || this.keeps() !== this.keepsAlive) this.arm();
    return timer;
  }

  /** Stops a timer; nothing happens if it has rung. */
  remove(timer: Timer): void {
    const wasFirst = this.first() === timer;
    const timers = this.late.owns(timer) ? this.late : this.plain;
    if (timers.remove(timer) && (wasFirst || this.keeps() !== this.keepsAlive)) this.arm();
  }

  /** Whether a timer is due, and will ring at the next poll. */
  isDue(): boolean {
    const first = this.first();
    return first !== undefined && first.deadline <= this.hub.clock.now();
  }

  /** @internal What is wrong with it; for tests. */
  defects(): string[] {
    return [...this.plain.defects(), ...this.late.defects()];
  }

  /** All timers, in no order. */
  *[Symbol.iterator](): Generator<Timer> {
    yield* this.plain;
    yield* this.late;
  }

  /** Sets the clock to the first timer. */
  arm(): void {
    const { clock } = this.hub;
    const first = this.first();
    if (first === undefined) {
      clock.disarm();
      return;
    }
    this.keepsAlive = this.keeps();
    clock.arm(first.deadline, this.ring, this.keepsAlive);
  }

  /** Whether the timers keep the process alive. */
  private keeps(): boolean {
    const { plain, late } = this;
    const holds = plain.holding + late.holding > 0;
    return holds || (!this.hub.mainEnded && plain.referenced + late.referenced > 0);
  }

  private first(): Timer | undefined {
    const a = this.plain.first;
    const b = this.late.first;
    return a === undefined || (b !== undefined && b.deadline < a.deadline) ? b : a;
  }

  /** A pass: the timers that are due now. One that is started meanwhile waits for the next pass. */
  private readonly ring = (): void => {
    const { hub, plain, late } = this;
    const until = hub.clock.now();
    const lateIsDue = late.first !== undefined && late.first.deadline <= until;
    if (lateIsDue) hub.loop.turn(() => this.pass(late, until, this.rearm), true);
    this.pass(plain, until, lateIsDue ? NOTHING : this.rearm);
  };

  private pass(timers: Timers, until: number, after: () => void): void {
    const { hub } = this;
    const end = timers.nextSeq;
    const next = (): Timer | undefined => {
      const { first } = timers;
      return first !== undefined && first.deadline <= until && first.seq < end ? first : undefined;
    };
    const step = (): boolean => {
      const timer = next();
      if (timer !== undefined) {
        timers.remove(timer);
        if (hub.probe !== null)
          hub.cause = -Math.round((hub.now() - timer.deadline) * MICROSECONDS);
        timer.ring(timer);
      }
      if (next() !== undefined) return true;
      after();
      return false;
    };
    hub.runNow({ step });
  }

  private readonly rearm = (): void => this.arm();
}

const MICROSECONDS = 1e6;
const NOTHING = (): void => {};
