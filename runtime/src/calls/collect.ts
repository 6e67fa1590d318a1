/** Spread and array destructuring of iterables whose iterators switch. Every other iterable is left to the native syntax. */

import { called, framed } from '../core/call.ts';
import { formOf } from '../core/form.ts';
import { type Frame, finished } from '../core/frame.ts';
import { type Iterator, isObject, isPlainList, resultOf } from './open.ts';

/** What `...iterable` spreads: the iterable itself, or a list of all that its iterator has given. */
export function $spread(iterable: unknown): Frame {
  return collect(iterable, Number.POSITIVE_INFINITY);
}

/** What `[a, b] = iterable` takes apart: the iterable itself, or a list of the first `count` values. */
export function $take(iterable: unknown, count: number): Frame {
  return collect(iterable, count);
}

function collect(iterable: unknown, count: number): Frame {
  const make = (iterable as Iterable<unknown> | null | undefined)?.[Symbol.iterator];
  // The native syntax words the error.
  if (isPlainList(iterable) || typeof make !== 'function') return finished(iterable);
  if (formOf(make) !== undefined) return collecting(make, iterable, count);
  return collected(Reflect.apply(make, iterable, []), count);
}

/** An iterator that a method in greenlet code has made. */
function* collecting(
  make: unknown,
  iterable: unknown,
  count: number,
): Generator<undefined, unknown, unknown> {
  const inner = collected(yield* called(make, iterable), count);
  return yield* framed(inner);
}

function collected(iterator: unknown, count: number): Frame {
  const next = (iterator as { next?: unknown } | null | undefined)?.next;
  if (formOf(next) !== undefined) return drain(iterator as Iterator, next, count);
  const opened = isObject(iterator) && !isNative(next) ? asOpened(iterator, next) : iterator;
  return finished({ [Symbol.iterator]: () => opened });
}

const nativeNexts: readonly unknown[] = [new Map(), new Set(), '', []].map(
  (each) => (each as Iterable<unknown>)[Symbol.iterator]().next,
);

/** Whether nobody could notice that an iterator's `next` is read a second time. */
function isNative(next: unknown): boolean {
  for (let at = 0; at < nativeNexts.length; at++) if (nativeNexts[at] === next) return true;
  return false;
}

/** An iterator whose `next` has been read: the native syntax would read it again. */
function asOpened(iterator: object, next: unknown): object {
  return {
    next: typeof next === 'function' ? () => Reflect.apply(next, iterator, []) : next,
    get return(): unknown {
      const { return: close } = iterator as Iterator;
      return typeof close === 'function' ? () => Reflect.apply(close, iterator, []) : close;
    },
  };
}

function* drain(
  iterator: Iterator,
  next: unknown,
  count: number,
): Generator<undefined, unknown[], unknown> {
  const values: unknown[] = [];
  while (values.length < count) {
    const result = resultOf(yield* called(next, iterator));
    if (result.done) return values;
    values.push(result.value);
  }
  const { return: close } = iterator;
  if (close !== undefined && close !== null) resultOf(yield* called(close, iterator));
  return values;
}
