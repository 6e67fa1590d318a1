/** Ordinary calls of functions that may switch: from native code, from untransformed packages, from event handlers. */

import { raise } from './aloud.ts';
import { registerBoundary } from './boundary.ts';
import { type Form, linkForm } from './form.ts';
import type { Frame } from './frame.ts';
import { hub } from './hub.ts';

/**
 * Runs a function's second form for a caller that cannot suspend. Outside any greenlet the body runs at once, and if it
 * suspends it goes on as a new greenlet; below a greenlet's native frame a switch throws.
 *
 * @returns the function's value, or a promise of it if it went on as a greenlet.
 * @throws {CannotSwitchError} at the call inside that would have to switch.
 */
export function callOrdinary(
  name: string,
  form: Form,
  self: unknown,
  args: ArrayLike<unknown>,
): unknown {
  if (hub.current === null) return hub.adopt(name, form, self, args);
  hub.barrier++;
  try {
    if (hub.onRaise !== null) return runAloud(form, self, args);
    return Reflect.apply(form, self, args).next().value;
  } finally {
    hub.barrier--;
  }
}

registerBoundary(callOrdinary);

function runAloud(form: Form, self: unknown, args: ArrayLike<unknown>): unknown {
  try {
    return Reflect.apply(form, self, args).next().value;
  } catch (error) {
    raise(error);
    throw error;
  }
}

/**
 * Makes a function that may switch out of its second form: how the runtime defines its own.
 *
 * @param name the function's name.
 * @param form a generator function, or one that parks and returns PARKED, or `finished(value)`.
 */
export function switching<This, A extends unknown[], R>(
  name: string,
  form: (this: This, ...args: A) => Frame,
): (this: This, ...args: A) => R {
  const { [name]: fn } = {
    [name](this: This, ...args: A): R {
      return callOrdinary(name, form, this, args) as R;
    },
  };
  Object.defineProperty(fn, 'length', { value: form.length, configurable: true });
  return linkForm(fn as (this: This, ...args: A) => R, form);
}
