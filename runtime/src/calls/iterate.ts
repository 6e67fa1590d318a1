/** `for…of` and `for await` over iterators that may switch. */

import { raised } from '../core/aloud.ts';
import { called, framed } from '../core/call.ts';
import { type Frame, RUNTIME_SITE, type Step, suspend } from '../core/frame.ts';
import { $await, awaitedResult } from './await.ts';
import { type Iterator, openWith, resultOf } from './open.ts';
import { $prepare } from './prepare.ts';

/** What a lowered loop asks: `pull` the next result, `take` it, then read the `value`; `close` if it is still `open`. */
class Iteration {
  /** The value of this turn. */
  value: unknown = undefined;
  /** Whether the iterator has to be closed: it has given a value, and was not asked for the next one. */
  open = false;
  protected readonly iterator: Iterator;
  protected readonly next: unknown;
  private failed = false;

  constructor(iterator: Iterator) {
    this.iterator = iterator;
    this.next = iterator.next;
  }

  /** The call of the iterator's own `next`. */
  pull(): Frame {
    this.open = false;
    return $prepare(this.next, this.iterator);
  }

  /** Takes what `next` has returned. Returns whether that was the end. */
  take(result: unknown): boolean {
    const taken = resultOf(result);
    if (taken.done) return true;
    this.value = taken.value;
    this.open = true;
    return false;
  }

  /** The loop's body has thrown: nothing that closing does can hide that. */
  fail(error: unknown): never {
    this.failed = true;
    throw error;
  }

  /** The call of the iterator's `return`. */
  close(): Frame {
    this.open = false;
    return new Closing(this.failed, () => {
      const close = this.iterator.return;
      return close === undefined || close === null ? null : this.prepareClose(close);
    });
  }

  protected prepareClose(close: unknown): Frame {
    return $prepare(close, this.iterator);
  }
}

/** An iteration whose results are promises. */
class AsyncIteration extends Iteration {
  override pull(): Frame {
    this.open = false;
    return settledCall(this.next, this.iterator);
  }

  protected override prepareClose(close: unknown): Frame {
    return settledCall(close, this.iterator);
  }
}

/** The call of `return`: its result must be an object, unless the loop has failed, when nothing of it matters. */
class Closing implements Frame {
  private readonly failed: boolean;
  private readonly prepare: () => Frame | null;
  private inner: Frame | null = null;

  constructor(failed: boolean, prepare: () => Frame | null) {
    this.failed = failed;
    this.prepare = prepare;
  }

  next(value?: unknown): Step {
    if (this.inner !== null) return this.end(value);
    try {
      const inner = this.prepare();
      if (inner === null) return { done: true };
      this.inner = inner;
      const step = inner.next();
      if (!step.done) {
        suspend(inner, RUNTIME_SITE);
        return step;
      }
      return this.end(step.value);
    } catch (error) {
      return this.throw(error);
    }
  }

  throw(error: unknown): Step {
    if (this.failed) return { done: true };
    throw error;
  }

  private end(value: unknown): Step {
    if (!this.failed) resultOf(value);
    return { done: true };
  }
}

/** What turns a synchronous iterator into an asynchronous one, for `for await`: its results' values are awaited. */
class AwaitedIteration extends Iteration {
  override pull(): Frame {
    this.open = false;
    return awaited(this.next, this.iterator);
  }

  protected override prepareClose(close: unknown): Frame {
    return awaited(close, this.iterator);
  }
}

/**
 * Begins a `for…of`. May switch where the iterable's own method does.
 *
 * @param text the expression, for the error if it cannot be iterated.
 */
export function $iterate(iterable: unknown, text: string): Frame {
  const make = methodOf(iterable, Symbol.iterator, text, 'iterable');
  return openWith(make, iterable, (iterator) => new Iteration(iterator));
}

/** Begins a `for await`. */
export function $iterateAsync(iterable: unknown, text: string): Frame {
  const make = (iterable as AsyncIterable<unknown> | null | undefined)?.[Symbol.asyncIterator];
  if (make !== undefined && make !== null)
    return openWith(make, iterable, (iterator) => new AsyncIteration(iterator));
  const makeSync = methodOf(iterable, Symbol.iterator, text, 'async iterable');
  return openWith(makeSync, iterable, (iterator) => new AwaitedIteration(iterator));
}

function methodOf(iterable: unknown, key: symbol, text: string, what: string): unknown {
  const method = (iterable as Record<symbol, unknown> | null | undefined)?.[key];
  if (typeof method !== 'function') throw raised(new TypeError(`${text} is not ${what}`));
  return method;
}

/** Calls an asynchronous iterator's method and awaits its result. */
function* settledCall(method: unknown, self: unknown): Generator<undefined, unknown, unknown> {
  return yield* framed($await(yield* called(method, self)));
}

/** Calls a synchronous iterator's method and awaits its result's value, as `for await` does: in two promise jobs. */
function* awaited(method: unknown, self: unknown): Generator<undefined, unknown, unknown> {
  return yield* awaitedResult(yield* called(method, self));
}
