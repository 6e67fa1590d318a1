/** A clock for tests: its time stands still while anything runs, and jumps to the next timer when all wait. */

import { called } from '../core/call.ts';
import type { Clock } from '../core/clock.ts';
import { hub } from '../core/hub.ts';
import { switchingMethods } from '../core/methods.ts';
import { waitAllParked } from './wait-all-parked.ts';

/** After everybody who waits for an idle hub. */
const JUMP_PRIORITY = -2000;

/** Options of a VirtualClock. */
export interface VirtualClockOptions {
  /** Its first time, in seconds; by default that of the hub's clock. */
  start?: number;
  /** False: only `advance` moves the time. */
  autoJump?: boolean;
}

/**
 * A clock whose time is not that of the world. Waits for the outside world (sockets, promises of timers of Node's) know nothing of it:
 * it jumps over them, unless `autoJump` is false.
 *
 *     const clock = new VirtualClock();
 *     clock.install();
 *     sleep(3600); // returns at once
 *     clock.uninstall();
 */
export class VirtualClock implements Clock, Disposable {
  private time: number;
  private readonly autoJump: boolean;
  private alarm: { deadline: number; ring: () => void } | null = null;
  private stopJump: (() => void) | null = null;
  private replaced: Clock | null = null;

  /**
   * Moves the time on: what is due on the way happens at its time, and all that follows from it. Always switches.
   *
   * @param seconds how far.
   */
  declare advance: (seconds: number) => void;

  constructor({ start = hub.now(), autoJump = true }: VirtualClockOptions = {}) {
    this.time = start;
    this.autoJump = autoJump;
  }

  /** Gives the hub this clock. Timers that have been started keep their deadlines. Never switches. */
  install(): void {
    if (this.replaced !== null) throw new Error('This clock is installed already');
    this.replaced = hub.clock;
    hub.useClock(this);
  }

  /** Gives the hub back the clock that it had before. Never switches. */
  uninstall(): void {
    if (this.replaced === null) return;
    hub.useClock(this.replaced);
    this.replaced = null;
  }

  [Symbol.dispose](): void {
    this.uninstall();
  }

  now(): number {
    return this.time;
  }

  arm(deadline: number, ring: () => void, ref: boolean): void {
    this.disarm();
    this.alarm = { deadline, ring };
    if (deadline <= this.time) {
      // The hub is not idle as long as a timer is due.
      const alarm = this.alarm;
      hub.loop.turn(() => this.alarm === alarm && this.jump(), ref);
    } else if (this.autoJump) {
      this.stopJump = hub.idlers.add(JUMP_PRIORITY, () => this.jump(), ref);
    }
  }

  disarm(): void {
    this.alarm = null;
    this.stopJump?.();
    this.stopJump = null;
  }

  /** @internal Jumps to the next timer, or to `target` if that comes first. @returns whether it was a timer. */
  jumpWithin(target: number): boolean {
    if (this.alarm === null || this.alarm.deadline > target) {
      this.time = Math.max(this.time, target);
      return false;
    }
    this.jump();
    return true;
  }

  private jump(): void {
    const { alarm } = this;
    if (alarm === null) return;
    this.disarm();
    this.time = Math.max(this.time, alarm.deadline);
    alarm.ring();
  }
}

switchingMethods(VirtualClock, { advance: advanceForm });

function* advanceForm(this: VirtualClock, seconds: number): Generator<undefined, void, unknown> {
  if (!(seconds >= 0)) throw new RangeError(`Time goes on by at least 0 seconds, not ${seconds}`);
  const target = this.now() + seconds;
  yield* called(waitAllParked, undefined);
  while (this.jumpWithin(target)) yield* called(waitAllParked, undefined);
}
