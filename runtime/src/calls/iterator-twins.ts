/**
 * Twins of the helpers of iterators (Node 22): `forEach`, `reduce`… run in the greenlet; `map`, `filter`… make an iterator whose `next`
 * may switch. They are needed where the callback may switch, or the iterator itself.
 */

import { called } from '../core/call.ts';
import { formOf } from '../core/form.ts';
import { finished } from '../core/frame.ts';
import { switching } from '../core/ordinary.ts';
import { type Callback, linkTwin } from './link-twin.ts';
import { closeQuietly, type Iterator, isObject, resultOf } from './open.ts';

type Steps<T> = Generator<undefined, T, unknown>;
/** One turn of a helper: its next value, or END. */
type Turn = () => Steps<unknown>;

/** An iterator, and its `next`, read once. */
interface Source {
  readonly iterator: Iterator;
  readonly next: unknown;
}

const END = Symbol('end');

/** Links the twins, where this Node has helpers. */
export function linkIteratorTwins(): void {
  const { Iterator: global } = globalThis as { Iterator?: { prototype: object } };
  if (global === undefined) return;
  const prototype = global.prototype as Record<string, Callback>;
  for (const [name, run] of Object.entries(EAGER)) link(prototype, name, run);
  const helpers = helperPrototype(prototype);
  for (const [name, turn] of Object.entries(LAZY)) {
    // biome-ignore lint/correctness/useYield: it has the shape of what may switch.
    link(prototype, name, function* (source, args) {
      const { next, close } = turn(source, args);
      return makeHelper(helpers, source, next, close);
    });
  }
}

/** The built-in stays where neither the callback nor the iterator switches, and words all errors about arguments. */
function link(
  prototype: Record<string, Callback>,
  name: string,
  run: (source: Source, args: readonly unknown[]) => Steps<unknown>,
): void {
  const native = prototype[name] as Callback;
  const takesNumber = name === 'take' || name === 'drop';
  linkTwin(prototype, name, (self, args) => {
    const plain = () => finished(Reflect.apply(native, self, args));
    if (!isObject(self)) return plain();
    const { next } = self as Iterator;
    const callback = takesNumber || name === 'toArray' ? undefined : args[0];
    if (formOf(callback) === undefined && formOf(next) === undefined) return plain();
    if (takesNumber) {
      const limit = +(args[0] as number);
      if (!(limit >= 0)) return plain();
      return run({ iterator: self as Iterator, next }, [Math.trunc(limit)]);
    }
    if (name !== 'toArray' && typeof callback !== 'function') return plain();
    return run({ iterator: self as Iterator, next }, args);
  });
}

/** Calls `visit` for each value; it ends the walk, and closes the iterator, with a list of the result. */
function* each(
  { iterator, next }: Source,
  visit: (value: unknown, count: number) => Steps<readonly [unknown] | undefined>,
): Steps<readonly [unknown] | undefined> {
  for (let count = 0; ; count++) {
    const result = resultOf(yield* called(next, iterator));
    if (result.done) return undefined;
    let answer: readonly [unknown] | undefined;
    try {
      answer = yield* visit(result.value, count);
    } catch (error) {
      yield* closeQuietly(iterator);
      throw error;
    }
    if (answer === undefined) continue;
    yield* close(iterator);
    return answer;
  }
}

function* close(iterator: Iterator): Steps<void> {
  const { return: end } = iterator;
  if (end !== undefined && end !== null) resultOf(yield* called(end, iterator));
}

/** A walk that a condition ends. */
function search(wanted: boolean, otherwise: unknown, found: (value: unknown) => unknown) {
  return function* (source: Source, [callback]: readonly unknown[]): Steps<unknown> {
    const answer = yield* each(source, function* (value, count) {
      const returned = yield* called(callback, undefined, value, count);
      return Boolean(returned) === wanted ? [found(value)] : undefined;
    });
    return answer === undefined ? otherwise : answer[0];
  };
}

const EAGER: Record<string, (source: Source, args: readonly unknown[]) => Steps<unknown>> = {
  some: search(true, false, () => true),
  every: search(false, true, () => false),
  find: search(true, undefined, (value) => value),
  *forEach(source, [callback]) {
    yield* each(source, function* (value, count) {
      yield* called(callback, undefined, value, count);
      return undefined;
    });
  },
  *toArray(source) {
    const list: unknown[] = [];
    // biome-ignore lint/correctness/useYield: it has the shape of what may switch.
    yield* each(source, function* (value) {
      list[list.length] = value;
      return undefined;
    });
    return list;
  },
  *reduce(source, args) {
    let started = args.length > 1;
    let result = args[1];
    yield* each(source, function* (value, count) {
      if (started) result = yield* called(args[0], undefined, result, value, count);
      else result = value;
      started = true;
      return undefined;
    });
    if (!started) throw new TypeError('Reduce of a done iterator with no initial value');
    return result;
  },
};

