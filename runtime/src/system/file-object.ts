/** Files of the file system (gevent's `FileObject`). */

import {
  close as closeFile,
  fstat,
  open as openFile,
  read as readFile,
  write as writeFile,
} from 'node:fs';
import { called } from '../core/call.ts';
import { switchingMethods } from '../core/methods.ts';
import { switching } from '../core/ordinary.ts';
import { calledBack } from '../io/callback.ts';
import { type FileOptions, SocketFile } from '../io/socket-file.ts';

/** How a file is opened: to read (`r`), to write anew (`w`) or at the end (`a`), to write a new one only (`wx`); with `+` both. */
export type FileMode = 'r' | 'r+' | 'w' | 'w+' | 'a' | 'a+' | 'wx' | 'wx+';

/**
 * A file that is read and written while other greenlets run: `read`, `readLine`, `write`, iteration over lines… Made by `open`, or
 * of a descriptor that is open.
 */
export class FileObject<T extends string | Buffer = string> extends SocketFile<T> {
  private readonly handle: Handle;

  /** @param fd a descriptor; the file closes it. */
  constructor(fd: number, options: FileOptions = {}) {
    const handle = new Handle(fd, options);
    super(handle, options);
    this.handle = handle;
  }

  /** The descriptor. */
  get fd(): number {
    return this.handle.fd;
  }

  /**
   * Goes on reading and writing at another place, in bytes. May switch.
   *
   * @param whence where `offset` counts from: the start, where it is now, the end.
   * @returns the place.
   */
  declare seek: (offset: number, whence?: 'start' | 'current' | 'end') => number;

  /** Where it is, in bytes; as far as is read ahead, for a file that is read as text. Never switches. */
  tell(): number {
    return this.handle.place - this.aheadLength();
  }

  /** Closes the file and its descriptor. Never switches. */
  override close(): void {
    if (this.closed) return;
    super.close();
    closeFile(this.handle.fd, () => {});
  }

  /** @internal */
  aheadLength(): number {
    return Buffer.byteLength(this.ahead as string);
  }

  /** @internal Forgets what was read ahead. */
  moveTo(place: number): number {
    this.ahead = this.text.empty;
    this.text.end();
    this.ended = false;
    this.handle.place = place;
    return place;
  }

  /** @internal */
  fileHandle(): Handle {
    return this.handle;
  }
}

/** What the file receives from, and sends to. */
class Handle {
  readonly fd: number;
  readonly label: string;
  /** Where it reads and writes. */
  place = 0;
  /** Whether it is written at its end, wherever it was read. */
  readonly appends: boolean;
  declare recv: (size?: number) => Buffer;
  declare sendAll: (data: string | ArrayBufferView) => undefined;

  constructor(fd: number, { label, appends = false }: FileOptions & Opened) {
    this.fd = fd;
    this.label = label ?? `descriptor ${fd}`;
    this.appends = appends;
  }
}

/** What `open` knows. */
interface Opened {
  label?: string;
  appends?: boolean;
}

switchingMethods(FileObject, { seek: seekForm, write: writeFileForm });
switchingMethods(Handle, { recv: recvForm, sendAll: sendAllForm });

/** Opens a file. */
interface Open {
  (
    path: string | URL,
    mode: FileMode,
    options: FileOptions & { encoding: null },
  ): FileObject<Buffer>;
  (path: string | URL, mode?: FileMode, options?: FileOptions): FileObject;
}

/**
 * Opens a file. May switch.
 *
 *     for (const line of open('words.txt')) console.log(line.trim());
 *
 * @throws Node's error if it cannot be opened: `code` says why.
 */
export const open: Open = switching('open', openForm) as never;

type Steps<R> = Generator<undefined, R, unknown>;

const CHUNK = 65_536;
const asIs = (error: unknown) => error;

function* openForm(
  path: string | URL,
  mode: FileMode = 'r',
  options: FileOptions = {},
): Steps<FileObject> {
  const on = { name: String(path) };
  const [fd] = yield* calledBack('open', on, (done) => openFile(path, mode, done), asIs);
  const opened: Opened = { label: String(path), appends: mode.startsWith('a') };
  return new FileObject(fd as number, { ...options, ...opened } as FileOptions);
}

function* recvForm(this: Handle): Steps<Buffer> {
  const buffer = Buffer.allocUnsafe(CHUNK);
  const [count] = yield* calledBack(
    'read',
    this,
    (done) => readFile(this.fd, buffer, 0, CHUNK, this.place, done),
    asIs,
  );
  this.place += count as number;
  return buffer.subarray(0, count as number);
}

function* sendAllForm(this: Handle, data: string | Uint8Array): Steps<undefined> {
  let rest = typeof data === 'string' ? Buffer.from(data) : data;
  while (rest.length > 0) {
    const part = rest;
    const at = this.appends ? null : this.place;
    const [count] = yield* calledBack(
      'write',
      this,
      (done) => writeFile(this.fd, part, 0, part.length, at, done),
      asIs,
    );
    this.place += count as number;
    rest = rest.subarray(count as number);
  }
  return undefined;
}

/** Writes where the reader is, not where it has read ahead to. */
function* writeFileForm(this: FileObject, data: string | Uint8Array): Steps<unknown> {
  this.check();
  this.moveTo(this.tell());
  return yield* called(SocketFile.prototype.write, this, data);
}

function* seekForm(
  this: FileObject,
  offset: number,
  whence: 'start' | 'current' | 'end' = 'start',
): Steps<number> {
  this.check();
  if (whence === 'start') return this.moveTo(offset);
  if (whence === 'current') return this.moveTo(this.tell() + offset);
  const handle = this.fileHandle();
  const [stats] = yield* calledBack('seek', handle, (done) => fstat(handle.fd, done), asIs);
  return this.moveTo((stats as { size: number }).size + offset);
}
