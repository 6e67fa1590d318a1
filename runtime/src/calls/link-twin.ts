/** Giving built-in functions a second form. */

import { formOf, linkForm } from '../core/form.ts';
import { type Frame, finished } from '../core/frame.ts';

export type Twin = (self: unknown, args: readonly unknown[]) => Frame;
export type Callback = (...args: unknown[]) => unknown;

/** Gives a built-in function a second form; nothing happens where this Node has no such function. */
export function linkTwin(owner: object, name: PropertyKey, twin: Twin): void {
  const native = (owner as Record<PropertyKey, unknown>)[name];
  if (typeof native !== 'function') return;
  linkForm(native, function (this: unknown, ...args: unknown[]) {
    return twin(this, args);
  });
}

/**
 * The same for a function that is left to itself unless its callback may switch.
 *
 * @param at which argument the callback is.
 */
export function linkCallbackTwin(
  owner: object,
  name: PropertyKey,
  twin: (self: unknown, args: readonly unknown[], native: Callback) => Frame,
  at = 0,
): void {
  const native = (owner as Record<PropertyKey, Callback>)[name];
  if (typeof native !== 'function') return;
  linkTwin(owner, name, (self, args) =>
    formOf(args[at]) === undefined || self === null || self === undefined
      ? finished(Reflect.apply(native, self, args))
      : twin(self, args, native),
  );
}
