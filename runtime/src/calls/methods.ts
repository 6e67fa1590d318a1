/** The ordinary forms of a class's methods. */

import { type Form, linkOwn } from '../core/form.ts';
import { callOrdinary } from '../core/ordinary.ts';
import { $asyncGenerator, $linkAsyncGenerator } from './async-generators.ts';
import { $async, $linkAsync } from './await.ts';
import { $generator } from './generators.ts';

const STATIC = 1;
const ASYNC = 2;
const GENERATOR = 4;

/**
 * Puts ordinary functions in the place of a class's generator methods.
 *
 * @param list pairs: what kind of method it is, then its key. The kind is 1 for a static method, plus 2 for an `async` one, plus 4
 *   for a generator.
 */
export function $methods(owner: { prototype: object }, ...list: unknown[]): void {
  for (let at = 0; at < list.length; at += 2) {
    const kind = list[at] as number;
    swap(kind & STATIC ? owner : owner.prototype, kind & ~STATIC, list[at + 1] as PropertyKey);
  }
}

/** The same for the methods of an object; returns it. */
export function $object<T extends object>(object: T, ...list: unknown[]): T {
  for (let at = 0; at < list.length; at += 2)
    swap(object, list[at] as number, list[at + 1] as PropertyKey);
  return object;
}

/** A computed key as what it is in the end: a string or a symbol. */
export function $key(key: unknown): PropertyKey {
  return Reflect.ownKeys({ [key as PropertyKey]: 0 })[0] as PropertyKey;
}

function swap(home: object, kind: number, key: PropertyKey): void {
  const property = Object.getOwnPropertyDescriptor(home, key);
  const form = property?.value as Form | undefined;
  // Another member has the same computed key and came later.
  if (property === undefined || !isGeneratorFunction(form)) return;
  if (kind === GENERATOR) {
    $generator(form as unknown as { prototype: unknown });
    return;
  }
  const value =
    kind & GENERATOR
      ? $linkAsyncGenerator(ordinaryMethod(key, form, $asyncGenerator), form)
      : kind & ASYNC
        ? $linkAsync(ordinaryMethod(key, form, $async), form)
        : linkOwn(ordinaryMethod(key, form, callOrdinary), form);
  Object.defineProperty(home, key, { ...property, value });
}

const GeneratorFunction = Object.getPrototypeOf(function* () {});

function isGeneratorFunction(value: unknown): value is Form {
  return typeof value === 'function' && Object.getPrototypeOf(value) === GeneratorFunction;
}

/** An ordinary method with the name and the length of its generator form. */
function ordinaryMethod(
  key: PropertyKey,
  form: Form,
  call: (name: string, form: Form, self: unknown, args: ArrayLike<unknown>) => unknown,
): (...args: unknown[]) => unknown {
  const { name, length } = form;
  const { [key]: method } = {
    [key](this: unknown) {
      // biome-ignore lint/complexity/noArguments: rest parameters would change its length.
      return call(name, form, this, arguments);
    },
  } as Record<PropertyKey, (...args: unknown[]) => unknown>;
  if (length > 0) Object.defineProperty(method, 'length', { value: length, configurable: true });
  return method as (...args: unknown[]) => unknown;
}
