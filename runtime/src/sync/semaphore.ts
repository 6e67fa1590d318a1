/** A counter that greenlets take from, and wait for while it is zero (gevent's `Semaphore`). */

import { called } from '../core/call.ts';
import { type Frame, finished } from '../core/frame.ts';
import type { Greenlet } from '../core/greenlet.ts';
import { hub } from '../core/hub.ts';
import { switchingMethods } from '../core/methods.ts';
import { notices } from '../core/notice.ts';
import type { Wakers } from '../core/wait-graph.ts';
import { Held } from './held.ts';
import { Linkable, LinkedWaiting } from './linkable.ts';
import { Users } from './users.ts';

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
  /** How many can hold it at a time; what is released beyond that are signals, whose takers own nothing. */
  protected readonly places: number;
  /** @internal How often it was taken. */
  taken = 0;
  private readonly holders = new Map<Greenlet, number>();
  /** How often those have acquired it. */
  private held = 0;
  /** Who has released what it had not acquired. */
  private readonly signallers: Users = new Users();

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
    this.places = value;
  }

  /** Gives one back: the first who waits goes on at the hub's next turn. Never switches. @returns the counter. */
  release(): number {
    return this.releaseFor(hub.current);
  }

  /** @internal The same, for what `owner` has acquired. */
  releaseFor(owner: Greenlet | null): number {
    this.giveBack(owner);
    if (++this.counter > this.places) this.exceeds();
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

  /** Those who have acquired it and have not released it. Nobody where it is a signal: where one acquires and another releases. */
  owners(): Greenlet[] {
    return [...this.holders.keys()];
  }

  /** @internal Who could end a wait. */
  wakers(): Wakers | undefined {
    const greenlets = this.owners();
    if (greenlets.length === 0) return this.signallers.wakers('so far released only by');
    return { relation: 'held by', greenlets, certain: this.isLock() };
  }

  /** @internal One is taken by `greenlet`. */
  take(greenlet: Greenlet | null): void {
    this.counter--;
    this.taken++;
    if (greenlet !== null) this.own(greenlet);
  }

  override toString(): string {
    return `<${this.constructor.name} counter=${this.counter} links[${this.linkCount()}]>`;
  }

  /** Whether only those who have acquired it release it, so far. */
  protected isLock(): boolean {
    return this.signallers.isEmpty && this.held + this.counter === this.places;
  }

  /** It was released more often than it was acquired: a mistake where it has places, and is no signal. */
  private exceeds(): void {
    if (this.places > 0 && this.taken > 0) {
      notices.listener?.({ kind: 'over-release', subject: this.name || this.constructor.name });
    }
  }

  protected own(greenlet: Greenlet): void {
    if (this.held + this.counter >= this.places) return;
    this.held++;
    this.holders.set(greenlet, (this.holders.get(greenlet) ?? 0) + 1);
  }

  /** Takes one from a holder. */
  private disown(owner: Greenlet): void {
    const count = this.holders.get(owner) as number;
    if (count === 1) this.holders.delete(owner);
    else this.holders.set(owner, count - 1);
    this.held--;
  }

  /** Somebody gives one back: an owner its own; another one that of the only owner. Of several nobody knows whose it was. */
  protected giveBack(greenlet: Greenlet | null): void {
    const { holders } = this;
    if (greenlet !== null && holders.has(greenlet)) {
      this.disown(greenlet);
      return;
    }
    this.signallers.note(greenlet);
    if (holders.size === 1) {
      this.disown(holders.keys().next().value as Greenlet);
    } else if (holders.size > 1) {
      holders.clear();
      this.held = 0;
    }
  }
}

/** A semaphore that cannot be released more often than it was acquired (gevent's `BoundedSemaphore`). */
export class BoundedSemaphore extends Semaphore {
  /** @throws {RangeError} if nobody had acquired it. */
  override release(): number {
    if (this.counter >= this.places) throw new RangeError('Semaphore released too many times');
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

  /** @returns an object that may be disposed: `using held = lock.hold()`. Never switches. */
  hold(): Held {
    return new Held(this);
  }

  /** @returns false. */
  locked(): boolean {
    return false;
  }

  /** @returns true. */
  ready(): boolean {
    return true;
  }

  /** Nobody has to be told: it never becomes ready. */
  rawlink(_callback: (source: this) => void): void {}

  unlink(_callback: (source: this) => void): void {}

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
