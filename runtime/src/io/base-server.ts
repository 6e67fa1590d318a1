/** What servers have in common (gevent's `BaseServer`). */

import { called } from '../core/call.ts';
import { bodyOf, linkForm } from '../core/form.ts';
import { type Body, Greenlet } from '../core/greenlet.ts';
import { hub } from '../core/hub.ts';
import { switchingMethods } from '../core/methods.ts';
import type { Timer } from '../core/timers.ts';
import { Event } from '../sync/event.ts';
import { Group } from '../sync/group.ts';
import { Pool } from '../sync/pool.ts';
import {
  type Address,
  type Family,
  formatAddress,
  type ListenAddress,
  parseAddress,
} from './address.ts';
import type { Socket } from './socket.ts';
import { SocketError } from './socket-error.ts';

/**
 * What starts the greenlet of a request: `'default'`, a Greenlet each; `'raw'`, one that is started by `spawnRaw`; a Pool or Group, a
 * member each, and while it is full nothing is accepted; a number, a Pool of that size; a function, its result.
 */
export type Spawn =
  | 'default'
  | 'raw'
  | Group
  | number
  | ((body: Body, ...args: unknown[]) => Greenlet);

/** Options of all servers. */
export interface BaseServerOptions {
  /** How the handler's greenlets are started. */
  spawn?: Spawn;
}

/** The errors after which a server cannot go on. */
const FATAL = new Set(['EBADF', 'EINVAL', 'ENOTSOCK']);
/** For how many seconds `stop` waits for handlers that it has killed. */
const KILL_TIMEOUT = 1;

/**
 * Takes what comes in, and spawns a handler for each. A subclass says how it listens, what comes in, and what is to be closed after
 * the handler. A server that is started keeps the process alive.
 */
export abstract class BaseServer<L extends Socket, A extends unknown[]> {
  /** What a debugger calls it. */
  name = '';
  /** Where it listens, or will; with the port 0, the true port once it is started. */
  address: Address;
  family: Family;
  /** The pool of the handlers; undefined: they are not limited. */
  pool: Group | undefined = undefined;
  /** How long it stops accepting after an error, in seconds; the time doubles with each further error, up to `maxDelay`. */
  minDelay = 0.01;
  maxDelay = 1;
  /** How much is accepted before other greenlets have their turn. */
  maxAccept = 100;
  /** For how many seconds `stop` waits for the handlers of a pool, unless told. */
  stopTimeout = 1;

  /** Starts to listen and to accept; nothing happens if it has. May switch. @throws {SocketError} if it cannot listen. */
  declare start: () => undefined;

  /**
   * Stops accepting and listening. If it has a pool, waits for the handlers, and kills those that have not ended in time. May switch.
   *
   * @param timeout in seconds; `stopTimeout` by default.
   */
  declare stop: (timeout?: number) => undefined;

  /** Starts, unless it is started, and waits until it is stopped. May switch. @param stopTimeout that of `stop`. */
  declare serveForever: (options?: { stopTimeout?: number }) => undefined;

  /** @internal The socket; undefined: it was not started, or was closed. */ socket: L | undefined;
  /** @internal Is set while it is not started. */ readonly stopped: Event = new Event();
  private spawnOne: SpawnOne = spawnGreenlet;
  private handler: Body = NOTHING;
  private body: Body = NOTHING;
  private delay = 0;
  private accepting: (() => void) | null = null;
  private pause: Timer | null = null;

  /**
   * @param listener an address, or a socket that listens.
   * @param handle is called in a greenlet of its own with what has come in. A subclass may define a method `handle` instead.
   * @throws {TypeError} if there is no handler, or `listener` or `spawn` are none.
   */
  constructor(
    listener: ListenAddress | L,
    handle: ((...args: A) => unknown) | undefined,
    { spawn = 'default' }: BaseServerOptions,
  ) {
    const given = isSocket(listener);
    this.socket = given ? (listener as L) : undefined;
    const { address, family } = given
      ? { address: listener.getsockname(), family: listener.family }
      : parseAddress(listener);
    this.address = address;
    this.family = family;
    this.stopped.set();
    this.setSpawn(spawn);
    this.setHandle(handle);
  }

