/** The answer to a request, as a handler writes it. */

import type { OutgoingHttpHeader, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { called, framed } from '../core/call.ts';
import { type Frame, finished } from '../core/frame.ts';
import { switchingMethods } from '../core/methods.ts';
import { Outgoing } from '../io/outgoing.ts';
import { Slot } from '../io/slot.ts';
import { otherGone } from './message-body.ts';

/** A body, or a part of it. */
export type Content = string | Uint8Array;

/** An event that is sent to a browser's `EventSource`. */
export interface ServerSentEvent {
  data: string;
  /** Its type; `message` by default. */
  event?: string;
  /** What the browser sends as `Last-Event-ID` when it connects again. */
  id?: string;
  /** After how many milliseconds it does. */
  retry?: number;
}

/**
 * What a handler does not return, it writes here; what was written cannot be taken back. An answer that is returned whole has a
 * `Content-Length`, one that is written in pieces is sent in chunks.
 *
 *     response.status = 404;
 *     return 'There is no such page';
 */
export class HttpResponse {
  /** Node's own response. */
  readonly raw: ServerResponse;
  /** For how many seconds sending may take; undefined: without an end. */
  timeout: number | undefined = undefined;
  /** What a debugger calls it. */
  readonly label: string;
  /** How long the body is so far, in bytes. */
  length = 0;
  private outgoing: Outgoing | null = null;

  /**
   * Sends a part of the body, the headers first. May switch: waits while the client is slow.
   *
   * @throws {SocketError} if the client has gone. A handler need not catch it.
   * @throws {SocketTimeout} when `timeout` is over.
   */
  declare write: (part: Content) => undefined;

  /** Sends a server-sent event. May switch. The first one sets the headers. @throws {SocketError} if the client has gone. */
  declare sendEvent: (event: ServerSentEvent | string) => undefined;

  /** @internal */
  constructor(raw: ServerResponse, label: string) {
    this.raw = raw;
    this.label = label;
  }

  /** The status; 200 unless it is set. */
  get status(): number {
    return this.raw.statusCode;
  }

  set status(status: number) {
    this.raw.statusCode = status;
  }

  /** Sets a header; a list makes several of the name. Never switches. @throws {Error} if the headers have been sent. */
  setHeader(name: string, value: OutgoingHttpHeader): void {
    this.raw.setHeader(name, value);
  }

  /** A header that was set. */
  getHeader(name: string): OutgoingHttpHeader | undefined {
    return this.raw.getHeader(name);
  }

  /** Takes a header back. Never switches. */
  removeHeader(name: string): void {
    this.raw.removeHeader(name);
  }

  /** Sets the status and headers. Never switches. */
  start(status: number, headers: OutgoingHttpHeaders = {}): void {
    this.raw.statusCode = status;
    for (const [name, value] of Object.entries(headers)) {
      if (value !== undefined) this.raw.setHeader(name, value);
    }
  }

  /** Whether the headers have been sent. */
  get headersSent(): boolean {
    return this.raw.headersSent;
  }

  /** Ends the answer, with the last part of the body. What follows is not sent. Never switches. */
  end(part?: Content): void {
    const { raw } = this;
    if (raw.writableEnded) return;
    if (part !== undefined) {
      this.length += Buffer.byteLength(part);
      // Node says it of answers that have a body only.
      if (raw.req.method === 'HEAD' && !raw.headersSent)
        raw.setHeader('Content-Length', this.length);
    }
    raw.end(part);
  }

  /** Answers with JSON. Never switches. */
  json(value: unknown, status: number = this.status): void {
    this.start(status, { 'Content-Type': 'application/json' });
    this.end(JSON.stringify(value));
  }

  /** Sends the client to another address. Never switches. @param status 302: for now; 301: for good; 303: with GET. */
  redirect(url: string, status: number = 302): void {
    this.start(status, { Location: url });
    this.end();
  }

  /** Whether the client has gone before the end. */
  get isAborted(): boolean {
    return this.raw.destroyed && !this.raw.writableFinished;
  }

  /** @internal The sending side, once it is used. */
  sending(): Outgoing {
    if (this.outgoing !== null) return this.outgoing;
    const { raw } = this;
    const outgoing = new Outgoing(raw, new Slot(this), () => {});
    this.outgoing = outgoing;
    raw.on('error', () => {});
    raw.on('close', () => outgoing.fail(otherGone()));
    if (raw.destroyed) outgoing.fail(otherGone());
    return outgoing;
  }
}

switchingMethods(HttpResponse, { write: writeForm, sendEvent: sendEventForm });

type Steps = Generator<undefined, undefined, unknown>;

/** Sends what a handler has returned, and ends the answer. May switch. */
export function* sendResult(response: HttpResponse, result: unknown): Steps {
  if (result === undefined || result === null || typeof result === 'string') {
    response.end((result as string | null) ?? undefined);
  } else if (result instanceof Uint8Array) {
    response.end(result);
  } else if (typeof (result as Iterable<Content>)[Symbol.iterator] === 'function') {
    yield* sendParts(response, result as Iterable<Content>);
  } else {
    throw new TypeError(
      `A handler returns text, bytes, an iterable of them or nothing, not ${String(result)}`,
    );
  }
  return undefined;
}

function* sendParts(response: HttpResponse, parts: Iterable<Content>): Steps {
  const iterator = (yield* called(parts[Symbol.iterator], parts)) as Iterator<Content>;
  try {
    for (;;) {
      const step = (yield* called(iterator.next, iterator)) as IteratorResult<Content>;
      if (step.done) break;
      yield* framed(writeForm.call(response, step.value));
    }
  } catch (error) {
    if (iterator.return) yield* called(iterator.return, iterator);
    throw error;
  }
  response.end();
  return undefined;
}

function writeForm(this: HttpResponse, part: Content): Frame {
  const outgoing = this.sending();
  // HTTP's own end of a body is an empty chunk.
  if (part.length === 0) return finished(undefined);
  const isEnded = outgoing.error === undefined && this.raw.writableEnded;
  if (isEnded) throw new Error(`The answer to ${this.label} has ended`);
  this.length += Buffer.byteLength(part);
  return outgoing.send(part, 'HttpResponse.write', this.timeout, undefined);
}

function sendEventForm(this: HttpResponse, given: ServerSentEvent | string): Frame {
  if (!this.headersSent) {
    this.setHeader('Content-Type', 'text/event-stream');
    this.setHeader('Cache-Control', 'no-cache');
  }
  return writeForm.call(this, eventText(typeof given === 'string' ? { data: given } : given));
}

function eventText({ data, ...fields }: ServerSentEvent): string {
  const lines = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${value}\n`);
  const texts = data.split(/\r\n|\r|\n/).map((line) => `data: ${line}\n`);
  return `${[...lines, ...texts].join('')}\n`;
}
