/**
 * Breakpoints at changes of data: the state of the runtime's objects, and properties of any object. V8 has nothing of the kind; a
 * watched property becomes an accessor for the time being, a watched queue reports what is put and taken.
 */

import { Greenlet } from '../core/greenlet.ts';
import { hub } from '../core/hub.ts';
import type { DataBreakpoint, Watched } from '../protocol/bridge.ts';
import { matches } from './arrivals.ts';

/** Something whose changes can be noticed. */
interface Watch {
  read(): unknown;
  /** Calls `changed` after each possible change. Returns what ends that. */
  begin(changed: () => void): () => void;
}

interface Known {
  label: string;
  watch: Watch;
}

export class DataWatch {
  private readonly known: Known[] = [];
  private readonly stop: (breakpoint: number, greenlet: Greenlet | null, text: string) => void;
  private ends: (() => void)[] = [];

  /** @param stop pauses the program. */
  constructor(stop: (breakpoint: number, greenlet: Greenlet | null, text: string) => void) {
    this.stop = stop;
  }

  /**
   * What of an object can be watched.
   *
   * @param key a property of it; undefined: the state of one of the runtime's objects.
   */
  find(object: object, key: string | undefined): Watched {
    const watch = key === undefined ? stateOf(object) : propertyOf(object, key);
    if (typeof watch === 'string') return { id: null, text: watch };
    const label = key ?? String(Reflect.get(object, 'label') ?? Reflect.get(object, 'name') ?? '');
    this.known.push({ label, watch });
    return { id: this.known.length - 1, text: label };
  }

  /**
   * Replaces all breakpoints at data.
   *
   * @returns for each null, or what is wrong with it.
   */
  set(breakpoints: readonly DataBreakpoint[]): (string | null)[] {
    for (const end of this.ends.splice(0).reverse()) end();
    return breakpoints.map((each) => {
      const known = this.known[each.watched];
      if (known === undefined) return 'What it watched is no longer known.';
      try {
        this.ends.push(this.begin(each, known));
        return null;
      } catch (error) {
        return `The condition cannot be read: ${(error as Error).message}`;
      }
    });
  }

  private begin({ id, condition, hitCount }: DataBreakpoint, { label, watch }: Known): () => void {
    const admits = condition === '' ? () => true : compile(condition);
    let previous = watch.read();
    let hits = 0;
    return watch.begin(() => {
      const value = watch.read();
      if (Object.is(value, previous)) return;
      const before = previous;
      previous = value;
      const { current } = hub;
      if (!admits(value, before, current?.name ?? 'hub')) return;
      if (!matches(++hits, hitCount)) return;
      this.stop(id, current, `${label}: ${shown(before)} → ${shown(value)}`);
    });
  }
}

/** The part of a runtime object that people mean by its state; a sentence where the object has none. */
function stateOf(object: object): Watch | string {
  if (object instanceof Greenlet) return propertyOf(object, 'state');
  const { store } = object as { store?: unknown };
  if (isStore(store)) return contentsOf(store);
  const key = ['counter', 'flag', 'count', 'state'].find((each) => Object.hasOwn(object, each));
  return key === undefined ? 'There is nothing to watch in this object.' : propertyOf(object, key);
}

interface Store {
  size: number;
  add(item: unknown): unknown;
  take(): unknown;
}

function isStore(store: unknown): store is Store {
  return typeof (store as Partial<Store> | null | undefined)?.take === 'function';
}

/** How many items a queue has. */
function contentsOf(store: Store): Watch {
  return {
    read: () => store.size,
    begin: (changed) => {
      const { add, take } = store;
      store.add = function (this: Store, item) {
        const answer = add.call(this, item);
        changed();
        return answer;
      };
      store.take = function (this: Store) {
        const item = take.call(this);
        changed();
        return item;
      };
      return () => {
        Reflect.deleteProperty(store, 'add');
        Reflect.deleteProperty(store, 'take');
      };
    },
  };
}

/** A property of an object; a sentence where it cannot be watched. */
function propertyOf(object: object, key: string): Watch | string {
  const found = Object.getOwnPropertyDescriptor(object, key);
  if (found === undefined) return `The object has no property ${key} of its own.`;
  const isAccessor = found.get !== undefined || found.set !== undefined;
  const isFixed = !found.configurable || !(found.writable ?? true);
  if (isFixed || (isAccessor && !isTrap(found.get)) || ArrayBuffer.isView(object)) {
    return `The property ${key} cannot be watched: it is computed or cannot be changed.`;
  }
  return {
    read: () => Reflect.get(object, key),
    begin: (changed) => {
      const { configurable, enumerable } = found;
      let value: unknown = Reflect.get(object, key);
      const get = () => value;
      traps.add(get);
      const set = (to: unknown) => {
        value = to;
        changed();
      };
      Object.defineProperty(object, key, { configurable, enumerable, get, set });
      return () => {
        const attributes = { configurable, enumerable, writable: true };
        Object.defineProperty(object, key, { ...attributes, value });
      };
    },
  };
}

/** Accessors that were laid by a watch. */
const traps = new WeakSet<() => unknown>();

function isTrap(get: (() => unknown) | undefined): boolean {
  return get !== undefined && traps.has(get);
}

function compile(text: string): (value: unknown, previous: unknown, name: string) => boolean {
  const condition = new Function(
    'value',
    'previous',
    'name',
    `"use strict"; return (${text}\n)`,
  ) as (...args: unknown[]) => unknown;
  return (...args) => {
    try {
      return Boolean(condition(...args));
    } catch {
      return false;
    }
  };
}

function shown(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
