/** What all sockets have in common (gevent's `socket`). */

import type { Greenlet } from '../core/greenlet.ts';
import { type Address, type Family, formatAddress } from './address.ts';
import { Slot } from './slot.ts';
import { badDescriptor } from './socket-error.ts';

const INSPECT: unique symbol = Symbol.for('nodejs.util.inspect.custom') as never;

let defaultTimeout: number | undefined;

/** The timeout of new sockets, in seconds; undefined: they wait without an end (gevent's `getdefaulttimeout`). */
export function getDefaultTimeout(): number | undefined {
  return defaultTimeout;
}

/** Sets the timeout of new sockets. @param seconds undefined: they wait without an end. */
export function setDefaultTimeout(seconds: number | undefined): void {
  defaultTimeout = checkTimeout(seconds);
}

/**
 * A socket waits in greenlets only: its Node handle never keeps the process alive by itself, a greenlet that waits for it does.
 * One greenlet at a time can wait to receive, and one to send.
 */
export abstract class Socket {
  /** What a debugger calls it, before its address. */
  name = '';
  readonly family: Family;
  /** Whether it was closed here. */
  closed = false;
  /** @internal Who waits to receive, or to accept. */ readonly receiving: Slot = new Slot(this);
  /** @internal Who waits to send, or to connect. */ readonly sending: Slot = new Slot(this);
  /** @internal In seconds; undefined: without an end; 0: never waits. */
  timeout: number | undefined = defaultTimeout;
  private readonly watchers = new Set<() => void>();

  constructor(family: Family) {
    this.family = family;
  }

  /** The address on this side. @throws {SocketError} if it has none. */
  abstract getsockname(): Address;

  /** The address of the other side. @throws {SocketError} ENOTCONN, if there is none. */
  abstract getpeername(): Address;

  /** Closes it: who waits gets an error with the code EBADF, and so does every later use. Never switches. */
  abstract close(): void;

  /** @internal Whether receiving would not have to wait. */
  abstract canRead(): boolean;

  /** @internal Whether sending would not have to wait. */
  abstract canWrite(): boolean;

  /** @internal Whether it has failed. */
  abstract hasFailed(): boolean;

  /** @internal The addresses that a person knows it by. */
  protected abstract where(): Address | undefined;

  /** @internal Whatever has to be done before data can come in. */
  protected abstract startReading(): void;

  /** Sets how long its calls wait at most. @param seconds undefined: without an end; 0: they never wait. */
  setTimeout(seconds: number | undefined): void {
    this.timeout = checkTimeout(seconds);
  }

  /** How long its calls wait at most, in seconds; undefined: without an end. */
  getTimeout(): number | undefined {
    return this.timeout;
  }

  /** Whether its calls wait: `setBlocking(false)` is `setTimeout(0)`, `setBlocking(true)` is `setTimeout(undefined)`. */
  setBlocking(blocking: boolean): void {
    this.timeout = blocking ? undefined : 0;
  }

  /** Whether its calls wait. */
  getBlocking(): boolean {
    return this.timeout !== 0;
  }

  /** The greenlets that wait for it. */
  waiters(): Greenlet[] {
    return [this.receiving.greenlet, this.sending.greenlet].filter((each) => each !== null);
  }

  /** What it is called where somebody waits for it: its name and its address. */
  get label(): string {
    return [this.name, formatAddress(this.where())].filter((part) => part !== '').join(' ');
  }

  toString(): string {
    const { label } = this;
    return `<${this.constructor.name}${this.closed ? ' closed' : ''}${label === '' ? '' : ` ${label}`}>`;
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** @internal For `console.log`. */
  [INSPECT](): string {
    return this.toString();
  }

  /** @internal Calls `changed` whenever it may have become ready. @returns what takes that back. */
  watch(changed: () => void): () => void {
    if (!this.closed) this.startReading();
    this.watchers.add(changed);
    return () => this.watchers.delete(changed);
  }

  /** Tells those who watch. */
  protected readonly changed = (): void => {
    // Nearly always nobody watches, and this is called for every piece of data.
    if (this.watchers.size === 0) return;
    for (const each of [...this.watchers]) each();
  };

  /** @throws {SocketError} EBADF, if it is closed. */
  protected checkOpen(): void {
    if (this.closed) throw badDescriptor();
  }

  /** It is closed by a greenlet: whoever waits gets an error at the hub's next turn. */
  protected endWaits(): void {
    this.closed = true;
    for (const slot of [this.receiving, this.sending]) {
      slot.endSoon((each) => each.fail(badDescriptor()));
    }
    this.changed();
  }
}

/** Data to send, checked. @throws {TypeError} if it is neither text nor bytes. */
export function checkData(data: unknown): string | Uint8Array {
  if (typeof data === 'string' || data instanceof Uint8Array) return data;
  if (ArrayBuffer.isView(data))
    return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  throw new TypeError(`A socket sends text and bytes, not ${data === null ? 'null' : typeof data}`);
}

/** How many bytes data is. */
export function lengthOf(data: string | Uint8Array): number {
  return typeof data === 'string' ? Buffer.byteLength(data) : data.length;
}

/** A number of bytes, checked. @throws {RangeError} if it is none. */
export function checkSize(size: unknown): number {
  if (Number.isInteger(size) && (size as number) >= 0) return size as number;
  throw new RangeError(`A number of bytes is an integer of at least 0, not ${String(size)}`);
}

function checkTimeout(seconds: number | null | undefined): number | undefined {
  const given = seconds ?? undefined;
  if (given === undefined || (typeof given === 'number' && given >= 0)) return given;
  throw new RangeError(`A timeout is a number of seconds of at least 0, not ${String(seconds)}`);
}
