/**
 * Taking values apart by patterns whose iterators may switch. An array pattern stays a native one, so that its bindings, defaults
 * and names are the language's own; but it gets one more element before each of its elements, whose default is the call that
 * fetches the next value: `[{}=CALL(pull), a, {}=CALL(pull), b = f(), {}=CALL(close)]`. What it takes apart is a `ListSource`, which
 * gives `undefined` to these elements and the fetched values to the others.
 */

import { called, framed } from '../core/call.ts';
import { CannotSwitchError } from '../core/errors.ts';
import { formOf } from '../core/form.ts';
import { type Frame, finished } from '../core/frame.ts';
import { hub } from '../core/hub.ts';
import { $key } from './methods.ts';
import { type Iterator, isPlainList, openWith, resultOf } from './open.ts';

/** What becomes of a value before a pattern gets it: nothing, or it is wrapped for an array or an object pattern. */
type Wrap = 0 | 1 | 2;

/** Opens the source of an array pattern; what cannot be iterated is left to the native syntax, which words the error. */
export function $list(iterable: unknown): Frame {
  if (isPlainList(iterable)) return finished(new ListSource(null, iterable));
  const make = (iterable as Iterable<unknown> | null | undefined)?.[Symbol.iterator];
  if (typeof make !== 'function') return finished(iterable);
  return openWith(make, iterable, (iterator) => new ListSource(iterator, NO_VALUES));
}

/** The source of an object pattern that has array patterns in it. */
export function $fields(object: unknown): unknown {
  return object === undefined || object === null ? object : new FieldSource(object);
}

const NO_VALUES: readonly unknown[] = [];

class ListSource {
  /** Null for an array, whose values are read by index, as its own iterator does. */
  private readonly iterator: Iterator | null;
  private readonly method: unknown;
  private values: readonly unknown[];
  private index = 0;
  private done = false;
  /** Whether `value` waits for the pattern's next element. */
  private ready = false;
  private value: unknown = undefined;
  /** Whether `values` waits for the pattern's rest element. */
  private resting = false;

  constructor(iterator: Iterator | null, values: readonly unknown[]) {
    this.iterator = iterator;
    this.method = iterator?.next;
    this.values = values;
  }

  /** Fetches the value of the next element. Its frame's value is an object. */
  pull(wrap: Wrap = 0): Frame {
    if (wrap === 0 && this.iterator === null) {
      this.ready = true;
      this.value = this.index < this.values.length ? this.values[this.index++] : this.end();
      return finished(this);
    }
    return this.pulling(wrap);
  }

  /** Fetches all values that are left, for a rest element. */
  *rest(wrap: Wrap = 0): Generator<undefined, unknown, unknown> {
    const values: unknown[] = [];
    for (;;) {
      const value = yield* this.step();
      if (this.done) break;
      values.push(value);
    }
    if (wrap === 0) {
      this.resting = true;
      this.values = values;
      this.index = 0;
      return this;
    }
    this.ready = true;
    return yield* this.wrapped(values, wrap);
  }

  /** The pattern has no more elements. */
  close(): Frame {
    if (this.done || this.iterator === null) return finished(this.finish());
    return this.closing();
  }

  [Symbol.iterator](): this {
    return this;
  }

  /** What the native pattern asks for each of its elements. */
  next(): { done: boolean; value: unknown } {
    if (this.resting) {
      const done = this.index >= this.values.length;
      return { done, value: done ? undefined : this.values[this.index++] };
    }
    if (!this.ready) return { done: false, value: undefined };
    const { value } = this;
    this.ready = false;
    this.value = undefined;
    return { done: false, value };
  }

  /** The native pattern has ended: after `close`, or because it threw. Then the iterator is closed right here. */
  return(): object {
    if (this.done) return {};
    this.done = true;
    const close = this.iterator?.return;
    if (close === undefined || close === null) return {};
    try {
      return resultOf(Reflect.apply(close as () => unknown, this.iterator, []));
    } catch (error) {
      // The language drops it in favor of the first error; but this one is about the program's text.
      if (error instanceof CannotSwitchError) hub.handleError(hub.current, error);
      throw error;
    }
  }

  private *pulling(wrap: Wrap): Generator<undefined, unknown, unknown> {
    const value = yield* this.step();
    this.ready = true;
    return yield* this.wrapped(value, wrap);
  }

  /** Makes `value` what the next element gets. Returns an object. */
  private *wrapped(value: unknown, wrap: Wrap): Generator<undefined, unknown, unknown> {
    if (wrap === 1 && value !== undefined) this.value = yield* framed($list(value));
    else this.value = wrap === 2 ? $fields(value) : value;
    return wrap === 0 ? this : this.value;
  }

  /** The iterator's next value; undefined, and `done`, at its end. */
  private *step(): Generator<undefined, unknown, unknown> {
    if (this.done) return undefined;
    if (this.iterator === null)
      return this.index < this.values.length ? this.values[this.index++] : this.end();
    this.done = true;
    const result = resultOf(
      formOf(this.method) === undefined
        ? Reflect.apply(this.method as () => unknown, this.iterator, [])
        : yield* called(this.method, this.iterator),
    );
    if (result.done) return undefined;
    const { value } = result;
    this.done = false;
    return value;
  }

  private *closing(): Generator<undefined, unknown, unknown> {
    this.finish();
    const { return: close } = this.iterator as Iterator;
    if (close !== undefined && close !== null) resultOf(yield* called(close, this.iterator));
    return this;
  }

  private end(): undefined {
    this.done = true;
    return undefined;
  }

  private finish(): this {
    this.done = true;
    return this;
  }
}

/** The source of an object pattern: each of its keys is `value`, which is what the key's own expression has just read. */
class FieldSource {
  value: unknown = undefined;
  private readonly object: unknown;
  private readonly used = new Set<PropertyKey>();
  private last: PropertyKey = '';

  constructor(object: unknown) {
    this.object = object;
  }

  /** Remembers a key that `fetch` reads later, after the target of an assignment has been evaluated. */
  key(key: unknown): 'value' {
    this.last = $key(key);
    this.used.add(this.last);
    return 'value';
  }

  fetch(): void {
    this.value = (this.object as Record<PropertyKey, unknown>)[this.last];
  }

  read(key: unknown): 'value' {
    this.key(key);
    this.fetch();
    return 'value';
  }

  /** A property that an array pattern takes apart. */
  list(key: unknown): Frame {
    this.read(key);
    return this.value === undefined ? finished(undefined) : $list(this.value);
  }

  /** A property that an object pattern takes apart. */
  fields(key: unknown): unknown {
    this.read(key);
    return $fields(this.value);
  }

  put(value: unknown): 'value' {
    this.value = value;
    return 'value';
  }

  /** All properties that have not been read. */
  rest(): 'value' {
    const from = Object(this.object) as Record<PropertyKey, unknown>;
    const rest: Record<PropertyKey, unknown> = {};
    for (const key of Reflect.ownKeys(from)) {
      if (this.used.has(key)) continue;
      if (!Reflect.getOwnPropertyDescriptor(from, key)?.enumerable) continue;
      const value = from[key];
      Reflect.defineProperty(rest, key, {
        value,
        configurable: true,
        enumerable: true,
        writable: true,
      });
    }
    return this.put(rest);
  }
}
