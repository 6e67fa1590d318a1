/** What a request and an answer have in common: headers, and a body that is read as it arrives. */

import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { called } from '../core/call.ts';
import { type Frame, finished } from '../core/frame.ts';
import { switchingMethods } from '../core/methods.ts';
import { SocketFile } from '../io/socket-file.ts';
import { UntilEmpty } from '../io/until-empty.ts';
import { MessageBody } from './message-body.ts';

/** An HTTP message that comes in. Iterating it gives its body in pieces, as they arrive. One greenlet at a time reads it. */
export abstract class HttpMessage implements Iterable<Buffer> {
  /** Node's own message. */
  readonly raw: IncomingMessage;
  /** For how many seconds one piece of the body may take; undefined: without an end. */
  timeout: number | undefined = undefined;
  private arriving: MessageBody | null = null;
  private opened: SocketFile<Buffer> | null = null;

  /**
   * The next piece of the body, as it has arrived: up to `size` bytes; empty at the end. May switch.
   *
   * @throws {SocketTimeout} when `timeout` is over.
   * @throws {SocketError} if the other side has gone.
   */
  declare recv: (size?: number) => Buffer;

  /** What comes next, up to `size` bytes, less only at the end; undefined: all of the body. May switch. */
  declare read: (size?: number) => Buffer;

  /** The next line with its `\n`; empty at the end. May switch. */
  declare readLine: () => string;

  /** All of the body, as text. May switch. */
  declare text: () => string;

  /** All of the body, as the JSON that it is. May switch. @throws {SyntaxError} if it is none. */
  declare json: <T = unknown>() => T;

  constructor(raw: IncomingMessage) {
    this.raw = raw;
  }

  /** The headers; their names are in lower case. */
  get headers(): IncomingHttpHeaders {
    return this.raw.headers;
  }

  /** The protocol's version: `1.1`. */
  get httpVersion(): string {
    return this.raw.httpVersion;
  }

  /** What a debugger calls it. */
  abstract get label(): string;

  /** The body's lines, each with its `\n`; `next` may switch. */
  lines(): UntilEmpty<string> {
    return new UntilEmpty(this, this.readLine);
  }

  /** The body in pieces, as they arrive; `next` may switch. */
  [Symbol.iterator](): Iterator<Buffer> {
    return new UntilEmpty(this, this.recv);
  }

  /** @internal The body as it arrives. */
  body(): MessageBody {
    this.arriving ??= new MessageBody(this);
    return this.arriving;
  }

  /** @internal The body as a file. */
  file(): SocketFile<Buffer> {
    this.opened ??= new SocketFile<Buffer>(this.body(), { encoding: null });
    return this.opened;
  }

  /** @internal Somebody wants the body. */
  wantBody(): void {}
}

switchingMethods(HttpMessage as never, {
  recv: recvForm,
  read: readForm,
  readLine: readLineForm,
  text: textForm,
  json: jsonForm,
});

type Steps<R> = Generator<undefined, R, unknown>;

function recvForm(this: HttpMessage, size?: number): Frame {
  const file = this.file();
  const ahead = file.ahead.length;
  if (ahead > 0) return finished(file.takeAhead(Math.min(size ?? ahead, ahead)));
  return called(file.socket.recv, file.socket, size);
}

function* readForm(this: HttpMessage, size?: number): Steps<Buffer> {
  const file = this.file();
  return (yield* called(file.read, file, size)) as Buffer;
}

function* readLineForm(this: HttpMessage): Steps<string> {
  const file = this.file();
  return String(yield* called(file.readLine, file));
}

function* textForm(this: HttpMessage): Steps<string> {
  return String(yield* called(this.read, this));
}

function* jsonForm(this: HttpMessage): Steps<unknown> {
  return JSON.parse(String(yield* called(this.read, this)));
}
