/** One end of a pipe to a child process, as a file. */

import type { Readable, Writable } from 'node:stream';
import type { Frame } from '../core/frame.ts';
import { switchingMethods } from '../core/methods.ts';
import { Incoming } from '../io/incoming.ts';
import { Outgoing } from '../io/outgoing.ts';
import { Slot } from '../io/slot.ts';
import { brokenPipe, socketErrorOf } from '../io/socket-error.ts';
import { type FileOptions, SocketFile } from '../io/socket-file.ts';

/** What can be read from a child, or written to it: `read`, `readLine`, `write`, iteration… */
export class PipeFile<T extends string | Buffer = string> extends SocketFile<T> {
  private readonly pipe: Pipe;

  /** @internal @param label what a debugger calls it: `stdout of ls`. */
  constructor(stream: Readable | Writable, label: string, options: FileOptions) {
    const pipe = new Pipe(stream, label);
    super(pipe, options);
    this.pipe = pipe;
  }

  /** Closes it: who reads at the other end gets the end, who writes there an error. Never switches. */
  override close(): void {
    if (this.closed) return;
    super.close();
    const { stream } = this.pipe;
    if ('end' in stream && stream.writable) stream.end();
    else stream.destroy();
  }
}

/** What the file receives from, and sends to. */
class Pipe {
  readonly stream: Readable | Writable;
  readonly label: string;
  readonly incoming: Incoming;
  readonly outgoing: Outgoing;
  declare recv: (size?: number) => Buffer;
  declare sendAll: (data: string | ArrayBufferView) => undefined;

  constructor(stream: Readable | Writable, label: string) {
    this.stream = stream;
    this.label = label;
    const incoming = new Incoming(stream as Readable, new Slot(this), () => {});
    const outgoing = new Outgoing(stream as Writable, new Slot(this), () => {});
    this.incoming = incoming;
    this.outgoing = outgoing;
    // Who waits keeps the process alive, not the pipe.
    (stream as unknown as { unref?(): void }).unref?.();
    // At once: what nobody listens to, Node throws away when the child ends.
    if ('read' in stream && stream.readable) incoming.start();
    stream.on('error', (error) => {
      incoming.fail(socketErrorOf(error));
      outgoing.fail(socketErrorOf(error));
    });
    stream.on('close', () => {
      incoming.end();
      outgoing.fail(brokenPipe());
    });
  }
}

switchingMethods(Pipe, { recv: recvForm, sendAll: sendAllForm });

const RECV_SIZE = 65_536;

function recvForm(this: Pipe): Frame {
  return this.incoming.read(RECV_SIZE, 'read', undefined);
}

function sendAllForm(this: Pipe, data: string | Uint8Array): Frame {
  return this.outgoing.send(data, 'write', undefined, undefined);
}
