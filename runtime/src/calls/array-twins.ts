/** Twins of the methods of arrays that call back; like the built-in ones they work on whatever has a `length`. */

import { linkCallbackTwin } from './link-twin.ts';
import { type Course, type List, reduce, SEARCHES, walk, walkAll, walkSearching } from './walk.ts';

/** Links the twins of `Array.prototype`. */
export function linkArrayTwins(): void {
  const { prototype } = Array;
  linkCallbackTwin(prototype, 'forEach', (self, args) => walkAll(courseOf(self, args)));
  for (const search of SEARCHES) {
    const { name, backwards = false, skipsHoles = false } = search;
    linkCallbackTwin(prototype, name, (self, args) =>
      walkSearching({ ...courseOf(self, args), backwards, skipsHoles }, search),
    );
  }
  for (const [name, backwards] of [
    ['reduce', false],
    ['reduceRight', true],
  ] as const) {
    linkCallbackTwin(prototype, name, (self, args) =>
      reduce({ ...courseOf(self, args), backwards }, args.slice(1, 2)),
    );
  }
  linkCallbackTwin(prototype, 'map', (self, args) => {
    const course = courseOf(self, args);
    const result = speciesArray(course.list, course.length);
    return walk(
      course,
      (returned, _, index) => define(result, index, returned),
      () => result,
    );
  });
  linkCallbackTwin(prototype, 'filter', (self, args) => {
    const course = courseOf(self, args);
    const result = speciesArray(course.list, 0);
    let count = 0;
    return walk(
      course,
      (kept, value) => kept && define(result, count++, value),
      () => result,
    );
  });
  linkCallbackTwin(prototype, 'flatMap', (self, args) => {
    const course = courseOf(self, args);
    const result = speciesArray(course.list, 0);
    let count = 0;
    return walk(
      course,
      (returned) => {
        if (!Array.isArray(returned)) return define(result, count++, returned);
        const length = lengthOf(returned);
        for (let at = 0; at < length; at++)
          if (at in returned) define(result, count++, returned[at]);
        return false;
      },
      () => result,
    );
  });
}

function courseOf(self: unknown, [callback, thisArg]: readonly unknown[]): Course {
  const list = Object(self) as List;
  return { list, length: lengthOf(list), skipsHoles: true, callback, thisArg };
}

/** What the language takes for the length of a list. */
export function lengthOf(list: object): number {
  // A bigint must throw here, which `Number` would take.
  const length = Math.trunc(+(list as { length: never }).length) || 0;
  return Math.min(Math.max(length, 0), Number.MAX_SAFE_INTEGER);
}

/** Makes an element of an array; what it inherits does not matter. */
export function define(list: object, index: PropertyKey, value: unknown): false {
  const descriptor = { value, writable: true, enumerable: true, configurable: true };
  Object.setPrototypeOf(descriptor, null);
  Object.defineProperty(list, index, descriptor);
  return false;
}

/** The array that `map` and `filter` make: of the list's own kind. */
function speciesArray(list: object, length: number): object {
  if (!Array.isArray(list)) return new Array(length);
  let { constructor: kind } = list as { constructor: unknown };
  const isObject = (typeof kind === 'object' && kind !== null) || typeof kind === 'function';
  if (isObject) {
    kind = (kind as unknown as Record<symbol, unknown>)[Symbol.species];
    if (kind === null) kind = undefined;
  }
  if (kind === undefined) return new Array(length);
  if (!isConstructor(kind))
    throw new TypeError('object.constructor[Symbol.species] is not a constructor');
  return Reflect.construct(kind, [length]);
}

/** Whether a value can be called with `new`; it is not. */
export function isConstructor(value: unknown): value is new (...args: unknown[]) => object {
  if (typeof value !== 'function') return false;
  try {
    Reflect.construct(Object, [], value);
    return true;
  } catch {
    return false;
  }
}
