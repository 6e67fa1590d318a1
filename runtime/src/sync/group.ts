/** Greenlets that belong together (gevent's `Group`). */

import { called, frameOf, suspended } from '../core/call.ts';
import { type Body, Greenlet } from '../core/greenlet.ts';
import { hub } from '../core/hub.ts';
import { joinAll } from '../core/join.ts';
import { switchingMethods } from '../core/methods.ts';
import { switching } from '../core/ordinary.ts';
import { Timeout } from '../core/timeout.ts';
import { Event } from './event.ts';
import { IMap, IMapUnordered, type MapOptions, splitOptions } from './imap.ts';

/** Options of `join`. */
export interface JoinOptions {
  /** How long to wait, in seconds; undefined: until all have ended. */
  timeout?: number;
  /** Throw the error of one that has failed. */
  raiseError?: boolean;
}

/** Options of `kill` and `killOne`. */
export interface GroupKillOptions {
  /** What is thrown: an error or a class of errors; a GreenletExit by default. */
  exception?: unknown;
  /** Whether to wait until they have ended. */
  block?: boolean;
  /** How long to wait, in seconds; undefined: until they have ended. */
  timeout?: number;
}

/**
 * Tracks greenlets while they run: a member leaves at the hub's turn after its end. What calls `fn` does so in a greenlet of its
 * own for each call.
 */
export class Group implements Iterable<Greenlet> {
  /** What a debugger calls it. */
  name = '';
  /** What `spawn` makes its greenlets of. Assignable. */
  greenletClass: typeof Greenlet = Greenlet;
  /** @internal */ readonly members = new Set<Greenlet>();
  /** @internal Those that were killed here, and have not left yet. */ readonly dying =
    new Set<Greenlet>();
  /** @internal */ readonly isEmpty = new Event();

  /** Waits until the group is empty. May switch. @returns whether it was in time. */
  declare join: (options?: JoinOptions) => boolean;

  /** Kills all members, and those that they spawn into the group meanwhile. May switch, unless `block` is false. */
  declare kill: (options?: GroupKillOptions) => undefined;

  /** Kills one member; does nothing if it is none, or was killed here before. May switch, unless `block` is false. */
  declare killOne: (greenlet: Greenlet, options?: GroupKillOptions) => undefined;

  /** Calls `fn(...args)` in a member and returns its result; at once, if the caller is a member itself. May switch. */
  declare apply: <A extends unknown[], R>(fn: (...args: A) => R, args?: A) => R;

  /** `apply`, then `callback(result)` in a greenlet that is no member. May switch. */
  declare applyCb: <A extends unknown[], R>(
    fn: (...args: A) => R,
    args?: A,
    callback?: (result: R) => unknown,
  ) => R;

  /** All results of `fn`, in the order of the items. May switch. @throws the first failure in that order. */
  declare map: <T, R>(fn: (item: T) => R, items: Iterable<T>) => R[];

  /** `map`, then `callback(results)`. May switch. */
  declare mapCb: <T, R>(
    fn: (item: T) => R,
    items: Iterable<T>,
    callback?: (results: R[]) => unknown,
  ) => R[];

  constructor(greenlets: Iterable<Greenlet> = []) {
    this.isEmpty.set();
    for (const each of greenlets) this.admit(each);
  }

  /** Starts `fn(...args)` in a new member. Never switches (that of a Pool may). */
  spawn<A extends unknown[], R>(fn: (...args: A) => R, ...args: A): Greenlet<Awaited<R>> {
    const greenlet = new this.greenletClass<Awaited<R>>(fn as Body, ...args);
    this.start(greenlet);
    return greenlet;
  }

  /** Adds a greenlet and starts it. Never switches (that of a Pool may). */
  start(greenlet: Greenlet): void {
    this.admit(greenlet);
    greenlet.start();
  }

  /** Adds a greenlet. Never switches (that of a Pool may). */
  add(greenlet: Greenlet): void {
    this.admit(greenlet);
  }

  /** No longer tracks a greenlet. Never switches. */
  discard(greenlet: Greenlet): void {
    this.dismiss(greenlet);
    greenlet.unlink(this.dismiss);
  }

  /** How many members there are. */
  get length(): number {
    return this.members.size;
  }

  /** Whether a greenlet is a member. */
  has(greenlet: Greenlet): boolean {
    return this.members.has(greenlet);
  }

  [Symbol.iterator](): Iterator<Greenlet> {
    return this.members.values();
  }

  /** Whether there is no room: never. */
  full(): boolean {
    return false;
  }

  /** Waits until there is room: there always is, without a number of places. Never switches (that of a Pool may). */
  waitAvailable(_timeout?: number): number | undefined {
    return undefined;
  }

  /** Calls `fn(...args)` in a greenlet and returns that. Never switches. `callback(result)` follows, unless it fails. */
  applyAsync<A extends unknown[], R>(
    fn: (...args: A) => R,
    args: A = [] as unknown as A,
    callback?: (result: R) => unknown,
  ): Greenlet<R> {
    if (this.full()) {
      const form = applyCbForm.bind(this, fn as Body, args, callback as Body);
      return Greenlet.spawn(switching('apply', form)) as Greenlet<R>;
    }
    const greenlet = new this.greenletClass<R>(fn as Body, ...args);
    this.startNow(greenlet);
    if (callback) greenlet.linkValue(passValue(callback as Body));
    return greenlet;
  }

