/** Waiting under a lock until another greenlet says that something has changed (Python's `Condition`, made of greenlet locks). */

import { called } from '../core/call.ts';
import type { Greenlet } from '../core/greenlet.ts';
import { hub } from '../core/hub.ts';
import { switchingMethods } from '../core/methods.ts';
import { Held } from './held.ts';
import { RLock } from './rlock.ts';
import { type AcquireOptions, Semaphore } from './semaphore.ts';

/** What a condition can be built on. */
export type Lock = RLock | Semaphore;

export class Condition {
  /** What a debugger calls it. */
  name = '';
  /** The lock that guards what is waited for. */
  readonly lock: Lock;
  /** @internal One for each greenlet that waits: acquired, and released by `notify`. */
  readonly signals: Semaphore[] = [];

  /** Acquires the lock. May switch. */
  declare acquire: (options?: AcquireOptions) => boolean;

  /**
   * Releases the lock, waits for `notify`, and acquires the lock again. May switch.
   *
   * @param timeout how long, in seconds; undefined: without an end.
   * @returns whether it was notified in time.
   * @throws {Error} if the running greenlet has not acquired the lock.
   */
  declare wait: (timeout?: number) => boolean;

  /**
   * Waits until `predicate()` is true; it is called with the lock acquired. May switch.
   *
   * @returns the last value of the predicate: false when the time is over.
   */
  declare waitFor: <R>(predicate: () => R, timeout?: number) => R;

  /** Acquires the lock until the returned object is disposed. May switch. */
  declare hold: () => Held;

  /** @param lock a new RLock by default. */
  constructor(lock: Lock = new RLock()) {
    this.lock = lock;
  }

  /** Releases the lock. Never switches. */
  release(): void {
    this.lock.release();
  }

  /**
   * Wakes so many of those who wait, in their order; they go on when they get the lock. Never switches.
   *
   * @throws {Error} if the running greenlet has not acquired the lock.
   */
  notify(count: number = 1): void {
    this.demandLock();
    for (const signal of this.signals.splice(0, count)) signal.release();
  }

  /** Wakes all who wait. Never switches. */
  notifyAll(): void {
    this.notify(this.signals.length);
  }

  /** The greenlets that wait for `notify`, in their order. */
  waiters(): Greenlet[] {
    return this.signals.flatMap((each) => each.waiters());
  }

  /** @internal */
  demandLock(): void {
    const owners = this.lock.owners();
    if (hub.current === null || !owners.includes(hub.current)) {
      throw new Error('cannot wait on or notify a condition whose lock is not acquired');
    }
  }

  toString(): string {
    return `<Condition ${this.lock}, ${this.signals.length}>`;
  }
}

switchingMethods(Condition, {
  acquire: acquireForm,
  wait: waitForm,
  waitFor: waitForForm,
  hold: holdForm,
});

function acquireForm(this: Condition, options?: AcquireOptions) {
  return called(this.lock.acquire, this.lock, options);
}

function* waitForm(this: Condition, timeout?: number): Generator<undefined, boolean, unknown> {
  this.demandLock();
  const signal = new Semaphore(0);
  signal.name = this.name || 'condition';
  this.signals.push(signal);
  const { lock } = this;
  const count = lock instanceof RLock ? lock.releaseAll() : lock.release();
  let notified = false;
  try {
    notified = (yield* called(signal.acquire, signal, { timeout })) as boolean;
  } finally {
    yield* called(lock.acquire, lock);
    if (lock instanceof RLock) lock.count = count;
    const index = this.signals.indexOf(signal);
    if (index >= 0) this.signals.splice(index, 1);
  }
  return notified;
}

function* waitForForm(
  this: Condition,
  predicate: unknown,
  timeout?: number,
): Generator<undefined, unknown, unknown> {
  const end = timeout === undefined ? undefined : hub.now() + timeout;
  for (;;) {
    const found = yield* called(predicate, undefined);
    const rest = end === undefined ? undefined : end - hub.now();
    if (found || (rest !== undefined && rest <= 0)) return found;
    yield* waitForm.call(this, rest);
  }
}

function* holdForm(this: Condition): Generator<undefined, unknown, unknown> {
  yield* called(this.acquire, this);
  return new Held(this);
}