  /** Sets the handler: the one given, or the method `handle` of a subclass. @throws {TypeError} if there is none. */
  setHandle(handle?: (...args: A) => unknown): void {
    const own = (this as { handle?: Body }).handle;
    const chosen = handle ?? own;
    if (typeof chosen !== 'function') throw new TypeError("'handle' must be a function");
    this.handler = boundTo(this, chosen);
    if (this.started) this.body = this.bodyFor(this.handler);
  }

  /** Sets how the handlers' greenlets are started. */
  setSpawn(spawn: Spawn): void {
    const pool = typeof spawn === 'number' ? new Pool(spawn) : spawn;
    this.pool = pool instanceof Group ? pool : undefined;
    this.spawnOne = spawnOneOf(pool);
  }

  /** @internal Listens, if there is no socket yet. May switch. */
  abstract listen(): Generator<undefined, L, unknown>;

  /** What has come in, if anything has: the arguments of the handler. Called in the hub. */
  protected abstract doRead(): A | undefined;

  /** The handler's greenlet has ended: closes what it was given. Called in the hub. */
  protected abstract doClose(...args: A): void;

  /** What the greenlets run, made from the handler. */
  protected bodyFor(handler: Body): Body {
    return handler;
  }

  /** Whether it was started and not stopped. */
  get started(): boolean {
    return !this.stopped.isSet();
  }

  /** Whether it has no socket. */
  get closed(): boolean {
    return this.socket === undefined;
  }

  /** The host at which it listens; undefined for a path. */
  get serverHost(): string | undefined {
    return typeof this.address === 'string' ? undefined : this.address[0];
  }

  /** The port at which it listens; undefined for a path. */
  get serverPort(): number | undefined {
    return typeof this.address === 'string' ? undefined : this.address[1];
  }

  /** Whether nothing more is accepted now, since the pool is full. */
  full(): boolean {
    return this.pool?.full() === true;
  }

  /** Accepts from now on. Never switches. */
  startAccepting(): void {
    this.endPause();
    if (this.accepting !== null || this.socket === undefined) return;
    this.accepting = this.socket.watch(this.readAll);
    hub.push(this.later);
  }

  /** Accepts nothing more, while it goes on listening. Never switches. */
  stopAccepting(): void {
    this.endPause();
    this.accepting?.();
    this.accepting = null;
  }

  /** Stops accepting and listening. Handlers go on. Never switches. */
  close(): void {
    this.stopAccepting();
    if (this.started) {
      hub.outside.end(true);
      this.stopped.set();
    }
    this.socket?.close();
    this.socket = undefined;
  }

  /** Whether it cannot go on after an error. */
  isFatalError(error: unknown): boolean {
    return error instanceof SocketError && FATAL.has(error.code);
  }

  /** What a debugger and a report call it. */
  get label(): string {
    return [this.name, formatAddress(this.address)].filter((part) => part !== '').join(' ');
  }

