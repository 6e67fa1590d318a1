/** A greenlet: its identity, its state, its parked stack and its links. What waits for it is in `join.ts`, killing in `kill.ts`. */

import { GreenletExit } from './errors.ts';
import { bodyOf, type Form } from './form.ts';
import type { Frame, Site } from './frame.ts';
import { FrameStack, placesOfSites } from './frame-stack.ts';
import type { Callback, Hub } from './hub.ts';
import { labelsOf } from './label.ts';
import { type LinkCallback, Links, type LinkTarget, linkInGreenlet } from './links.ts';
import { formatPlace, type Place } from './sites.ts';
import { placesOfStack, type Trace } from './stack.ts';

/**
 * - `created`: not started. `ready`: in the hub's queue. `running`. `waiting`: parked.
 * - `finished`: returned a value. `failed`: threw. `killed`: ended by a GreenletExit.
 */
export type State = 'created' | 'ready' | 'running' | 'waiting' | 'finished' | 'failed' | 'killed';

/** Takes back whatever would wake a parked greenlet. */
export interface Cancel {
  cancel(greenlet: Greenlet): void;
}

/** How a greenlet came to be: by the program's top level, by `spawn`, or by a call from outside any greenlet. */
export type Origin = 'main' | 'spawn' | 'call';

// biome-ignore lint/suspicious/noExplicitAny: a greenlet runs any function with its arguments.
export type Body = (...args: any[]) => unknown;

const INSPECT: unique symbol = Symbol.for('nodejs.util.inspect.custom') as never;
const NO_ARGS: readonly unknown[] = [];
const NO_SITES: readonly Site[] = [];

/** Main is the first to ask for its number, so main is 1. */
let nextId = 1;

/** What the greenlets of this thread share. Not static: a class that names itself in its body is renamed by the bundler. */
export const thread: { hub: Hub; newest: Greenlet | undefined } = {
  hub: undefined as never,
  newest: undefined,
};

export class Greenlet<T = unknown> extends FrameStack implements Callback {
  /** The function's name, or whatever it was set to. Shown as `NAME #ID`. */
  name: string;
  /** The greenlet that made this one; undefined for main, and where the hub or an event handler did. */
  readonly spawningGreenlet: Greenlet | undefined;
  /** The result of the body, once it has returned. */
  value: T | undefined = undefined;
  /** What the body threw; undefined as long as it has not, and after a GreenletExit. */
  exception: unknown = undefined;
  /** @internal */ state: State = 'created';
  /** @internal */ begun = false;
  /** @internal */ origin: Origin = 'spawn';
  /** @internal Made by `spawnRaw`: a kill does not come before its start. */ raw = false;
  /** @internal */ args: readonly unknown[];
  /** @internal How often it has given way. */ switches = 0;
  /** @internal What it waits for, in the words of the call: `sleep`, `Queue.get`. Empty while it runs. */ waitKind =
    '';
  /** @internal The object that it waits for. */ waitOn: unknown = undefined;
  /** @internal */ cancel: Cancel | null = null;
  /** @internal */ links: Links | null = null;
  /** @internal The recorder's number of its last change; 0: the recorder does not know it. */ change = 0;
  /** @internal When that was, in seconds; where somebody records. */ changeTime = 0;
  /** @internal A helper of the runtime's own, which debuggers hide. */ declare internal?: true;
  /** @internal The native stack at its start, where somebody records. */ spawnTrace?: Trace;
  /** @internal Its spawner's parked frames then. */ spawnSites: readonly Site[] = NO_SITES;
  /** @internal */ cause = 0;
  private number = 0;
  private previous: Greenlet | undefined = undefined;
  private following: Greenlet | undefined = undefined;
  private readonly body: Body | undefined;

  /**
   * Makes a greenlet that `start` starts.
   *
   * @param body what it runs; a subclass may override `run` instead.
   * @param args what `body` is called with.
   * @throws {TypeError} if `body` is given and is not a function.
   */
  constructor(body?: Body, ...args: unknown[]) {
    super();
    if (body !== undefined && typeof body !== 'function') {
      throw new TypeError('The run argument must be a function');
    }
    this.body = body;
    this.name = body?.name || 'greenlet';
    this.args = args.length === 0 ? NO_ARGS : args;
    this.spawningGreenlet = thread.hub?.current ?? undefined;
  }

  /** Makes a greenlet and starts it. Never switches (gevent's `Greenlet.spawn`). */
  static spawn<A extends unknown[], R>(body: (...args: A) => R, ...args: A): Greenlet<Awaited<R>> {
    const greenlet = new this<Awaited<R>>(body as Body, ...args);
    greenlet.start();
    return greenlet;
  }

  /** Makes a greenlet that starts in `seconds`. Never switches (gevent's `Greenlet.spawn_later`). */
  static spawnLater<A extends unknown[], R>(
    seconds: number,
    body: (...args: A) => R,
    ...args: A
  ): Greenlet<Awaited<R>> {
    if (body === undefined) throw new TypeError('spawnLater needs a function');
    const greenlet = new this<Awaited<R>>(body as Body, ...args);
    greenlet.startLater(seconds);
    return greenlet;
  }

