/**
 * Cooperative twins of built-in functions that call back: in greenlet code `list.map(fetch)` works though `fetch` switches. Each is
 * linked to the built-in as its second form, so that `call`, `apply` and every other way of calling it find the twin. A callback
 * that cannot switch is left to the built-in.
 */

import { type Form, formOf, linkForm } from '../core/form.ts';
import { finished } from '../core/frame.ts';
import { linkArrayTwins } from './array-twins.ts';
import { linkCollectionTwins } from './collection-twins.ts';
import { linkFromTwins } from './from-twins.ts';
import { linkIteratorTwins } from './iterator-twins.ts';
import { linkTwin } from './link-twin.ts';
import { $prepare } from './prepare.ts';
import { linkReplaceTwins } from './replace-twins.ts';
import { linkSortTwins } from './sort-twins.ts';
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
  linkTwin(Function.prototype, 'call', (self, [thisArg, ...args]) =>
    $prepare(self, thisArg, ...args),
  );
  linkTwin(Function.prototype, 'apply', (self, [thisArg, list]) =>
    $prepare(self, thisArg, ...listOf(list)),
  );
  linkTwin(Function.prototype, 'bind', (self, args) => finished(bind(self, args)));
  linkTwin(Reflect, 'apply', (_, [target, thisArg, list]) =>
    $prepare(target, thisArg, ...listOf(list)),
  );
}

/** `fn.bind(…)` with a second form, where `fn` has one. */
export function bind(fn: unknown, args: readonly unknown[]): unknown {
  const bound = Reflect.apply(Function.prototype.bind, fn, args);
  const form = formOf(fn);
  return form === undefined
    ? bound
    : linkForm(bound, Reflect.apply(Function.prototype.bind, form, args) as Form);
}

/** `target.bind(…)` in code that cannot switch itself. */
export function $bind(target: { bind: unknown }, ...args: unknown[]): unknown {
  const method = target.bind;
  if (method === Function.prototype.bind) return bind(target, args);
  if (typeof method !== 'function') throw new TypeError('bind is not a function');
  return Reflect.apply(method, target, args);
}

const nativeSlice = Array.prototype.slice;

/** The second argument of `apply`, as a list. */
function listOf(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  if (typeof value !== 'object' && typeof value !== 'function')
    throw new TypeError('CreateListFromArrayLike called on non-object');
  return Reflect.apply(nativeSlice, value, []);
}
