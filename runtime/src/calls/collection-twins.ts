/** Twins of `forEach` of maps, sets, and what looks like them on the web. */

import { RUNTIME_SITE, suspend } from '../core/frame.ts';
import { type Callback, linkCallbackTwin } from './link-twin.ts';
import { $prepare } from './prepare.ts';

type Entry = [key: unknown, value: unknown];

/** Links the twins of the classes that are always there. */
export function linkCollectionTwins(): void {
  for (const kind of [Map, Set, URLSearchParams]) linkForEach(kind);
}

/**
 * A collection's `forEach`, by its own iterator, which meets what is added or removed meanwhile just the same.
 *
 * @param defaultThis what `this` is in the callback unless the call says so.
 */
function linkForEach({ prototype }: { prototype: object }, defaultThis?: unknown): void {
  const { entries } = prototype as { entries: Callback };
  linkCallbackTwin(prototype, 'forEach', (self, [callback, thisArg = defaultThis]) => {
    const iterator = Reflect.apply(entries, self, []) as { next: Callback };
    return forEach(self, iterator, iterator.next, callback, thisArg);
  });
}

function* forEach(
  collection: unknown,
  iterator: object,
  next: Callback,
  callback: unknown,
  thisArg: unknown,
): Generator<undefined, undefined, unknown> {
  for (;;) {
    const { done, value } = Reflect.apply(next, iterator, []) as IteratorResult<Entry>;
    if (done) return undefined;
    const frame = $prepare(callback, thisArg, value[1], value[0], collection);
    const step = frame.next();
    if (!step.done) {
      suspend(frame, RUNTIME_SITE);
      yield undefined;
    }
  }
}

let isWebLinked = false;

/**
 * Links the twins of the classes of the web that have such a method. Node loads them when a program first mentions them, which takes
 * long: so the files that mention them ask for it.
 */
export function $web(): void {
  if (isWebLinked) return;
  isWebLinked = true;
  linkForEach(Headers, globalThis);
  linkForEach(FormData, globalThis);
}
