/** A connection as a file: reading lines and blocks, writing (gevent's `socket.makefile`). */

import { StringDecoder } from 'node:string_decoder';
import { called } from '../core/call.ts';
import { switchingMethods } from '../core/methods.ts';
import { badDescriptor } from './socket-error.ts';
import { UntilEmpty } from './until-empty.ts';

/** What a file needs of a connection; one that is only read needs no `sendAll`. */
export interface Connected {
  recv(size?: number): Buffer;
  sendAll?(data: string | ArrayBufferView): unknown;
}

/** Options of `makefile`. */
export interface FileOptions {
  /** How text is encoded; null: the file reads bytes. */
  encoding?: 'utf8' | 'latin1' | 'ascii' | null;
}

/**
 * Reads and writes a connection. It reads ahead: what lies in the file is no longer received from the socket. What is written is
 * sent at once.
 */
export class SocketFile<T extends string | Buffer> implements Iterable<T> {
  /** Whether it was closed. */
  closed = false;
  /** @internal */ readonly socket: Connected;
  /** @internal */ readonly text: Text<T>;
  /** @internal Read ahead. */ ahead: T;
  /** @internal Whether the connection has ended. */ ended = false;

  /** What comes next, up to `size` characters or bytes, less only at the end; undefined: all until the end. May switch. */
  declare read: (size?: number) => T;

  /** The next line with its `\n`; empty at the end. May switch. @param size how much of it at most. */
  declare readLine: (size?: number) => T;

  /** All lines until the end. May switch. */
  declare readLines: () => T[];

  /** Sends it. May switch. @returns its length. */
  declare write: (data: string | Uint8Array) => number;

  /** Sends all of them. May switch. */
  declare writeLines: (lines: Iterable<string | Uint8Array>) => undefined;

  constructor(socket: Connected, { encoding = 'utf8' }: FileOptions = {}) {
    this.socket = socket;
    this.text = (encoding === null ? new Bytes() : new Characters(encoding)) as unknown as Text<T>;
    this.ahead = this.text.empty;
  }

  /** Does nothing: what is written is sent at once. */
  flush(): void {}

  /** Closes the file; the socket stays open. Never switches. */
  close(): void {
    this.closed = true;
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** The lines until the end; `next` may switch. */
  [Symbol.iterator](): Iterator<T> {
    return new UntilEmpty(this, this.readLine);
  }

  /** @internal Takes the first `size` out of what was read ahead. */
  takeAhead(size: number): T {
    const taken = this.text.cut(this.ahead, 0, size);
    this.ahead = this.text.cut(this.ahead, size);
    return taken;
  }

  /** @internal @throws {SocketError} EBADF, if it is closed. */
  check(): void {
    if (this.closed) throw badDescriptor();
  }
}

switchingMethods(SocketFile, {
  read: readForm,
  readLine: readLineForm,
  readLines: readLinesForm,
  write: writeForm,
  writeLines: writeLinesForm,
});

type Steps<R> = Generator<undefined, R, unknown>;
type File = SocketFile<string>;

function* readForm(this: File, size: number = Number.POSITIVE_INFINITY): Steps<string> {
  this.check();
  const parts = [this.ahead];
  let length = this.ahead.length;
  this.ahead = this.text.empty;
  try {
    while (length < size && !this.ended) {
      const part = yield* receive(this);
      parts.push(part);
      length += part.length;
    }
  } finally {
    this.ahead = this.text.join(parts);
  }
  return this.takeAhead(Math.min(size, length));
}

function* readLineForm(this: File, size: number = Number.POSITIVE_INFINITY): Steps<string> {
  this.check();
  let searched = 0;
  for (;;) {
    const end = this.ahead.indexOf('\n', searched) + 1;
    if (end > 0) return this.takeAhead(Math.min(end, size));
    searched = this.ahead.length;
    if (searched >= size || !(yield* fill(this))) {
      return this.takeAhead(Math.min(this.ahead.length, size));
    }
  }
}

function* readLinesForm(this: File): Steps<string[]> {
  const lines: string[] = [];
  for (;;) {
    const line = yield* readLineForm.call(this);
    if (line.length === 0) return lines;
    lines.push(line);
  }
}

function* writeForm(this: File, data: string | Uint8Array): Steps<number> {
  this.check();
  const encoded = typeof data === 'string' ? this.text.encode(data) : data;
  yield* called(this.socket.sendAll, this.socket, encoded);
  return data.length;
}

function* writeLinesForm(this: File, lines: Iterable<string | Uint8Array>): Steps<undefined> {
  for (const line of lines) yield* writeForm.call(this, line);
  return undefined;
}

/** Receives more into what was read ahead. @returns false at the end. */
function* fill(file: File): Steps<boolean> {
  if (file.ended) return false;
  const part = yield* receive(file);
  file.ahead = file.text.join([file.ahead, part]);
  return !file.ended;
}

/** Receives more. */
function* receive(file: File): Steps<string> {
  const chunk = (yield* called(file.socket.recv, file.socket)) as Buffer;
  file.ended = chunk.length === 0;
  return file.ended ? file.text.end() : file.text.decode(chunk);
}

/** What characters and bytes do in their own way. */
interface Text<T> {
  readonly empty: T;
  decode(chunk: Buffer): T;
  /** What was left of the last character. */
  end(): T;
  encode(text: string): string | Buffer;
  join(parts: T[]): T;
  cut(text: T, from: number, to?: number): T;
}

class Characters implements Text<string> {
  readonly empty = '';
  private readonly encoding: BufferEncoding;
  private readonly decoder: StringDecoder;

  constructor(encoding: BufferEncoding) {
    this.encoding = encoding;
    this.decoder = new StringDecoder(encoding);
  }

  decode(chunk: Buffer): string {
    return this.decoder.write(chunk);
  }

  end(): string {
    return this.decoder.end();
  }

  encode(text: string): string | Buffer {
    return this.encoding === 'utf8' ? text : Buffer.from(text, this.encoding);
  }

  join(parts: string[]): string {
    return parts.join('');
  }

  cut(text: string, from: number, to?: number): string {
    return text.slice(from, to);
  }
}

class Bytes implements Text<Buffer> {
  readonly empty = Buffer.alloc(0);

  decode(chunk: Buffer): Buffer {
    return chunk;
  }

  end(): Buffer {
    return this.empty;
  }

  encode(text: string): string {
    return text;
  }

  join(parts: Buffer[]): Buffer {
    const full = parts.filter((part) => part.length > 0);
    return full.length === 1 ? (full[0] as Buffer) : Buffer.concat(full);
  }

  cut(text: Buffer, from: number, to?: number): Buffer {
    return text.subarray(from, to);
  }
}