  /** `map` in a greenlet of its own, which is returned. Never switches. */
  mapAsync<T, R>(
    fn: (item: T) => R,
    items: Iterable<T>,
    callback?: (results: R[]) => unknown,
  ): Greenlet<R[]> {
    const form = mapCbForm.bind(this, fn as Body, items, callback as Body);
    return Greenlet.spawn(switching('map', form)) as Greenlet<R[]>;
  }

  /**
   * The results of `fn(a, b, …)` for the items of all iterables, in their order. The calls start at once; the iterator's `next`
   * may switch, and throws what a call has thrown, in its place.
   */
  imap<R>(fn: (...items: never[]) => R, ...rest: MapArguments): IMap<R> {
    const { iterables, maxsize } = splitOptions(rest);
    const imap = new IMap<R>(this, fn as Body, iterables, maxsize);
    imap.start();
    return imap;
  }

  /** The same, in the order of completion. */
  imapUnordered<R>(fn: (...items: never[]) => R, ...rest: MapArguments): IMapUnordered<R> {
    const { iterables, maxsize } = splitOptions(rest);
    const imap = new IMapUnordered<R>(this, fn as Body, iterables, maxsize);
    imap.start();
    return imap;
  }

  toString(): string {
    return `<${this.constructor.name} of ${this.members.size}>`;
  }

  /** @internal Starts a member for which there is room. */
  startNow(greenlet: Greenlet): void {
    this.start(greenlet);
  }

  /** @internal Tracks a greenlet from now on. */
  admit(greenlet: Greenlet): void {
    greenlet.rawlink(this.dismiss);
    this.members.add(greenlet);
    this.isEmpty.clear();
  }

  /** @internal A member has ended. */
  readonly dismiss = (greenlet: Greenlet): void => {
    this.leave(greenlet);
  };

  protected leave(greenlet: Greenlet): void {
    this.members.delete(greenlet);
    this.dying.delete(greenlet);
    if (this.members.size === 0) this.isEmpty.set();
  }
}

switchingMethods(Group, {
  join: joinForm,
  kill: killForm,
  killOne: killOneForm,
  apply: applyForm,
  applyCb: applyCbForm,
  map: mapForm,
  mapCb: mapCbForm,
});

/** Iterables, and perhaps options at the end. */
type MapArguments = Iterable<unknown>[] | [...Iterable<unknown>[], MapOptions];
type Steps<R = unknown> = Generator<undefined, R, unknown>;

function* joinForm(this: Group, { timeout, raiseError = false }: JoinOptions = {}): Steps {
  const members = raiseError ? [...this.members] : [];
  const inTime = yield* called(this.isEmpty.wait, this.isEmpty, timeout);
  for (const each of members) if (each.state === 'failed') throw each.exception;
  return inTime;
}

function* killForm(
  this: Group,
  { exception, block = true, timeout }: GroupKillOptions = {},
): Steps {
  const limit = Timeout.startNew(block ? timeout : undefined);
  try {
    while (this.members.size > 0) {
      for (const each of [...this.members]) {
        if (this.dying.has(each)) continue;
        yield* called(each.kill, each, exception, { block: false });
        this.dying.add(each);
      }
      if (!block) break;
      yield* called(joinAll, undefined, [...this.members]);
    }
  } catch (error) {
    if (error !== limit) throw error;
  } finally {
    limit.cancel();
  }
  return undefined;
}

function* killOneForm(
  this: Group,
  greenlet: Greenlet,
  { exception, block = true, timeout }: GroupKillOptions = {},
): Steps {
  if (this.members.has(greenlet) && !this.dying.has(greenlet)) {
    yield* called(greenlet.kill, greenlet, exception, { block: false });
    this.dying.add(greenlet);
    if (block) yield* called(greenlet.join, greenlet, timeout);
  }
  return undefined;
}

function* applyForm(this: Group, fn: Body, args: unknown[] = []): Steps {
  if (hub.current !== null && this.members.has(hub.current)) {
    return yield* called(fn, undefined, ...args);
  }
  const greenlet = (yield* called(this.spawn, this, fn, ...args)) as Greenlet;
  return yield* called(greenlet.get, greenlet);
}

function* applyCbForm(this: Group, fn: Body, args: unknown[], callback?: Body): Steps {
  const result = yield* called(this.apply, this, fn, args);
  if (callback) Greenlet.spawn(callback, result);
  return result;
}

function* mapForm(this: Group, fn: Body, items: Iterable<unknown>): Steps {
  const mapper = Greenlet.spawn(switching('map', mapEach.bind(this, fn, items)));
  mapper.internal = true;
  return yield* called(mapper.get, mapper);
}

function* mapEach(this: Group, fn: Body, items: Iterable<unknown>): Steps {
  const greenlets: Greenlet[] = [];
  for (const item of items) {
    const spawning = frameOf(this.spawn, this, fn, item);
    const step = spawning.next();
    greenlets.push((step.done ? step.value : yield* suspended(spawning)) as Greenlet);
  }
  const results: unknown[] = [];
  for (const each of greenlets) {
    const getting = frameOf(each.get, each);
    const step = getting.next();
    results.push(step.done ? step.value : yield* suspended(getting));
  }
  return results;
}

function* mapCbForm(this: Group, fn: Body, items: Iterable<unknown>, callback?: Body): Steps {
  const results = yield* mapForm.call(this, fn, items);
  if (callback) yield* called(callback, undefined, results);
  return results;
}

/** A link that calls `callback` with the greenlet's value. */
function passValue(callback: Body): (greenlet: Greenlet) => unknown {
  return switching('callback', function* (greenlet: Greenlet): Steps {
    return yield* called(callback, undefined, greenlet.value);
  });
}
