/** The ordinary forms of a class's methods. */

import { type Form, linkForm } from '../core/form.ts';
import { callOrdinary } from '../core/ordinary.ts';

/**
 * Puts ordinary functions in the place of a class's generator methods.
 *
 * @param list pairs: 1 for a static method and 0 for another, then its key.
 */
export function $methods(owner: { prototype: object }, ...list: unknown[]): void {
  for (let at = 0; at < list.length; at += 2) {
    const home = list[at] === 1 ? owner : owner.prototype;
    const key = list[at + 1] as PropertyKey;
    const form = (home as Record<PropertyKey, Form>)[key] as Form;
    const value = linkForm(ordinaryMethod(key, form), form);
    Object.defineProperty(home, key, {
      value,
      configurable: true,
      writable: true,
      enumerable: false,
    });
  }
}

/** An ordinary method with the name and the length of its generator form. */
function ordinaryMethod(key: PropertyKey, form: Form): (...args: unknown[]) => unknown {
  const { name, length } = form;
  const { [key]: method } = {
    [key](this: unknown) {
      // biome-ignore lint/complexity/noArguments: rest parameters would change its length.
      return callOrdinary(name, form, this, arguments);
    },
  } as Record<PropertyKey, (...args: unknown[]) => unknown>;
  if (length > 0) Object.defineProperty(method, 'length', { value: length, configurable: true });
  return method as (...args: unknown[]) => unknown;
}
