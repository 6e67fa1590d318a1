/**
 * Cooperative twins of built-in functions that call back: in greenlet code `list.map(fetch)` works though `fetch` switches. Each is
 * linked to the built-in as its second form, so that `call`, `apply` and every other way of calling it find the twin. A callback
 * that cannot switch is left to the built-in.
 */

import { type Form, formOf, linkForm, linkOwn } from '../core/form.ts';
import { finished } from '../core/frame.ts';
import { lengthOf, linkArrayTwins } from './array-twins.ts';
import { linkCollectionTwins } from './collection-twins.ts';
import { linkFromTwins } from './from-twins.ts';
import { linkIteratorTwins } from './iterator-twins.ts';
import { linkTwin } from './link-twin.ts';
import { prepareWith } from './prepare.ts';
import { linkReplaceTwins } from './replace-twins.ts';
import { linkSortTwins } from './sort-twins.ts';
import { linkStackTwins } from './stack-twins.ts';
import { linkTypedArrayTwins } from './typed-array-twins.ts';

/** Links the twins. Called once, when the helpers are loaded. */
export function linkTwins(): void {
  linkArrayTwins();
  linkTypedArrayTwins();
  linkSortTwins();
  linkCollectionTwins();
  linkFromTwins();
  linkIteratorTwins();
  linkReplaceTwins();
  linkStackTwins();
  linkForm(Function.prototype.call, function (this: unknown, thisArg: unknown, ...args: unknown[]) {
    return prepareWith(this, thisArg, args);
  });
  linkForm(Function.prototype.apply, function (this: unknown, thisArg: unknown, list: unknown) {
    return prepareWith(this, thisArg, listOf(list));
  });
  linkTwin(Function.prototype, 'bind', (self, args) => finished(bind(self, args)));
  linkForm(Reflect.apply, (target: unknown, thisArg: unknown, list: unknown) =>
    prepareWith(target, thisArg, listOf(list)),
  );
}

const nativeBind = Function.prototype.bind;

/** `fn.bind(…)` with a second form, where `fn` has one. */
export function bind(fn: unknown, args: readonly unknown[]): unknown {
  const bound = Reflect.apply(nativeBind, fn, args);
  const form = formOf(fn);
  return form === undefined ? bound : linkOwn(bound, Reflect.apply(nativeBind, form, args) as Form);
}

/** `target.bind(…)` in code that cannot switch itself. */
export function $bind(target: { bind: unknown }, ...args: unknown[]): unknown {
  const method = target.bind;
  if (method === nativeBind) return bind(target, args);
  if (typeof method !== 'function') throw new TypeError('bind is not a function');
  return Reflect.apply(method, target, args);
}

/** The second argument of `apply`, as a list. */
function listOf(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  if (typeof value !== 'object' && typeof value !== 'function')
    throw new TypeError('CreateListFromArrayLike called on non-object');
  // A setter on `Array.prototype` does not reach it.
  const list: unknown[] = Object.setPrototypeOf([], null);
  const length = lengthOf(value);
  for (let at = 0; at < length; at++) list[at] = (value as ArrayLike<unknown>)[at];
  return list;
}