  /** @internal The program's top level. */
  static main(): Greenlet {
    const main = new this();
    main.origin = 'main';
    main.name = 'main';
    main.state = 'running';
    main.begun = true;
    main.enlist();
    return main;
  }

  /** @internal A greenlet for the top level of a module that `import()` has loaded. */
  static module(name: string): Greenlet {
    const greenlet = new this();
    greenlet.origin = 'call';
    greenlet.name = name;
    greenlet.state = 'ready';
    greenlet.enlist();
    thread.hub.probe?.spawn(greenlet, greenlet.spawningGreenlet ?? null);
    return greenlet;
  }

  /** @internal A greenlet for a function that was called from outside any greenlet. */
  static adopted(name: string, form: Form, self: unknown, args: ArrayLike<unknown>): Greenlet {
    const greenlet = new this();
    greenlet.origin = 'call';
    greenlet.name = name || 'greenlet';
    greenlet.firstFrame = () => Reflect.apply(form, self, args);
    return greenlet;
  }

  /** @internal All greenlets that have started and not ended, in the order of their start. */
  static *live(): Generator<Greenlet> {
    let each = thread.newest;
    while (each?.previous !== undefined) each = each.previous;
    for (; each !== undefined; each = each.following) yield each;
  }

  /** Puts the greenlet into the hub's queue; nothing happens if it was started before, or is going to be. */
  start(): void {
    if (this.state !== 'created' || this.cancel !== null) return;
    this.state = 'ready';
    this.enlist();
    thread.hub.probe?.spawn(this, this.spawningGreenlet ?? null);
    thread.hub.push(this);
  }

  /** Starts the greenlet in `seconds`. Never switches. @throws {TypeError} if `seconds` is not a number. */
  startLater(seconds: number): void {
    if (typeof seconds !== 'number') throw new TypeError(`Not a number of seconds: ${seconds}`);
    if (this.state !== 'created' || this.cancel !== null) return;
    const ring = () => {
      this.cancel = null;
      this.start();
    };
    const timer = thread.hub.after(seconds, ring, this.holds());
    this.cancel = { cancel: () => thread.hub.cancel(timer) };
  }

  /** What the greenlet does; a subclass overrides it. Its own name for it in gevent is `_run`. */
  run(...args: unknown[]): unknown {
    return this.body?.(...args);
  }

  /** Whether the greenlet has ended, in whatever way. */
  ready(): boolean {
    return this.state === 'finished' || this.state === 'failed' || this.state === 'killed';
  }

  /** Whether it has ended without an error; a kill counts as success. */
  successful(): boolean {
    return this.state === 'finished' || this.state === 'killed';
  }

  /** Whether it can no longer run. */
  get dead(): boolean {
    return this.ready();
  }

  /** Whether it was started, if only for later, and has not ended. */
  get started(): boolean {
    return (this.state !== 'created' || this.cancel !== null) && !this.ready();
  }

  /**
   * A number that is never given to another greenlet: main is 1, the others count from 2 in the order of their start. Given when
   * the greenlet starts, or before when it is asked for.
   */
  get id(): number {
    if (this.number === 0) this.number = nextId++;
    return this.number;
  }

  /** `NAME #ID`. */
  get label(): string {
    return `${this.name} #${this.id}`;
  }

  override toString(): string {
    return `<Greenlet ${this.label}: ${this.state}>`;
  }

  /** @internal For `console.log`. */
  [INSPECT](): string {
    return this.toString();
  }

  /** The parked stack, innermost call first: `function (path:line:column)`. Empty unless it is parked. */
  stack(): string[] {
    return this.places().map(formatPlace);
  }

  /** Where it was made, as lines like those of `stack`; only known when a debugger or a trace listens. */
  get spawningStack(): string[] {
    return this.spawnPlaces().map(formatPlace);
  }

  /** @internal @param entry a function of the runtime's whose caller is left out. */
  spawnPlaces(entry?: string): Place[] {
    return [...placesOfStack(this.spawnTrace, entry), ...placesOfSites(this.spawnSites)];
  }

  /**
   * Waits until the greenlet has ended; its error stays with it. May switch (gevent's `Greenlet.join`).
   *
   * @param timeout how long, in seconds; undefined: without an end. Afterwards `ready()` tells.
   */
  declare join: (timeout?: number) => undefined;

  /**
   * Waits until the greenlet has ended and returns its value. May switch (gevent's `Greenlet.get`).
   *
   * @param options `timeout` in seconds; `block: false` does not wait at all.
   * @throws what the greenlet threw, always the same object; {Timeout} if it has not ended in time.
   */
  declare get: (options?: { block?: boolean; timeout?: number } | number) => T;

