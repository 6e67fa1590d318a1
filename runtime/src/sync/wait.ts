/** Waiting for any number of things of any kind (gevent's `wait` and `iwait`). */

import { LoopExit } from '../core/errors.ts';
import { type Frame, finished, parked } from '../core/frame.ts';
import { hub } from '../core/hub.ts';
import { switchingMethods } from '../core/methods.ts';
import { switching } from '../core/ordinary.ts';
import { Several } from '../core/several.ts';
import { LATE, type Timer } from '../core/timers.ts';
import { isSeconds, noSeconds, Waiter } from '../core/wait.ts';
import type { Waitable } from './linkable.ts';

/** Options of `wait` and `iwait`. */
export interface WaitOptions {
  /** How long to wait in all, in seconds; undefined: without an end. */
  timeout?: number;
  /** Wait for so many only. */
  count?: number;
}

type Steps<R = unknown> = Generator<undefined, R, unknown>;

/**
 * Waits until all objects are ready: greenlets, events, results, semaphores (which it does not acquire). May switch. Without
 * objects it waits until nothing is left to do in the whole program, which only main can.
 *
 * @returns those that are ready, in the order in which they became so; without objects, whether that came in time.
 * @throws {Error} without objects, in any greenlet but main.
 */
export const wait: {
  <W extends Waitable>(objects: Iterable<W>, options?: WaitOptions): W[];
  (objects?: undefined, options?: WaitOptions): boolean;
} = switching('wait', waitForm) as never;

/**
 * Gives the objects one by one, as they become ready. Never switches itself; the iterator's `next` may. A loop that is left by `break`
 * takes its links back.
 */
export function iwait<W extends Waitable>(
  objects: Iterable<W>,
  options: WaitOptions = {},
): WaitIterator<W> {
  return new WaitIterator([...objects], options);
}

export class WaitIterator<W extends Waitable> implements Iterator<W>, Iterable<W>, Disposable {
  /** Waits for the next object. May switch. */
  declare next: () => IteratorResult<W>;

  private objects: readonly W[];
  private readonly timeout: number | undefined;
  private remaining: number;
  /** So many must be ready before the one who waits goes on. */
  private needed = 1;
  private begun = false;
  private late = false;
  private timer: Timer | null = null;
  private readonly found: W[] = [];
  private waiter: Waiter | null = null;

  constructor(objects: readonly W[], { timeout, count }: WaitOptions) {
    for (const each of objects) {
      if (typeof each?.rawlink !== 'function') {
        throw new TypeError(`wait and iwait need objects with rawlink, not ${String(each)}`);
      }
    }
    if (timeout !== undefined && !isSeconds(timeout)) throw noSeconds(timeout);
    this.objects = objects;
    this.timeout = timeout;
    this.remaining = Math.min(count ?? objects.length, objects.length);
  }

  [Symbol.iterator](): this {
    return this;
  }

  /** Takes the links back. */
  return(): IteratorResult<W> {
    this.finish();
    return { done: true, value: undefined };
  }

  [Symbol.dispose](): void {
    this.finish();
  }

  /** @internal */
  *advance(kind: string): Steps<IteratorResult<W>> {
    if (this.remaining === 0) return this.return();
    this.begin();
    this.remaining--;
    try {
      if (this.found.length === 0 && !this.late) yield* this.park(kind);
    } catch (error) {
      this.finish();
      throw error;
    }
    const value = this.found.shift();
    return value === undefined ? this.return() : { done: false, value };
  }

  /** @internal All that are wanted, in one wait. */
  *collect(kind: string): Steps<W[]> {
    this.begin();
    this.needed = this.remaining;
    try {
      if (this.remaining > 0) yield* this.park(kind);
      return this.found.slice(0, this.remaining);
    } finally {
      this.finish();
    }
  }

  /** Links itself to all objects, also where only some are wanted: nobody knows which are the first. */
  private begin(): void {
    if (this.begun) return;
    this.begun = true;
    for (const each of this.objects) each.rawlink(this.note);
    if (this.timeout === undefined) return;
    const expire = () => {
      this.timer = null;
      this.late = true;
      if (this.waiter !== null) hub.probe?.expire(this.waiter.greenlet);
      this.waiter?.wake(undefined);
    };
    this.timer = hub.after(this.timeout, expire, hub.current?.holds() ?? false, LATE);
    this.timer.wakes = hub.current;
  }

  private *park(kind: string): Steps {
    this.waiter = new Waiter(kind);
    try {
      this.waiter.park(kind, new Several(this.objects, this.needed - this.found.length));
      return yield* parked();
    } finally {
      this.waiter = null;
    }
  }

  private readonly note = (object: W): void => {
    this.found.push(object);
    if (this.found.length >= this.needed) this.waiter?.wake(undefined);
  };

  private finish(): void {
    if (this.timer !== null) hub.cancel(this.timer);
    this.timer = null;
    for (const each of this.objects) each.unlink(this.note);
    this.objects = [];
    this.remaining = 0;
  }
}

switchingMethods(WaitIterator, { next: nextForm });

function nextForm(this: WaitIterator<Waitable>): Steps {
  return this.advance('iwait');
}

function waitForm(objects: Iterable<Waitable> | undefined, options: WaitOptions = {}): Frame {
  if (objects === undefined || objects === null) return waitForEverything(options.timeout);
  const all = [...objects];
  return all.length === 0 ? finished([]) : iwait(all, options).collect('wait');
}

/** Parks until the hub finds that nothing can ever happen again; the timer alone does not count as something. */
function* waitForEverything(timeout: number | undefined): Steps<boolean> {
  if (timeout !== undefined && !isSeconds(timeout)) throw noSeconds(timeout);
  if (hub.current !== null && hub.current !== hub.main) {
    throw new Error('wait() without objects is only possible from the main greenlet');
  }
  const waiter = new Waiter('wait');
  if (timeout !== undefined) {
    const expire = () => waiter.wake(undefined);
    const timer = hub.after(timeout, expire, false, { late: true, ref: false });
    timer.wakes = waiter.greenlet;
    waiter.onDone(() => hub.cancel(timer));
  }
  waiter.park('wait', undefined);
  try {
    yield* parked();
  } catch (error) {
    if (error instanceof LoopExit) return true;
    throw error;
  }
  return false;
}
