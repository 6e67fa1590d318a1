/** Methods that may switch, for classes of the runtime: a class `declare`s them, and this sets them on its prototype. */

import type { Form } from './form.ts';
import { switching } from './ordinary.ts';

/**
 * Gives a class its methods that may switch.
 *
 * @param forms by name: a generator function, or one that parks and returns PARKED, or `finished(value)`.
 */
export function switchingMethods(
  owner: { prototype: object },
  forms: Readonly<Record<string, Form>>,
): void {
  for (const [name, form] of Object.entries(forms)) {
    const value = switching(name, form);
    Object.defineProperty(owner.prototype, name, { value, configurable: true, writable: true });
  }
}
