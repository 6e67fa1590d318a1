/** Iterating what is read piece by piece. */

import { called } from '../core/call.ts';
import { switchingMethods } from '../core/methods.ts';

/** Gives what a method returns, again and again, until that is empty. */
export class UntilEmpty<T extends { readonly length: number }> implements Iterator<T>, Iterable<T> {
  /** Calls the method. May switch if that may. */
  declare next: () => IteratorResult<T>;
  /** @internal */ readonly owner: object;
  /** @internal */ readonly method: () => T;

  /**
   * @param owner whose method it is.
   * @param method `owner.read`, `owner.readLine`.
   */
  constructor(owner: object, method: () => T) {
    this.owner = owner;
    this.method = method;
  }

  [Symbol.iterator](): this {
    return this;
  }
}

switchingMethods(UntilEmpty, { next: nextForm });

function* nextForm(
  this: UntilEmpty<string>,
): Generator<undefined, IteratorResult<string>, unknown> {
  const value = (yield* called(this.method, this.owner)) as string;
  return value.length === 0 ? { done: true, value: undefined } : { done: false, value };
}