  toString(): string {
    return `<${this.constructor.name} ${this.label}>`;
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** @internal It listens at `socket`, and is started. */
  begin(socket: L): void {
    this.socket = socket;
    this.address = socket.getsockname();
    this.delay = this.minDelay;
    this.body = this.bodyFor(this.handler);
    this.stopped.clear();
    hub.outside.begin(true);
    this.startAccepting();
  }

  /** Spawns the handler. */
  protected doHandle(...args: A): Greenlet {
    const greenlet = this.spawnOne(this.body, ...args);
    greenlet.rawlink(() => this.doClose(...args));
    return greenlet;
  }

  /** Takes what has come in, up to `maxAccept`. */
  private readonly readAll = (): void => {
    for (let count = 0; this.accepting !== null; count++) {
      if (count >= this.maxAccept) {
        hub.push(this.later);
        return;
      }
      if (this.full()) {
        this.stopAccepting();
        const { places } = this.pool as Pool;
        places?.rawlink(this.resume);
        return;
      }
      if (!this.readOne()) return;
    }
  };

  /** Takes one that has come in. @returns false if there is none, or there was an error. */
  private readOne(): boolean {
    let args: A | undefined;
    try {
      args = this.doRead();
      if (args === undefined) return false;
      this.doHandle(...args);
      this.delay = this.minDelay;
      return true;
    } catch (error) {
      if (args !== undefined) this.doClose(...args);
      this.recover(error);
      return false;
    }
  }

  private recover(error: unknown): void {
    hub.handleError(this, error);
    if (this.isFatalError(error)) {
      this.close();
      return;
    }
    this.stopAccepting();
    this.pause = hub.after(this.delay, this.resume, true);
    this.delay = Math.min(this.maxDelay, this.delay * 2);
  }

  private endPause(): void {
    if (this.pause !== null) hub.cancel(this.pause);
    this.pause = null;
  }

  private readonly resume = (): void => {
    if (this.started) this.startAccepting();
  };

  private readonly later = {
    step: (): boolean => {
      this.readAll();
      return false;
    },
  };
}

switchingMethods(BaseServer as never, {
  start: startForm,
  stop: stopForm,
  serveForever: serveForeverForm,
});

type AnyServer = BaseServer<Socket, unknown[]>;
type Steps = Generator<undefined, undefined, unknown>;

function* startForm(this: AnyServer): Steps {
  if (this.started) return undefined;
  const socket = yield* this.listen();
  if (!this.started) this.begin(socket);
  return undefined;
}

function* stopForm(this: AnyServer, timeout: number = this.stopTimeout): Steps {
  this.close();
  const { pool } = this;
  if (pool === undefined) return undefined;
  yield* called(pool.join, pool, { timeout });
  yield* called(pool.kill, pool, { block: true, timeout: KILL_TIMEOUT });
  return undefined;
}

function* serveForeverForm(this: AnyServer, { stopTimeout }: { stopTimeout?: number } = {}): Steps {
  yield* called(this.start, this);
  try {
    yield* called(this.stopped.wait, this.stopped);
  } finally {
    // In a greenlet of its own, which nothing that is thrown into this one ends.
    const stopper = Greenlet.spawn(boundTo(this, this.stop as Body), stopTimeout);
    stopper.internal = true;
    yield* called(stopper.join, stopper);
  }
  return undefined;
}

/** Starts a handler's greenlet. */
type SpawnOne = (body: Body, ...args: unknown[]) => Greenlet;

/** @throws {TypeError} if it does not say how. */
function spawnOneOf(spawn: Exclude<Spawn, number>): SpawnOne {
  if (spawn === 'default') return spawnGreenlet;
  if (spawn === 'raw') return spawnRawGreenlet;
  if (typeof spawn === 'function') return spawn;
  if (!(spawn instanceof Group)) {
    throw new TypeError(`spawn is 'default', 'raw', a pool, its size or a function, not ${spawn}`);
  }
  return (body, ...args) => {
    const greenlet = new spawn.greenletClass(body, ...args);
    spawn.startNow(greenlet);
    return greenlet;
  };
}

function spawnGreenlet(body: Body, ...args: unknown[]): Greenlet {
  return Greenlet.spawn(body, ...args);
}

function spawnRawGreenlet(body: Body, ...args: unknown[]): Greenlet {
  const greenlet = new Greenlet(body, ...args);
  greenlet.raw = true;
  greenlet.start();
  return greenlet;
}

const NOTHING = (): void => {};

/** A method as a function that can be a greenlet's body. */
function boundTo(self: object, method: Body): Body {
  const fn: Body = method.bind(self);
  Object.defineProperty(fn, 'name', { value: method.name });
  const form = bodyOf(method);
  return form === undefined ? fn : linkForm(fn, form.bind(self));
}

function isSocket(value: unknown): value is Socket {
  return typeof (value as { getsockname?: unknown } | null)?.getsockname === 'function';
}
