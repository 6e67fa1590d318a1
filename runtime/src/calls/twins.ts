/**
 * Cooperative twins of built-in functions that call back: in greenlet code `list.map(fetch)` works though `fetch` switches. Each is
 * linked to the built-in as its second form, so that `call`, `apply` and every other way of calling it find the twin. A callback
 * that cannot switch is left to the built-in.
 */

import { type Form, formOf, linkForm } from '../core/form.ts';
import { type Frame, finished, RUNTIME_SITE, suspend } from '../core/frame.ts';
import { $prepare } from './prepare.ts';

/** Links the twins. Called once, when the helpers are loaded. */
export function linkTwins(): void {
  linkArrayTwins(Array.prototype);
  const typed = Object.getPrototypeOf(Uint8Array.prototype);
  linkListTwins(typed, false);
  for (const type of [Map, Set]) linkCollectionTwin(type.prototype);
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
  linkTwin(Array, 'from', arrayFrom);
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

type Twin = (self: unknown, args: readonly unknown[]) => Frame;
type Callback = (...args: unknown[]) => unknown;
type List = Record<number, unknown>;

/** Gives a built-in function a second form. */
function linkTwin(owner: object, name: string, twin: Twin): void {
  const native = (owner as Record<string, unknown>)[name];
  if (typeof native !== 'function') return;
  linkForm(native, function (this: unknown, ...args: unknown[]) {
    return twin(this, args);
  });
}

/** The same for a function that is left to itself unless its callback may switch. */
function linkCallbackTwin(owner: object, name: string, twin: Twin): void {
  const native = (owner as Record<string, Callback>)[name];
  if (typeof native !== 'function') return;
  linkTwin(owner, name, (self, args) =>
    formOf(args[0]) === undefined || self === null || self === undefined
      ? finished(Reflect.apply(native, self, args))
      : twin(self, args),
  );
}

function linkArrayTwins(prototype: object): void {
  linkListTwins(prototype, true);
  linkCallbackTwin(prototype, 'map', (self, [callback, thisArg]) => {
    const list = Object(self);
    const length = lengthOf(list);
    const result = speciesArray(list, length);
    const take = (value: unknown, _: unknown, index: number) => define(result, index, value);
    return walk(list, upTo(length), true, callback, thisArg, take, () => result);
  });
  linkCallbackTwin(prototype, 'filter', (self, [callback, thisArg]) => {
    const list = Object(self);
    const length = lengthOf(list);
    const result = speciesArray(list, 0);
    let count = 0;
    const take = (kept: unknown, value: unknown) => kept && define(result, count++, value);
    return walk(list, upTo(length), true, callback, thisArg, take, () => result);
  });
  linkCallbackTwin(prototype, 'flatMap', (self, [callback, thisArg]) => {
    const list = Object(self);
    const length = lengthOf(list);
    const result = speciesArray(list, 0);
    let count = 0;
    const take = (value: unknown) => {
      if (!Array.isArray(value)) return define(result, count++, value);
      const { length: inner } = value;
      for (let at = 0; at < inner; at++) if (at in value) define(result, count++, value[at]);
      return false;
    };
    return walk(list, upTo(length), true, callback, thisArg, take, () => result);
  });
}

/** What arrays and typed arrays have in common; a typed array has no holes. */
function linkListTwins(prototype: object, hasHoles: boolean): void {
  const length = hasHoles ? lengthOf : typedLengthOf(prototype);
  const each = (name: string, start: (list: List) => Search, holes = hasHoles) =>
    linkCallbackTwin(prototype, name, (self, [callback, thisArg]) => {
      const list = Object(self);
      const { indexes, take, result } = start(list);
      return walk(list, indexes, holes, callback, thisArg, take, result);
    });
  each('forEach', (list) => ({ indexes: upTo(length(list)), take: () => false, result: nothing }));
  each('some', (list) => search(upTo(length(list)), false, (found) => (found ? [true] : null)));
  each('every', (list) => search(upTo(length(list)), true, (kept) => (kept ? null : [false])));
  const value: Answer = (found, at) => (found ? [at] : null);
  const index: Answer = (found, _, at) => (found ? [at] : null);
  each('find', (list) => search(upTo(length(list)), undefined, value), false);
  each('findIndex', (list) => search(upTo(length(list)), -1, index), false);
  each('findLast', (list) => search(downFrom(length(list)), undefined, value), false);
  each('findLastIndex', (list) => search(downFrom(length(list)), -1, index), false);
  for (const [name, indexesOf] of [
    ['reduce', upTo],
    ['reduceRight', downFrom],
  ] as const) {
    linkCallbackTwin(prototype, name, (self, args) => {
      const list = Object(self);
      return reduce(list, indexesOf(length(list)), hasHoles, args[0] as Callback, args);
    });
  }
}

interface Search {
  indexes: Iterable<number>;
  /** Takes what the callback returned; true ends the walk. */
  take: Take;
  result: () => unknown;
}

/** What a search ends with, in a list of one; null while it goes on. */
type Answer = (returned: unknown, value: unknown, index: number) => [unknown] | null;

type Take = (returned: unknown, value: unknown, index: number) => unknown;

/** A walk that ends with the first answer, and has another result where there is none. */
function search(indexes: Iterable<number>, otherwise: unknown, answer: Answer): Search {
  let result = otherwise;
  const take: Take = (returned, value, index) => {
    const found = answer(returned, value, index);
    if (found === null) return false;
    [result] = found;
    return true;
  };
  return { indexes, take, result: () => result };
}

/** Calls back for one element after the other. */
function* walk(
  list: List,
  indexes: Iterable<number>,
  skipsHoles: boolean,
  callback: unknown,
  thisArg: unknown,
  take: Take,
  result: () => unknown,
): Generator<undefined, unknown, unknown> {
  for (const index of indexes) {
    if (skipsHoles && !(index in list)) continue;
    const value = list[index];
    const frame = $prepare(callback, thisArg, value, index, list);
    const step = frame.next();
    let returned = step.value;
    if (!step.done) {
      suspend(frame, RUNTIME_SITE);
      returned = yield undefined;
    }
    if (take(returned, value, index) === true) break;
  }
  return result();
}

function* reduce(
  list: List,
  indexes: Iterable<number>,
  skipsHoles: boolean,
  callback: Callback,
  args: readonly unknown[],
): Generator<undefined, unknown, unknown> {
  let started = args.length > 1;
  let result = args[1];
  for (const index of indexes) {
    if (skipsHoles && !(index in list)) continue;
    const value = list[index];
    if (!started) {
      started = true;
      result = value;
      continue;
    }
    const frame = $prepare(callback, undefined, result, value, index, list);
    const step = frame.next();
    result = step.value;
    if (!step.done) {
      suspend(frame, RUNTIME_SITE);
      result = yield undefined;
    }
  }
  if (!started) throw new TypeError('Reduce of empty array with no initial value');
  return result;
}

function linkCollectionTwin(prototype: object): void {
  linkCallbackTwin(prototype, 'forEach', (self, [callback, thisArg]) =>
    walkCollection(self as Map<unknown, unknown>, callback, thisArg),
  );
}

function* walkCollection(
  collection: Map<unknown, unknown> | Set<unknown>,
  callback: unknown,
  thisArg: unknown,
): Generator<undefined, undefined, unknown> {
  const entries = collection instanceof Map ? mapEntries : setEntries;
  for (const [key, value] of Reflect.apply(entries, collection, [])) {
    const frame = $prepare(callback, thisArg, value, key, collection);
    const step = frame.next();
    if (!step.done) {
      suspend(frame, RUNTIME_SITE);
      yield undefined;
    }
  }
  return undefined;
}

const mapEntries = Map.prototype.entries;
const setEntries = Set.prototype.entries;

/** `Array.from` with a callback that switches: the list is made first, then mapped, unless it is an iterator that switches. */
function arrayFrom(self: unknown, [items, callback, thisArg]: readonly unknown[]): Frame {
  const native = Array.from as Callback;
  if (formOf(callback) === undefined || self !== Array) {
    const args = callback === undefined ? [items] : [items, callback, thisArg];
    return finished(Reflect.apply(native, self, args));
  }
  const list: unknown[] = Array.from(items as Iterable<unknown>);
  const result: unknown[] = [];
  const take: Take = (value, _, index) => define(result, index, value);
  return walk(
    list as List,
    upTo(list.length),
    false,
    twoArguments(callback),
    thisArg,
    take,
    () => result,
  );
}

/** `Array.from` gives its callback the value and the index only. */
function twoArguments(callback: unknown): Callback {
  const form = formOf(callback) as Form;
  const call: Callback = () => undefined;
  return linkForm(call, function (this: unknown, value: unknown, index: unknown) {
    return Reflect.apply(form, this, [value, index]);
  });
}

function* upTo(length: number): Generator<number> {
  for (let index = 0; index < length; index++) yield index;
}

function* downFrom(length: number): Generator<number> {
  for (let index = length - 1; index >= 0; index--) yield index;
}

function nothing(): undefined {
  return undefined;
}

function define(list: object, index: number, value: unknown): false {
  const descriptor = { value, writable: true, enumerable: true, configurable: true };
  Object.defineProperty(list, index, descriptor);
  return false;
}

function lengthOf(list: object): number {
  const length = Math.trunc(Number((list as { length: unknown }).length)) || 0;
  return Math.min(Math.max(length, 0), Number.MAX_SAFE_INTEGER);
}

function typedLengthOf(prototype: object): (list: object) => number {
  const getter = Object.getOwnPropertyDescriptor(prototype, 'length')?.get as () => number;
  return (list) => Reflect.apply(getter, list, []);
}

/** The array that `map` and `filter` make: of the list's own kind. */
function speciesArray(list: object, length: number): object {
  if (!Array.isArray(list)) return new Array(length);
  const { constructor: own } = list as { constructor: unknown };
  const isObject = (typeof own === 'object' && own !== null) || typeof own === 'function';
  const kind = isObject ? (own as unknown as Record<symbol, unknown>)[Symbol.species] : own;
  if (kind === undefined || kind === null) return new Array(length);
  return Reflect.construct(kind as new (length: number) => object, [length]);
}

/** The second argument of `apply`, as a list. */
function listOf(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  if (typeof value !== 'object' && typeof value !== 'function')
    throw new TypeError('CreateListFromArrayLike called on non-object');
  return Array.prototype.slice.call(value);
}
