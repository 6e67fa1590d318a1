/** A counter that greenlets take from, and wait for while it is zero (gevent's `Semaphore`). */

import { called } from '../core/call.ts';
import { type Frame, finished } from '../core/frame.ts';
import type { Greenlet } from '../core/greenlet.ts';
import { hub } from '../core/hub.ts';
import { switchingMethods } from '../core/methods.ts';
import { Held } from './held.ts';
import { Linkable, LinkedWaiting } from './linkable.ts';

/** Options of `acquire`. */
export interface AcquireOptions {
  /** False: returns at once. */
  blocking?: boolean;
  /** How long to wait, in seconds; undefined: without an end. */
  timeout?: number;
}

export class Semaphore extends Linkable {
  /** How many more can acquire it now. */
  counter: number;
  private readonly holders = new Map<Greenlet, number>();

  /**
   * Takes one. May switch: waits, in order, while there is none. Who comes while there is one takes it, even if others wait.
   *
   * @returns false when the time is over, or at once if it may not wait.
   */
  declare acquire: (options?: AcquireOptions) => boolean;

  /**
   * Waits until there is one, without taking it. May switch.
   *
   * @param timeout how long, in seconds; undefined: without an end.
   * @returns the counter.
   */
  declare wait: (timeout?: number) => number;

  /** Acquires it until the returned object is disposed: `using held = lock.hold()`. May switch. */
  declare hold: () => Held;

  /** @throws {RangeError} if `value` is not a number of at least zero. */
  constructor(value: number = 1) {
    super();
    if (typeof value !== 'number' || !(value >= 0)) {
      throw new RangeError('semaphore initial value must be >= 0');
    }
    this.counter = value;
  }

  /** Gives one back: the first who waits goes on at the hub's next turn. Never switches. @returns the counter. */
  release(): number {
    return this.releaseFor(hub.current);
  }

  /** @internal The same, for what `owner` has acquired. */
  releaseFor(owner: Greenlet | null): number {
    this.disown(owner);
    this.counter++;
    this.notify();
    return this.counter;
  }

  /** Whether there is none. */
  locked(): boolean {
    return this.counter <= 0;
  }

  override ready(): boolean {
    return this.counter > 0;
  }

  override notifiesAll(): boolean {
    return false;
  }

  /** Those who have acquired it and have not released it. */
  owners(): Greenlet[] {
    return [...this.holders.keys()];
  }

  /** @internal One is taken by `greenlet`. */
  take(greenlet: Greenlet | null): void {
    this.counter--;
    if (greenlet !== null) this.holders.set(greenlet, (this.holders.get(greenlet) ?? 0) + 1);
  }

  /** @internal What `from` has acquired belongs to `to` from now on. */
  handOver(from: Greenlet | null, to: Greenlet): void {
    if (from !== null) this.disown(from);
    this.holders.set(to, (this.holders.get(to) ?? 0) + 1);
  }

  override toString(): string {
    return `<${this.constructor.name} counter=${this.counter} links[${this.linkCount()}]>`;
  }

  /** Who releases what another has acquired ends the ownership of the one who has had it longest. */
  private disown(current: Greenlet | null): void {
    const { holders } = this;
    if (holders.size === 0) return;
    const owner =
      current !== null && holders.has(current)
        ? current
        : (holders.keys().next().value as Greenlet);
    const count = holders.get(owner) as number;
    if (count === 1) holders.delete(owner);
    else holders.set(owner, count - 1);
  }
}

/** A semaphore that cannot be released more often than it was acquired (gevent's `BoundedSemaphore`). */
export class BoundedSemaphore extends Semaphore {
  private readonly most: number;

  constructor(value: number = 1) {
    super(value);
    this.most = value;
  }

  /** @throws {RangeError} if nobody had acquired it. */
  override release(): number {
    if (this.counter >= this.most) throw new RangeError('Semaphore released too many times');
    return super.release();
  }
}

/** What has the methods of a semaphore and never makes anybody wait (gevent's `DummySemaphore`). */
export class DummySemaphore {
  /** @returns true. Never switches. */
  acquire(_options?: AcquireOptions): boolean {
    return true;
  }

  release(): void {}

  /** @returns false. */
  locked(): boolean {
    return false;
  }

  /** @returns 1. Never switches. */
  wait(_timeout?: number): number {
    return 1;
  }
}

switchingMethods(Semaphore, { acquire: acquireForm, wait: waitForm, hold: holdForm });

function acquireForm(this: Semaphore, { blocking = true, timeout }: AcquireOptions = {}): Frame {
  if (this.counter > 0) {
    this.take(hub.current);
    return finished(true);
  }
  if (!blocking) return finished(false);
  return this.parkLink(new AcquireWaiting('Semaphore.acquire'), 'Semaphore.acquire', timeout);
}

function waitForm(this: Semaphore, timeout?: number): Frame {
  if (this.counter > 0) return finished(this.counter);
  return this.parkLink(new CounterWaiting(this), 'Semaphore.wait', timeout);
}

function* holdForm(this: Semaphore): Generator<undefined, unknown, unknown> {
  yield* called(this.acquire, this);
  return new Held(this);
}

/** Takes one when it is notified. */
class AcquireWaiting extends LinkedWaiting {
  override notify(source: Linkable): void {
    (source as Semaphore).take(this.greenlet);
    this.wake(true);
  }
}

/** Goes on with the counter. */
class CounterWaiting extends LinkedWaiting {
  private readonly semaphore: Semaphore;

  constructor(semaphore: Semaphore) {
    super('Semaphore.wait');
    this.semaphore = semaphore;
  }

  override notify(): void {
    this.wake(this.semaphore.counter);
  }

  protected override expire(): void {
    this.wake(this.semaphore.counter);
  }
}
