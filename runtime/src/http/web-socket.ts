/** A WebSocket in blocking style, on either side. */

import type { ClientOptions, RawData } from 'ws';
import { WebSocket as RawWebSocket } from 'ws';
import { framed } from '../core/call.ts';
import { type Frame, finished } from '../core/frame.ts';
import { switchingMethods } from '../core/methods.ts';
import { switching } from '../core/ordinary.ts';
import { calledBack, type Done } from '../io/callback.ts';
import { Slot } from '../io/slot.ts';
import { brokenPipe, socketErrorOf } from '../io/socket-error.ts';

/** A message: text is a string, anything else is binary. */
export type Message = string | Buffer;

/** Options of `connectWebSocket`. */
export interface WebSocketOptions
  extends Pick<ClientOptions, 'ca' | 'rejectUnauthorized' | 'origin'> {
  /** The protocols that the client knows, the best first. */
  protocols?: string[];
  headers?: Record<string, string>;
  /** For how many seconds connecting may take; undefined: without an end. */
  timeout?: number;
}

/** So many messages may lie unread; then the sender has to wait. */
const HIGH_WATER = 64;

/**
 * One greenlet may receive while another sends. Iterating it gives the messages until the end.
 *
 *     for (const message of socket) socket.send(`you said ${message}`);
 */
export class WebSocket implements Iterable<Message> {
  /** The address that was asked for. */
  readonly url: string;
  /** Why it was closed: 1000 is a normal end, 1006 one without a word; undefined while it is open. */
  closeCode: number | undefined = undefined;
  /** What the other side has said about it. */
  closeReason = '';
  /** @internal */ readonly raw: RawWebSocket;
  /** @internal */ readonly receiving: Slot = new Slot(this);
  /** @internal */ readonly sending: Slot = new Slot(this);
  /** @internal */ readonly messages: Message[] = [];

  /**
   * The next message. May switch: waits for it.
   *
   * @param timeout how long, in seconds; undefined: without an end.
   * @returns undefined at the end: the other side has closed the WebSocket, or has gone.
   * @throws {SocketTimeout}
   */
  declare receive: (timeout?: number) => Message | undefined;

  /**
   * Sends a message. May switch: waits until the system has taken it, since the other side may be slow.
   *
   * @throws {SocketError} if it is closed.
   */
  declare send: (message: string | Uint8Array) => undefined;

  /** @internal */
  constructor(raw: RawWebSocket, url: string) {
    this.raw = raw;
    this.url = url;
    raw.on('message', (data: RawData, isBinary: boolean) => this.arrived(data as Buffer, isBinary));
    // The end follows.
    raw.on('error', () => {});
    raw.on('close', (code, reason) => {
      this.closeCode = code;
      this.closeReason = String(reason);
      this.receiving.wake(undefined);
      this.sending.fail(brokenPipe());
    });
  }

  /** The protocol that was agreed upon; empty: none was. */
  get protocol(): string {
    return this.raw.protocol;
  }

  /** Whether it is closed, or about to be. */
  get closed(): boolean {
    return this.raw.readyState !== RawWebSocket.OPEN;
  }

  /** What a debugger calls it. */
  get label(): string {
    return `WebSocket ${this.url}`;
  }

  /** Says that this is the end. Never switches. @param code 1000, or 3000 to 4999. */
  close(code?: number, reason?: string): void {
    this.raw.close(code, reason);
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** The messages until the end; `next` may switch. */
  [Symbol.iterator](): Iterator<Message> {
    return new Messages(this);
  }

  /** @internal The next message, if there is one. */
  take(): Message | undefined {
    const message = this.messages.shift();
    if (this.raw.isPaused && this.messages.length <= HIGH_WATER / 2) this.raw.resume();
    return message;
  }

  private arrived(data: Buffer, isBinary: boolean): void {
    const message = isBinary ? data : data.toString();
    if (this.receiving.greenlet !== null) {
      this.receiving.wake(message);
      return;
    }
    this.messages.push(message);
    if (this.messages.length >= HIGH_WATER) this.raw.pause();
  }
}

/** Iterates the messages. */
class Messages implements Iterator<Message> {
  readonly socket: WebSocket;
  declare next: () => IteratorResult<Message>;

  constructor(socket: WebSocket) {
    this.socket = socket;
  }

  [Symbol.iterator](): this {
    return this;
  }
}

switchingMethods(WebSocket, { receive: receiveForm, send: sendForm });
switchingMethods(Messages, { next: nextForm });

/**
 * Connects to a WebSocket. May switch.
 *
 * @param url `ws://…` or `wss://…`.
 * @throws {SocketError} if there is none.
 * @throws {SocketTimeout}
 */
export const connectWebSocket: (url: string | URL, options?: WebSocketOptions) => WebSocket =
  switching('connectWebSocket', connectForm) as never;

function* connectForm(
  url: string | URL,
  { protocols, timeout, ...options }: WebSocketOptions = {},
): Generator<undefined, WebSocket, unknown> {
  const raw = new RawWebSocket(url, protocols, { perMessageDeflate: false, ...options });
  const socket = new WebSocket(raw, String(url));
  raw.on('upgrade', (response) => response.socket.unref());
  try {
    const start = (done: Done) => {
      raw.once('open', () => done(null));
      raw.once('error', done);
    };
    const on = { name: String(url) };
    yield* calledBack('connectWebSocket', on, start, socketErrorOf, timeout);
  } catch (error) {
    raw.terminate();
    throw error;
  }
  return socket;
}

function receiveForm(this: WebSocket, timeout?: number): Frame {
  if (this.messages.length > 0) return finished(this.take());
  if (this.closeCode !== undefined) return finished(undefined);
  return this.receiving.park('WebSocket.receive', timeout);
}

function sendForm(this: WebSocket, message: string | Uint8Array): Frame {
  const { raw, sending } = this;
  sending.check();
  if (this.closed) throw brokenPipe();
  raw.send(message, (error) => {
    if (error) sending.fail(brokenPipe());
    else sending.wake(undefined);
  });
  if (raw.bufferedAmount === 0) return finished(undefined);
  return sending.park('WebSocket.send', undefined);
}

function* nextForm(this: Messages): Generator<undefined, IteratorResult<Message>, unknown> {
  const { socket } = this;
  const value = (yield* framed(receiveForm.call(socket))) as Message | undefined;
  return value === undefined ? { done: true, value } : { done: false, value };
}