  /**
   * Throws `exception` into the greenlet and waits until it has ended; one that has not run yet ends at once (gevent's
   * `Greenlet.kill`). May switch, unless `block` is false.
   *
   * @param exception an error or a class of errors; a GreenletExit by default.
   * @param options `block: false` does not wait; `timeout` in seconds.
   */
  declare kill: (exception?: unknown, options?: { block?: boolean; timeout?: number }) => undefined;

  /** Calls `callback` with this greenlet once it has ended, in the hub itself: it must not switch. Never switches. */
  rawlink(callback: (greenlet: Greenlet) => void): void {
    if (typeof callback !== 'function') throw new TypeError('A link is a function');
    this.links ??= new Links(this);
    this.links.add(callback as LinkCallback);
    if (this.ready()) this.links.tell(thread.hub);
  }

  /** Calls `callback` with this greenlet in a new greenlet, once this one has ended. Never switches. */
  link(callback: LinkTarget<this>): void {
    this.addLink(callback, () => true);
  }

  /** Like `link`, only if it ends successfully. */
  linkValue(callback: LinkTarget<this>): void {
    this.addLink(callback, () => this.successful());
  }

  /** Like `link`, only if it fails. */
  linkException(callback: LinkTarget<this>): void {
    this.addLink(callback, () => !this.successful());
  }

  /** Takes back a callback given to one of the `link` methods; nothing happens if there is none. */
  unlink(callback: LinkTarget<this>): void {
    this.links?.remove(callback);
  }

  /** Takes back all callbacks. Never switches. */
  unlinkAll(): void {
    this.links?.clear();
  }

  /** Whether somebody will be told of its end. */
  hasLinks(): boolean {
    return this.links !== null && !this.links.isEmpty;
  }

  /** @internal A promise of the value, for callers outside any greenlet. */
  promise(): Promise<T> {
    return new Promise((resolve, reject) => {
      this.rawlink(() => {
        if (this.state === 'failed') thread.hub.reject(reject, this.exception);
        else resolve(this.value as T);
      });
    });
  }

  /** @internal One turn of the hub: starts the body, or goes on after `sleep(0)`. */
  step(): boolean {
    if (this.state !== 'ready') return false;
    if (this.begun) thread.hub.resume(this, undefined);
    else thread.hub.beginBody(this);
    return false;
  }

  /** @internal The outermost frame, not yet run; a body without a second form runs right here. */
  firstFrame(): Frame {
    const overridden = this.run !== ownRun;
    const callee = overridden ? this.run : (this.body ?? this.run);
    const self = callee === this.body ? undefined : this;
    const form = bodyOf(callee);
    if (form !== undefined) return Reflect.apply(form, self, this.args);
    const { hub } = thread;
    hub.barrier++;
    const value = Reflect.apply(callee, self, this.args);
    hub.barrier--;
    return { next: () => ({ done: true, value }), throw: rethrow };
  }

  /** @internal Forgets what it was parked on. */
  unpark(): void {
    const { cancel } = this;
    this.cancel = null;
    cancel?.cancel(this);
  }

  /** @internal Sets the result and queues the links. */
  ended(threw: boolean, value: unknown): void {
    const exited = threw && value instanceof GreenletExit;
    this.state = exited ? 'killed' : threw ? 'failed' : 'finished';
    if (threw && !exited) this.exception = value;
    else this.value = value as T;
    this.begun = true;
    this.args = NO_ARGS;
    this.waitKind = '';
    this.waitOn = undefined;
    this.dropFrames();
    this.delist();
    this.links?.tell(thread.hub);
  }

  /** @internal Whether an uncaught error is printed here; that of a call from outside reaches its caller instead. */
  reports(): boolean {
    return this.origin === 'spawn';
  }

  /** @internal Whether its waits keep the process alive after main has ended. */
  holds(): boolean {
    return this.origin === 'call';
  }

  /** @internal What it waits for, in words: `Queue.get (jobs)`. */
  waitText(): string {
    const on = labelsOf(this.waitOn);
    return on === '' ? this.waitKind : `${this.waitKind} (${on})`;
  }

  private addLink(callback: LinkTarget<this>, wanted: () => boolean): void {
    this.rawlink(
      linkInGreenlet(callback as LinkTarget<Greenlet>, wanted, makeGreenlet, thread.hub),
    );
  }

  /** @internal Puts it on the list of the living. */
  enlist(): void {
    if (this.number === 0) this.number = nextId++;
    const { newest } = thread;
    if (newest !== undefined) {
      this.previous = newest;
      newest.following = this;
    }
    thread.newest = this;
  }

  private delist(): void {
    const { previous, following } = this;
    if (previous !== undefined) previous.following = following;
    if (following !== undefined) following.previous = previous;
    if (thread.newest === this) thread.newest = previous;
    this.previous = undefined;
    this.following = undefined;
  }
}

const ownRun = Greenlet.prototype.run;

function makeGreenlet(body: Body, argument: unknown): Greenlet {
  return new Greenlet(body, argument);
}

function rethrow(error: unknown): never {
  throw error;
}
