/** Spread and array destructuring of iterables whose iterators switch. Every other iterable is left to the native syntax. */

import { formOf } from '../core/form.ts';
import { type Frame, finished, RUNTIME_SITE, suspend } from '../core/frame.ts';
import { $prepare } from './prepare.ts';

const nativeIterator = Array.prototype[Symbol.iterator];

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
  if (make === nativeIterator || typeof make !== 'function') return finished(iterable);
  const frame = $prepare(make, iterable);
  return formOf(make) === undefined ? collected(frame.next().value, count) : viaForm(frame, count);
}

/** An iterator that a method in greenlet code has made. */
function* viaForm(frame: Frame, count: number): Generator<undefined, unknown, unknown> {
  const step = frame.next();
  let iterator = step.value;
  if (!step.done) {
    suspend(frame, RUNTIME_SITE);
    iterator = yield undefined;
  }
  const inner = collected(iterator, count);
  const innerStep = inner.next();
  if (innerStep.done) return innerStep.value;
  suspend(inner, RUNTIME_SITE);
  return yield undefined;
}

function collected(iterator: unknown, count: number): Frame {
  const next = (iterator as { next?: unknown } | null | undefined)?.next;
  if (formOf(next) !== undefined) return drain(iterator as Record<string, unknown>, next, count);
  return finished({ [Symbol.iterator]: () => iterator });
}

function* drain(
  iterator: Record<string, unknown>,
  next: unknown,
  count: number,
): Generator<undefined, unknown[], unknown> {
  const values: unknown[] = [];
  while (values.length < count) {
    const result = (yield* called(next, iterator)) as IteratorResult<unknown>;
    if (typeof result !== 'object' || result === null)
      throw new TypeError(`Iterator result ${String(result)} is not an object`);
    if (result.done) return values;
    values.push(result.value);
  }
  const { return: close } = iterator;
  if (close !== undefined && close !== null) yield* called(close, iterator);
  return values;
}

function* called(callee: unknown, self: unknown): Generator<undefined, unknown, unknown> {
  const frame = $prepare(callee, self);
  const step = frame.next();
  if (step.done) return step.value;
  suspend(frame, RUNTIME_SITE);
  return yield undefined;
}