interface Lazy {
  readonly next: Turn;
  /** What is closed before the source. */
  readonly close?: () => Steps<void>;
}

/** Fetches the next value of a source; END at its end. */
function* pull({ iterator, next }: Source): Steps<unknown> {
  const result = resultOf(yield* called(next, iterator));
  return result.done ? END : result.value;
}

/** Runs something on a source's value, and closes the source if that throws. */
function* guarded<T>({ iterator }: Source, run: Steps<T>): Steps<T> {
  try {
    return yield* run;
  } catch (error) {
    yield* closeQuietly(iterator);
    throw error;
  }
}

const LAZY: Record<string, (source: Source, args: readonly unknown[]) => Lazy> = {
  map(source, [callback]) {
    let count = 0;
    return {
      *next() {
        const value = yield* pull(source);
        if (value === END) return END;
        return yield* guarded(source, called(callback, undefined, value, count++));
      },
    };
  },
  filter(source, [callback]) {
    let count = 0;
    return {
      *next() {
        for (;;) {
          const value = yield* pull(source);
          if (value === END) return END;
          if (yield* guarded(source, called(callback, undefined, value, count++))) return value;
        }
      },
    };
  },
  take(source, [limit]) {
    let left = limit as number;
    return {
      *next() {
        if (left === 0) {
          yield* close(source.iterator);
          return END;
        }
        left--;
        return yield* pull(source);
      },
    };
  },
  drop(source, [limit]) {
    let left = limit as number;
    return {
      *next() {
        for (; left > 0; left--) if ((yield* pull(source)) === END) return END;
        return yield* pull(source);
      },
    };
  },
  flatMap(source, [callback]) {
    let count = 0;
    let inner: Source | null = null;
    return {
      *next() {
        for (;;) {
          if (inner === null) {
            const value = yield* pull(source);
            if (value === END) return END;
            const mapped = called(callback, undefined, value, count++);
            inner = yield* guarded(source, flattened(mapped));
          }
          const value = yield* guarded(source, pull(inner));
          if (value !== END) return value;
          inner = null;
        }
      },
      *close() {
        if (inner !== null) yield* guarded(source, close(inner.iterator));
      },
    };
  },
};

/** The iterator of what `flatMap`'s callback returns, which is an iterable or an iterator, and no string. */
function* flattened(mapping: Steps<unknown>): Steps<Source> {
  const mapped = yield* mapping;
  if (!isObject(mapped)) throw new TypeError(`${String(mapped)} is not an object`);
  const make = (mapped as Iterator)[Symbol.iterator];
  const iterator = make === undefined || make === null ? mapped : yield* called(make, mapped);
  if (!isObject(iterator)) throw new TypeError(`${String(iterator)} is not an object`);
  return { iterator: iterator as Iterator, next: (iterator as Iterator).next };
}

interface Helper {
  state: 'fresh' | 'waiting' | 'running' | 'done';
  readonly source: Source;
  readonly turn: Turn;
  readonly close: (() => Steps<void>) | undefined;
}

const helpersOf = new WeakMap<object, Helper>();

function makeHelper(
  prototype: object,
  source: Source,
  turn: Turn,
  close: (() => Steps<void>) | undefined,
): object {
  const object = Object.create(prototype);
  helpersOf.set(object, { state: 'fresh', source, turn, close });
  return object;
}

function helperOf(object: unknown): Helper {
  const helper = isObject(object) ? helpersOf.get(object) : undefined;
  if (helper === undefined) throw new TypeError('This is no helper of an iterator');
  if (helper.state === 'running') throw new TypeError('Generator is already running');
  return helper;
}

/** What our helpers inherit from: methods that may switch, then those of the built-in helpers. */
function helperPrototype(prototype: Record<string, Callback>): object {
  const native = Reflect.apply(prototype.take as Callback, [].values(), [0]) as object;
  const methods = {
    next: switching('next', function* (this: unknown): Steps<unknown> {
      const helper = helperOf(this);
      if (helper.state === 'done') return { value: undefined, done: true };
      helper.state = 'running';
      let isOver = true;
      try {
        const value = yield* helper.turn();
        isOver = value === END;
        return isOver ? { value: undefined, done: true } : { value, done: false };
      } finally {
        helper.state = isOver ? 'done' : 'waiting';
      }
    }),
    return: switching('return', function* (this: unknown): Steps<unknown> {
      const helper = helperOf(this);
      if (helper.state !== 'done') {
        helper.state = 'done';
        if (helper.close !== undefined) yield* helper.close();
        yield* close(helper.source.iterator);
      }
      return { value: undefined, done: true };
    }),
  };
  return Object.defineProperties(Object.create(Object.getPrototypeOf(native)), {
    next: { value: methods.next, writable: true, configurable: true },
    return: { value: methods.return, writable: true, configurable: true },
  });
}
