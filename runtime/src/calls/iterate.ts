/** `for…of` and `for await` over iterators that may switch. */

import { type Frame, RUNTIME_SITE, type Step, suspend } from '../core/frame.ts';
import { $await } from './await.ts';
import { $prepare } from './prepare.ts';

type Iterator = Record<string, unknown>;

/** What a lowered loop asks: `pull` the next result, `take` it, then read the `value`; `close` if it is still `open`. */
class Iteration {
  /** The value of this turn. */
  value: unknown = undefined;
  /** Whether the iterator has to be closed: it has given a value, and was not asked for the next one. */
  open = false;
  protected readonly iterator: Iterator;
  protected readonly next: unknown;
  private failed = false;

  constructor(iterator: unknown) {
    if (!isObject(iterator)) throw notAnObject('Result of the Symbol.iterator method', iterator);
    this.iterator = iterator as Iterator;
    this.next = this.iterator.next;
  }

  /** The call of the iterator's own `next`. */
  pull(): Frame {
    this.open = false;
    return $prepare(this.next, this.iterator);
  }

  /** Takes what `next` has returned. Returns whether that was the end. */
  take(result: unknown): boolean {
    if (!isObject(result)) throw notAnObject('Iterator result', result);
    if ((result as IteratorResult<unknown>).done) return true;
    this.value = (result as IteratorResult<unknown>).value;
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
    return $await(call(this.next, this.iterator));
  }

  protected override prepareClose(close: unknown): Frame {
    return $await(call(close, this.iterator));
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
    if (!this.failed && !isObject(value)) throw notAnObject('Iterator result', value);
    return { done: true };
  }
}

/** What turns a synchronous iterator into an asynchronous one, for `for await`. */
class AwaitedIterator {
  private readonly iterator: Iterator;

  constructor(iterator: Iterator) {
    this.iterator = iterator;
  }

  next(): Promise<unknown> {
    return settled(call(this.iterator.next, this.iterator));
  }

  return(): Promise<unknown> {
    const { return: close } = this.iterator;
    return close === undefined || close === null
      ? Promise.resolve({ done: true, value: undefined })
      : settled(call(close, this.iterator));
  }
}

/**
 * Begins a `for…of`.
 *
 * @param text the expression, for the error if it cannot be iterated.
 */
export function $iterate(iterable: unknown, text: string): Iteration {
  return new Iteration(call(methodOf(iterable, Symbol.iterator, text, 'iterable'), iterable));
}

/** Begins a `for await`. */
export function $iterateAsync(iterable: unknown, text: string): Iteration {
  const make = (iterable as AsyncIterable<unknown> | null | undefined)?.[Symbol.asyncIterator];
  if (make !== undefined && make !== null) return new AsyncIteration(call(make, iterable));
  const iterator = call(methodOf(iterable, Symbol.iterator, text, 'async iterable'), iterable);
  if (!isObject(iterator)) throw notAnObject('Result of the Symbol.iterator method', iterator);
  return new AsyncIteration(new AwaitedIterator(iterator as Iterator));
}

function methodOf(iterable: unknown, key: symbol, text: string, what: string): unknown {
  const method = (iterable as Record<symbol, unknown> | null | undefined)?.[key];
  if (typeof method !== 'function') throw new TypeError(`${text} is not ${what}`);
  return method;
}

function call(method: unknown, self: unknown): unknown {
  return Reflect.apply(method as () => unknown, self, []);
}

async function settled(result: unknown): Promise<unknown> {
  if (!isObject(result)) throw notAnObject('Iterator result', result);
  const { done, value } = result as IteratorResult<unknown>;
  return { done, value: await value };
}

function isObject(value: unknown): boolean {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function notAnObject(what: string, value: unknown): TypeError {
  return new TypeError(`${what} ${String(value)} is not an object`);
}
