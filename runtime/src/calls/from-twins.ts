/** Twins of what makes a list or groups out of an iterable: `Array.from`, `Object.groupBy`, `Map.groupBy`. */

import { called } from '../core/call.ts';
import { formOf } from '../core/form.ts';
import { finished } from '../core/frame.ts';
import { define, isConstructor, lengthOf } from './array-twins.ts';
import { type Callback, linkCallbackTwin, linkTwin } from './link-twin.ts';
import { closeQuietly, type Iterator, isObject, isPlainList, resultOf } from './open.ts';
import type { List } from './walk.ts';

/** Links the twins. */
export function linkFromTwins(): void {
  const native = Array.from as Callback;
  linkTwin(Array, 'from', (self, args) => {
    const [items, callback] = args;
    const isLeft =
      items === null ||
      items === undefined ||
      (callback !== undefined && typeof callback !== 'function') ||
      (formOf(callback) === undefined && (isPlainList(items) || typeof items === 'string'));
    return isLeft ? finished(Reflect.apply(native, self, args)) : from(self, args);
  });
  linkCallbackTwin(
    Object,
    'groupBy',
    (_, [items, callback], nativeGroupBy) => {
      if (items === null || items === undefined)
        return finished(Reflect.apply(nativeGroupBy, Object, [items, callback]));
      const groups: Record<PropertyKey, unknown[]> = Object.create(null);
      const add = (key: unknown, value: unknown) => {
        const name = Reflect.ownKeys({ [key as PropertyKey]: 0 })[0] as PropertyKey;
        groups[name] ??= [];
        define(groups[name], groups[name].length, value);
      };
      return group(items, callback, add, groups);
    },
    1,
  );
  linkCallbackTwin(
    Map,
    'groupBy',
    (_, [items, callback], nativeGroupBy) => {
      if (items === null || items === undefined)
        return finished(Reflect.apply(nativeGroupBy, Map, [items, callback]));
      const groups = new Map<unknown, unknown[]>();
      const add = (key: unknown, value: unknown) => {
        const known = groups.get(key);
        if (known === undefined) groups.set(key, [value]);
        else define(known, known.length, value);
      };
      return group(items, callback, add, groups);
    },
    1,
  );
}

function* from(
  kind: unknown,
  [items, callback, thisArg]: readonly unknown[],
): Generator<undefined, unknown, unknown> {
  const make = (items as Iterator)[Symbol.iterator];
  const isIterable = make !== undefined && make !== null;
  const map = function* (value: unknown, index: number): Generator<undefined, unknown, unknown> {
    return callback === undefined ? value : yield* called(callback, thisArg, value, index);
  };
  if (isIterable) {
    const made: object = isConstructor(kind) ? new kind() : [];
    const count = yield* visit(items, make, function* (value, index) {
      define(made, index, yield* map(value, index));
    });
    setLength(made, count);
    return made;
  }
  const list = Object(items) as List;
  const length = lengthOf(list);
  const made: object = isConstructor(kind) ? new kind(length) : new Array(length);
  for (let index = 0; index < length; index++) define(made, index, yield* map(list[index], index));
  setLength(made, length);
  return made;
}

function setLength(list: object, length: number): void {
  (list as { length: number }).length = length;
}

function* group(
  items: unknown,
  callback: unknown,
  add: (key: unknown, value: unknown) => void,
  groups: unknown,
): Generator<undefined, unknown, unknown> {
  const make = (items as Iterator)[Symbol.iterator];
  yield* visit(items, make, function* (value, index) {
    add(yield* called(callback, undefined, value, index), value);
  });
  return groups;
}

/**
 * Visits what an iterable gives; whatever is called may switch. If a visit throws, the iterator is closed.
 *
 * @param make the iterable's method that makes an iterator.
 * @returns how many values there were.
 */
function* visit(
  iterable: unknown,
  make: unknown,
  each: (value: unknown, index: number) => Generator<undefined, void, unknown>,
): Generator<undefined, number, unknown> {
  if (typeof make !== 'function') throw new TypeError(`${typeof make} is not a function`);
  const iterator = yield* called(make, iterable);
  if (!isObject(iterator))
    throw new TypeError(
      `Result of the Symbol.iterator method ${String(iterator)} is not an object`,
    );
  const { next } = iterator as Iterator;
  for (let index = 0; ; index++) {
    const result = resultOf(yield* called(next, iterator));
    if (result.done) return index;
    const { value } = result;
    try {
      yield* each(value, index);
    } catch (error) {
      yield* closeQuietly(iterator as Iterator);
      throw error;
    }
  }
}
