/** `for…of` over an iterator that may switch. */

import { type Frame, finished } from '../core/frame.ts';
import { $prepare } from './prepare.ts';

/**
 * What the native loop runs over: it gives itself, again and again, and the loop's body fetches the value. Closing is the
 * native loop's, which asks for `return` when the body is left early.
 */
class Iteration {
  /** The value of this turn. */
  value: unknown = undefined;
  private readonly iterator: Record<string, unknown>;
  private readonly next: unknown;
  /** Whether there is nothing to close: the iterator is at its end, or was asked for a value and has not answered. */
  private idle = false;

  constructor(iterator: Record<string, unknown>) {
    this.iterator = iterator;
    this.next = iterator.next;
  }

  /** The call of the iterator's own `next`. */
  pull(): Frame {
    this.idle = true;
    return this.next === NATIVE_NEXT
      ? finished(Reflect.apply(NATIVE_NEXT, this.iterator, []))
      : $prepare(this.next, this.iterator);
  }

  /** Takes what `next` has returned. Returns whether that was the end. */
  take(result: unknown): boolean {
    if (typeof result !== 'object' && typeof result !== 'function')
      throw new TypeError(`Iterator result ${String(result)} is not an object`);
    if (result === null) throw new TypeError('Iterator result null is not an object');
    const { done } = result as IteratorResult<unknown>;
    if (done) return true;
    this.value = (result as IteratorResult<unknown>).value;
    this.idle = false;
    return false;
  }

  /** Closes the iterator, for the native loop. */
  close(): unknown {
    if (this.idle) return {};
    this.idle = true;
    const close = this.iterator.return;
    if (close === undefined || close === null) return {};
    return Reflect.apply(close as () => unknown, this.iterator, []);
  }
}

const NATIVE_NEXT: () => unknown = Object.getPrototypeOf([][Symbol.iterator]()).next;

/**
 * Makes what a native `for…of` runs over.
 *
 * @param text the expression, for the error if it cannot be iterated.
 */
export function $iterate(iterable: unknown, text: string): Iterable<Iteration> {
  const make = (iterable as Iterable<unknown> | null | undefined)?.[Symbol.iterator];
  if (typeof make !== 'function') throw new TypeError(`${text} is not iterable`);
  const iterator: unknown = Reflect.apply(make, iterable, []);
  if ((typeof iterator !== 'object' && typeof iterator !== 'function') || iterator === null)
    throw new TypeError('Result of the Symbol.iterator method is not an object');
  const iteration = new Iteration(iterator as Record<string, unknown>);
  const turn: IteratorResult<Iteration> = { done: false, value: iteration };
  const loop = {
    next: () => turn,
    return: () => iteration.close() as IteratorResult<Iteration>,
  };
  return { [Symbol.iterator]: () => loop };
}
