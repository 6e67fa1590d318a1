/** Twins of the methods of typed arrays that call back. */

import { isConstructor } from './array-twins.ts';
import { type Callback, linkCallbackTwin } from './link-twin.ts';
import { type Course, type List, reduce, SEARCHES, walk, walkAll, walkSearching } from './walk.ts';

type Typed = { [index: number]: unknown; readonly [Symbol.toStringTag]: string };

export const typedPrototype: object = Object.getPrototypeOf(Uint8Array.prototype);
const getterOf = (key: PropertyKey) =>
  Object.getOwnPropertyDescriptor(typedPrototype, key)?.get as () => unknown;
const lengthGetter = getterOf('length');
const tagGetter = getterOf(Symbol.toStringTag);
const { values } = typedPrototype as { values: () => unknown };

/** Links the twins of what all typed arrays inherit from. */
export function linkTypedArrayTwins(): void {
  link('forEach', walkAll);
  for (const search of SEARCHES)
    link(search.name, (course) =>
      walkSearching({ ...course, backwards: search.backwards === true }, search),
    );
  link('reduce', (course, args) => reduce(course, args.slice(1, 2)));
  link('reduceRight', (course, args) => reduce({ ...course, backwards: true }, args.slice(1, 2)));
  link('map', (course) => {
    const result = speciesTyped(course.list, course.length);
    const take = (returned: unknown, _: unknown, index: number) => {
      result[index] = returned;
    };
    return walk(course, take, () => result);
  });
  link('filter', (course) => {
    const kept: unknown[] = [];
    const take = (returned: unknown, value: unknown) => {
      if (returned) kept.push(value);
    };
    return walk(course, take, () => {
      const result = speciesTyped(course.list, kept.length);
      for (const [index, value] of kept.entries()) result[index] = value;
      return result;
    });
  });
}

function link(
  name: string,
  twin: (course: Course, args: readonly unknown[]) => Generator<undefined, unknown, unknown>,
): void {
  linkCallbackTwin(typedPrototype, name, (self, args, native) => {
    const length = validLength(self, native);
    return twin({ list: self as List, length, callback: args[0], thisArg: args[1] }, args);
  });
}

/**
 * The length of a typed array.
 *
 * @param native the method that was called: for what is no typed array, or has lost its buffer, it throws.
 */
export function validLength(self: unknown, native: Callback): number {
  try {
    Reflect.apply(values, self, []);
  } catch {
    Reflect.apply(native, self, [() => 0]);
  }
  return Reflect.apply(lengthGetter, self, []) as number;
}

/** The typed array that `map` and `filter` make: of the list's own kind. */
function speciesTyped(list: object, length: number): Typed {
  const tag = Reflect.apply(tagGetter, list, []) as string;
  const usual = (globalThis as unknown as Record<string, unknown>)[tag];
  const { constructor: own } = list as { constructor: unknown };
  let kind: unknown = usual;
  if (own !== undefined) {
    if ((typeof own !== 'object' && typeof own !== 'function') || own === null)
      throw new TypeError('The .constructor property is not an object');
    kind = (own as unknown as Record<symbol, unknown>)[Symbol.species] ?? usual;
  }
  if (!isConstructor(kind))
    throw new TypeError('object.constructor[Symbol.species] is not a constructor');
  const made = Reflect.construct(kind, [length]) as Typed;
  Reflect.apply(values, made, []);
  if ((Reflect.apply(lengthGetter, made, []) as number) < length)
    throw new TypeError('Derived TypedArray constructor created an array which was too small');
  const madeTag = Reflect.apply(tagGetter, made, []) as string;
  if (tag.startsWith('Big') !== madeTag.startsWith('Big'))
    throw new TypeError('Content type of source and derived typed arrays differ');
  return made;
}
