/** Taking items out of a queue in a loop. */

import { called } from '../core/call.ts';
import { switchingMethods } from '../core/methods.ts';

/** The item that ends the loop over a queue (in gevent the class `StopIteration`). */
export const StopIteration: unique symbol = Symbol.for('greenlets.StopIteration') as never;

/** Something that items can be taken out of. */
interface Source<T> {
  get(): T;
}

export class QueueIterator<T> implements Iterator<T> {
  /** @internal */ readonly source: Source<T>;
  /** Takes the next item. May switch. */
  declare next: () => IteratorResult<T>;

  constructor(source: Source<T>) {
    this.source = source;
  }

  [Symbol.iterator](): this {
    return this;
  }
}

switchingMethods(QueueIterator, { next: nextForm });

function* nextForm(this: QueueIterator<unknown>): Generator<undefined, unknown, unknown> {
  const value = yield* called(this.source.get, this.source);
  return value === StopIteration ? { done: true, value: undefined } : { done: false, value };
}
