/**
 * `yield*` over an iterator that may switch. The generator delegates natively to an object which calls the iterator's methods
 * by the protocol. Where such a call suspends, that object gives a mere mark, which makes the generator stop as it does at its own
 * switches; what the call returns in the end comes to it with the next resumption.
 */

import { raised } from '../core/aloud.ts';
import { called, framed } from '../core/call.ts';
import { type Frame, finished, RUNTIME_SITE, suspend } from '../core/frame.ts';
import { $await, awaitedResult } from './await.ts';
import { type Iterator, isPlainList, openWith, resultOf } from './open.ts';

/** What a generator's caller asks for. */
export type Resume = 'next' | 'return' | 'throw';

/** What `yield*` delegates to: the iterable itself, where nothing in it can switch. */
export function $delegate(iterable: unknown): Frame {
  const make = (iterable as Iterable<unknown> | null | undefined)?.[Symbol.iterator];
  // The native syntax words the error.
  if (isPlainList(iterable) || typeof make !== 'function') return finished(iterable);
  return openWith(make, iterable, (iterator) => new Delegation(iterator));
}

/** What `yield*` in an `async` generator delegates to. */
export function $delegateAsync(iterable: unknown): Frame {
  const make = (iterable as AsyncIterable<unknown> | null | undefined)?.[Symbol.asyncIterator];
  if (make !== undefined && make !== null)
    return openWith(make, iterable, (iterator) => new AsyncDelegation(iterator));
  const makeSync = (iterable as Iterable<unknown> | null | undefined)?.[Symbol.iterator];
  if (typeof makeSync !== 'function')
    throw raised(new TypeError(`${String(iterable)} is not async iterable`));
  return openWith(makeSync, iterable, (iterator) => new AwaitedDelegation(iterator));
}

/**
 * Set where an iterator has ended by its `return`, after a switch: the generator that delegates to it has to be ended in
 * the same way, by whoever resumed it.
 */
export const ended: { by: { readonly value: unknown } | null } = { by: null };

const SUSPENDED: IteratorResult<unknown> = { done: false, value: undefined };

/** An iterator that stands between a generator and the one to which it delegates. */
class Delegation {
  protected readonly iterator: Iterator;
  private readonly method: unknown;
  /** What the iterator is being asked for, while that call is suspended. */
  private asked: Resume | null = null;
  private returns = false;

  constructor(iterator: Iterator) {
    this.iterator = iterator;
    this.method = iterator.next;
  }

  [Symbol.iterator](): this {
    return this;
  }

  next(value: unknown): IteratorResult<unknown> {
    return this.asked === null ? this.ask('next', value) : this.answer(value);
  }

  throw(error: unknown): IteratorResult<unknown> {
    if (this.asked === null) return this.ask('throw', error);
    this.asked = null;
    throw error;
  }

  return(value: unknown): IteratorResult<unknown> {
    return this.returns ? { done: true, value } : this.ask('return', value);
  }

  private ask(how: Resume, value: unknown): IteratorResult<unknown> {
    const frame = this.call(how, value);
    const step = frame.next();
    if (step.done) return step.value as IteratorResult<unknown>;
    suspend(frame, RUNTIME_SITE);
    this.asked = how;
    return SUSPENDED;
  }

  /** The call that was suspended has returned. */
  private answer(given: unknown): IteratorResult<unknown> {
    const result = given as IteratorResult<unknown>;
    const how = this.asked;
    this.asked = null;
    if (how !== 'return' || !result.done) return result;
    this.returns = true;
    ended.by = { value: result.value };
    return SUSPENDED;
  }

  private *call(how: Resume, value: unknown): Generator<undefined, unknown, unknown> {
    const { iterator } = this;
    if (how === 'next') return yield* this.taken(yield* called(this.method, iterator, value));
    const method = iterator[how];
    if (method !== undefined && method !== null)
      return yield* this.taken(yield* called(method, iterator, value));
    if (how === 'return') return { done: true, value };
    yield* this.close();
    throw raised(new TypeError("The iterator does not provide a 'throw' method."));
  }

  /** Closes an iterator that cannot be told of an error. */
  private *close(): Generator<undefined, void, unknown> {
    const { return: close } = this.iterator;
    if (close !== undefined && close !== null)
      yield* this.taken(yield* called(close, this.iterator));
  }

  /** What a method of the iterator has returned, as a result of this one. */
  // biome-ignore lint/correctness/useYield: those of its subclasses do.
  protected *taken(result: unknown): Generator<undefined, IteratorResult<unknown>, unknown> {
    return resultOf(result);
  }
}

/** An asynchronous iterator: its results are awaited. */
class AsyncDelegation extends Delegation {
  protected override *taken(
    result: unknown,
  ): Generator<undefined, IteratorResult<unknown>, unknown> {
    const { done, value } = resultOf(yield* framed($await(result)));
    return { done, value } as IteratorResult<unknown>;
  }
}

/** A synchronous iterator in an \`async\` generator: its results' values are awaited. */
class AwaitedDelegation extends Delegation {
  protected override *taken(
    result: unknown,
  ): Generator<undefined, IteratorResult<unknown>, unknown> {
    return (yield* awaitedResult(result)) as IteratorResult<unknown>;
  }
}
