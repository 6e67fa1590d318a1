/** Getting an iterator by a call that may switch, for everything that asks one for values. */

import { raised } from '../core/aloud.ts';
import { called } from '../core/call.ts';
import { formOf } from '../core/form.ts';
import { type Frame, finished } from '../core/frame.ts';

/** An iterator as programs write them: nothing is known of its members. */
export type Iterator = Record<PropertyKey, unknown>;

const nativeIterator = Array.prototype[Symbol.iterator];
const arrayIterators = Object.getPrototypeOf([][Symbol.iterator]());
const nativeNext = arrayIterators.next;

/** Whether a value is an array that is iterated as the language itself does it. */
export function isPlainList(value: unknown): value is unknown[] {
  return (
    Array.isArray(value) &&
    value[Symbol.iterator] === nativeIterator &&
    arrayIterators.next === nativeNext &&
    arrayIterators.return === undefined
  );
}

/**
 * Calls a method that makes an iterator.
 *
 * @param make the method, which is a function.
 * @param take makes the frame's value out of the iterator; it must not switch.
 */
export function openWith(
  make: unknown,
  iterable: unknown,
  take: (iterator: Iterator) => unknown,
): Frame {
  if (formOf(make) === undefined)
    return finished(take(objectOf(Reflect.apply(make as () => unknown, iterable, []))));
  return opening(make, iterable, take);
}

function* opening(
  make: unknown,
  iterable: unknown,
  take: (iterator: Iterator) => unknown,
): Generator<undefined, unknown, unknown> {
  return take(objectOf(yield* called(make, iterable)));
}

function objectOf(iterator: unknown): Iterator {
  if (!isObject(iterator)) throw notAnObject('Result of the Symbol.iterator method', iterator);
  return iterator as Iterator;
}

/** What a call of an iterator's method has returned. */
export function resultOf(result: unknown): IteratorResult<unknown> {
  if (!isObject(result)) throw notAnObject('Iterator result', result);
  return result as IteratorResult<unknown>;
}

/** Closes an iterator because of an error, which hides every other. */
export function* closeQuietly(iterator: Iterator): Generator<undefined, void, unknown> {
  try {
    const { return: close } = iterator;
    if (close !== undefined && close !== null) yield* called(close, iterator);
  } catch {
    // The first error counts.
  }
}

export function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function notAnObject(what: string, value: unknown): TypeError {
  return raised(new TypeError(`${what} ${String(value)} is not an object`));
}
