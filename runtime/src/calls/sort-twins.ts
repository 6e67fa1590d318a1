/** Twins of `sort` and `toSorted` with a comparator that switches: a stable merge sort, as the language asks for. */

import { RUNTIME_SITE, suspend } from '../core/frame.ts';
import { define, lengthOf } from './array-twins.ts';
import { linkCallbackTwin } from './link-twin.ts';
import { $prepare } from './prepare.ts';
import { typedPrototype, validLength } from './typed-array-twins.ts';
import type { List } from './walk.ts';

/** Links the twins of arrays and typed arrays. */
export function linkSortTwins(): void {
  linkCallbackTwin(Array.prototype, 'sort', (self, [compare]) => sort(Object(self), compare));
  linkCallbackTwin(Array.prototype, 'toSorted', (self, [compare]) => {
    const list = Object(self) as List;
    const length = lengthOf(list);
    const made: unknown[] = new Array(length);
    for (let index = 0; index < length; index++) define(made, index, list[index]);
    return sort(made as List, compare);
  });
  linkCallbackTwin(typedPrototype, 'sort', (self, [compare], native) =>
    sortTyped(self as List, validLength(self, native), compare),
  );
  linkCallbackTwin(typedPrototype, 'toSorted', (self, [compare], native) => {
    const length = validLength(self, native);
    // Without a comparator the built-in makes the copy.
    const copy = Reflect.apply(native, self, []) as List;
    for (let index = 0; index < length; index++) copy[index] = (self as List)[index];
    return sortTyped(copy, length, compare);
  });
}

/** Elements that do not exist stay at the end, and `undefined` comes right before them. */
function* sort(list: List, compare: unknown): Generator<undefined, unknown, unknown> {
  const length = lengthOf(list);
  const items: unknown[] = [];
  let existing = 0;
  for (let index = 0; index < length; index++) {
    if (!(index in list)) continue;
    existing++;
    const item = list[index];
    if (item !== undefined) define(items, items.length, item);
  }
  const sorted = yield* merged(items, compare);
  for (let index = 0; index < existing; index++) list[index] = sorted[index];
  for (let index = existing; index < length; index++) delete list[index];
  return list;
}

function* sortTyped(
  list: List,
  length: number,
  compare: unknown,
): Generator<undefined, unknown, unknown> {
  const items: unknown[] = [];
  for (let index = 0; index < length; index++) items.push(list[index]);
  const sorted = yield* merged(items, compare);
  for (let index = 0; index < length; index++) list[index] = sorted[index];
  return list;
}

/** Merges, as V8 does asking whether a later item comes before an earlier one, runs of one, two, four… items, from the left; of equal ones the earlier stays before the later. */
function* merged(items: unknown[], compare: unknown): Generator<undefined, unknown[], unknown> {
  const { length } = items;
  let from = items;
  let to: unknown[] = new Array(length);
  for (let width = 1; width < length; width *= 2) {
    for (let start = 0; start < length; start += 2 * width) {
      const middle = Math.min(start + width, length);
      const end = Math.min(start + 2 * width, length);
      let left = start;
      let right = middle;
      for (let at = start; at < end; at++) {
        let takesLeft = left < middle;
        if (takesLeft && right < end) {
          const frame = $prepare(compare, undefined, from[right], from[left]);
          const step = frame.next();
          let order = step.value;
          if (!step.done) {
            suspend(frame, RUNTIME_SITE);
            order = yield undefined;
          }
          takesLeft = !(+(order as number) < 0);
        }
        to[at] = from[takesLeft ? left++ : right++];
      }
    }
    [from, to] = [to, from];
  }
  return from;
}
