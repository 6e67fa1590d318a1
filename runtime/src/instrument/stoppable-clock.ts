/**
 * A clock that a debugger stops while it has paused the program: so no time limit runs out and no timer falls due while somebody looks at
 * variables. It is laid over the hub's own one, which others keep as it is.
 */

import type { Clock } from '../core/clock.ts';

export class StoppableClock implements Clock {
  private readonly clock: Clock;
  /** How long it has stood so far, in seconds. */
  private stood = 0;
  /** What it shows as long as it stands; null: it goes. */
  private stands: number | null = null;
  private isArmed = false;
  private deadline = 0;
  private ring: () => void = () => {};
  private keepsAlive = false;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  now(): number {
    return this.stands ?? this.clock.now() - this.stood;
  }

  arm(deadline: number, ring: () => void, ref: boolean): void {
    this.isArmed = true;
    this.deadline = deadline;
    this.ring = ring;
    this.keepsAlive = ref;
    this.armBelow();
  }

  disarm(): void {
    this.isArmed = false;
    this.clock.disarm();
  }

  /** Stops it, until `goOn`. */
  stop(): void {
    this.stands ??= this.now();
  }

  /** Goes on from where it stands. */
  goOn(): void {
    if (this.stands === null) return;
    this.stood = this.clock.now() - this.stands;
    this.stands = null;
    if (this.isArmed) this.armBelow();
  }

  private armBelow(): void {
    this.clock.arm(this.deadline + this.stood, this.rang, this.keepsAlive);
  }

  private readonly rang = (): void => {
    // A program that is paused rings nothing: the debugger has gone without a word.
    this.goOn();
    if (this.now() < this.deadline) {
      this.armBelow();
      return;
    }
    this.isArmed = false;
    this.ring();
  };
}
