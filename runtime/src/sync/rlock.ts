/** A lock that its owner can acquire again (gevent's `RLock`). */

import { called } from '../core/call.ts';
import { CannotSwitchError } from '../core/errors.ts';
import type { Greenlet } from '../core/greenlet.ts';
import { hub } from '../core/hub.ts';
import { switchingMethods } from '../core/methods.ts';
import { Held } from './held.ts';
import { type AcquireOptions, Semaphore } from './semaphore.ts';

export class RLock {
  /** @internal */ readonly block = new Semaphore(1);
  /** @internal */ owner: Greenlet | null = null;
  /** @internal How often the owner has acquired it. */ count = 0;

  /**
   * Acquires the lock. May switch: waits while another greenlet has it.
   *
   * @returns false when the time is over, or at once if it may not wait.
   */
  declare acquire: (options?: AcquireOptions) => boolean;

  /** Acquires it until the returned object is disposed: `using held = lock.hold()`. May switch. */
  declare hold: () => Held;

  /** What a debugger calls it. */
  get name(): string {
    return this.block.name;
  }

  set name(name: string) {
    this.block.name = name;
  }

  /**
   * Releases it once. Never switches.
   *
   * @throws {Error} if the running greenlet does not own it.
   */
  release(): void {
    if (this.owner === null || this.owner !== hub.current) {
      const owner = this.owner?.label ?? 'nobody';
      const current = hub.current?.label ?? 'none';
      throw new Error(`cannot release un-acquired lock. Owner: ${owner}. Current: ${current}`);
    }
    this.count--;
    if (this.count > 0) return;
    this.owner = null;
    this.block.release();
  }

  /** Whether somebody has it. */
  locked(): boolean {
    return this.owner !== null;
  }

  /** The greenlet that has it, in a list. */
  owners(): Greenlet[] {
    return this.owner === null ? [] : [this.owner];
  }

  /** The greenlets that wait, in their order. */
  waiters(): Greenlet[] {
    return this.block.waiters();
  }

  /** @internal Releases it however often it was acquired. @returns how often. */
  releaseAll(): number {
    const { count } = this;
    this.count = 1;
    this.release();
    return count;
  }

  toString(): string {
    return `<RLock owner=${this.owner?.label ?? 'nobody'} count=${this.count}>`;
  }
}

switchingMethods(RLock, { acquire: acquireForm, hold: holdForm });

function* acquireForm(
  this: RLock,
  options?: AcquireOptions,
): Generator<undefined, unknown, unknown> {
  const { current } = hub;
  if (current === null) throw new CannotSwitchError('RLock.acquire: no greenlet is running', null);
  if (this.owner === current) {
    this.count++;
    return true;
  }
  if (!(yield* called(this.block.acquire, this.block, options))) return false;
  this.owner = current;
  this.count = 1;
  return true;
}

function* holdForm(this: RLock): Generator<undefined, unknown, unknown> {
  yield* called(this.acquire, this);
  return new Held(this);
}
