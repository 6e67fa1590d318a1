/**
 * `AsyncLocalStorage` per greenlet: each carries its own stores, whichever promise or timer resumes it. Node's own tracking follows
 * native callbacks, and those of greenlets are the hub's.
 *
 * Only storages that are in use are looked at: `run` and `enterWith` tell. With none, a switch costs nothing more.
 */

import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';
import { called } from '../core/call.ts';
import { formOf, linkForm } from '../core/form.ts';
import { type Frame, finished } from '../core/frame.ts';
import {
  type AsyncContext,
  asyncContext,
  captureStores,
  exchangeStores,
  type Stores,
} from '../core/stores.ts';

type Storage = AsyncLocalStorage<unknown>;
// biome-ignore lint/suspicious/noExplicitAny: Node's functions take whatever they take.
type Callable = (this: any, ...args: any[]) => any;

/** The storages in use; a greenlet's stores are a list in this order. They are few, and live as long as the program. */
const storages: Storage[] = [];

const context: AsyncContext = {
  capture: () => storages.map((each) => each.getStore()),
  exchange(stores) {
    const list = (stores ?? NONE) as readonly unknown[];
    return storages.map((each, index) => {
      const before = each.getStore();
      const after = list[index];
      if (before !== after) enter(each, after);
      return before;
    });
  },
};
const NONE: readonly unknown[] = [];

const storage = AsyncLocalStorage.prototype as unknown as Record<string, Callable>;
const nativeEnterWith = storage.enterWith as Callable;

/** Sees to it that greenlets carry their stores along. Called once. */
export function installAsyncContext(): void {
  const run = noteUse('run');
  noteUse('enterWith');
  linkCaller(run, (self, [store, fn, ...args]) => inStore(self as Storage, store, fn, args), 1);
  linkCaller(
    storage.exit as Callable,
    (self, [fn, ...args]) => inStore(self as Storage, undefined, fn, args),
    0,
  );
  const { runInAsyncScope } = AsyncResource.prototype;
  linkCaller(
    runInAsyncScope,
    (resource, [fn, self, ...args]) =>
      within(runInAsyncScope.call(resource as AsyncResource, captureStores), fn, self, args),
    0,
  );
  linkMaker(AsyncLocalStorage, 'snapshot', (made) => {
    const stores = captureStores();
    linkCaller(made, (_, [fn, ...args]) => within(stores, fn, undefined, args), 0);
  });
  for (const owner of [AsyncLocalStorage, AsyncResource]) {
    linkMaker(owner, 'bind', (made, [fn, , bound]) => {
      if (formOf(fn) === undefined) return;
      const stores = captureStores();
      linkForm(made, function (this: unknown, ...args: unknown[]) {
        return within(stores, fn, bound ?? this, args);
      });
    });
  }
}

/** Replaces a method by one that does the same, and puts the storage on the list. */
function noteUse(name: 'run' | 'enterWith'): Callable {
  const native = storage[name] as Callable;
  const noting: Callable = function (this: Storage, ...args) {
    note(this);
    return Reflect.apply(native, this, args);
  };
  Object.defineProperties(noting, {
    name: { value: native.name, configurable: true },
    length: { value: native.length, configurable: true },
  });
  storage[name] = noting;
  return noting;
}

function note(used: Storage): void {
  if (storages.includes(used) || !(used instanceof AsyncLocalStorage)) return;
  storages.push(used);
  asyncContext.inUse = context;
}

function enter(used: Storage, store: unknown): void {
  Reflect.apply(nativeEnterWith, used, [store]);
}

/**
 * Gives a function that calls one of its arguments a form, for where that one may switch.
 *
 * @param at which argument it calls.
 */
function linkCaller(
  native: Callable,
  form: (self: unknown, args: readonly unknown[]) => Frame,
  at: number,
): void {
  linkForm(native, function (this: unknown, ...args: unknown[]) {
    if (formOf(args[at]) === undefined) return finished(Reflect.apply(native, this, args));
    return form(this, args);
  });
}

/** Gives the functions that a function makes a form. */
function linkMaker(
  owner: object,
  name: 'bind' | 'snapshot',
  link: (made: Callable, args: readonly unknown[]) => void,
): void {
  const native = (owner as Record<string, Callable | undefined>)[name];
  if (native === undefined) return;
  linkForm(native, function (this: unknown, ...args: unknown[]) {
    const made = Reflect.apply(native, this, args) as Callable;
    link(made, args);
    return finished(made);
  });
}

/** Calls a function that may switch, with another store in one storage. */
function* inStore(
  used: Storage,
  store: unknown,
  fn: unknown,
  args: readonly unknown[],
): Generator<undefined, unknown, unknown> {
  note(used);
  const outer = used.getStore();
  enter(used, store);
  try {
    return yield* called(fn, null, ...args);
  } finally {
    enter(used, outer);
  }
}

/** Calls a function that may switch, with other stores. */
function* within(
  stores: Stores,
  fn: unknown,
  self: unknown,
  args: readonly unknown[],
): Generator<undefined, unknown, unknown> {
  const outer = exchangeStores(stores);
  try {
    return yield* called(fn, self, ...args);
  } finally {
    exchangeStores(outer);
  }
}
