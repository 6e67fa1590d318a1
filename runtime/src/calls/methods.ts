/** The ordinary forms of a class's methods. */

import { type Form, linkForm } from '../core/form.ts';
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
 * @param list pairs: what kind of method it is, then its key. The kind is 1 for a static method, plus 2 for an `async` one; 4 for a generator.
 */
export function $methods(owner: { prototype: object }, ...list: unknown[]): void {
  for (let at = 0; at < list.length; at += 2) {
    const kind = list[at] as number;
    const home = kind & STATIC ? owner : owner.prototype;
    const key = list[at + 1] as PropertyKey;
    const form = (home as Record<PropertyKey, Form>)[key] as Form;
    if (kind === GENERATOR || kind === (GENERATOR | STATIC)) {
      $generator(form as unknown as { prototype: unknown });
      continue;
    }
    const value =
      kind & GENERATOR
        ? $linkAsyncGenerator(ordinaryMethod(key, form, $asyncGenerator), form)
        : kind & ASYNC
          ? $linkAsync(ordinaryMethod(key, form, $async), form)
          : linkForm(ordinaryMethod(key, form, callOrdinary), form);
    Object.defineProperty(home, key, {
      value,
      configurable: true,
      writable: true,
      enumerable: false,
    });
  }
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
