/** Receiving and sending over a connection: the forms of the methods of a stream socket. */

import { framed } from '../core/call.ts';
import { type Frame, finished } from '../core/frame.ts';
import type { Incoming } from './incoming.ts';
import { checkData, checkSize, lengthOf } from './socket.ts';
import type { StreamSocket } from './stream-socket.ts';

/** Options of `recv`. */
export interface RecvOptions {
  /** Leaves what is returned to be received again (MSG_PEEK). */
  peek?: boolean;
  /** Waits for all `size` bytes, or the end (MSG_WAITALL). */
  waitAll?: boolean;
}

type Steps<R> = Generator<undefined, R, unknown>;

const KIND = 'Socket.recv';
/** How much is received unless told, in bytes. */
const RECV_SIZE = 65_536;

export function recvForm(
  this: StreamSocket,
  size: number = RECV_SIZE,
  options?: RecvOptions,
): Frame {
  const { incoming } = this.connection();
  if (checkSize(size) === 0) return finished(Buffer.alloc(0));
  if (options?.peek) return peek(incoming, size, this.timeout);
  if (options?.waitAll) return recvExactly(incoming, size, this.timeout);
  return incoming.read(size, KIND, this.timeout);
}

export function* recvIntoForm(
  this: StreamSocket,
  buffer: Uint8Array,
  size: number = buffer.length,
): Steps<number> {
  const received = yield* framed(recvForm.call(this, Math.min(size, buffer.length)));
  buffer.set(received as Buffer);
  return (received as Buffer).length;
}

export function* recvFromForm(this: StreamSocket, size?: number): Steps<unknown> {
  const received = yield* framed(recvForm.call(this, size));
  return [received, this.getpeername()];
}

export function sendAllForm(this: StreamSocket, data: unknown): Frame {
  const { outgoing } = this.connection();
  return outgoing.send(checkData(data), 'Socket.sendAll', this.timeout, undefined);
}

export function sendForm(this: StreamSocket, data: unknown): Frame {
  const { outgoing } = this.connection();
  const checked = checkData(data);
  return outgoing.send(checked, 'Socket.send', this.timeout, lengthOf(checked));
}

function* peek(incoming: Incoming, size: number, timeout: number | undefined): Steps<Buffer> {
  yield* framed(incoming.read(0, KIND, timeout));
  return incoming.peek(size);
}

/** What was received until a kill, a timeout or a failure stays to be received again. */
function* recvExactly(
  incoming: Incoming,
  size: number,
  timeout: number | undefined,
): Steps<Buffer> {
  const parts: Buffer[] = [];
  let missing = size;
  try {
    while (missing > 0) {
      const part = (yield* framed(incoming.read(missing, KIND, timeout))) as Buffer;
      if (part.length === 0) break;
      parts.push(part);
      missing -= part.length;
    }
  } catch (error) {
    incoming.putBack(parts);
    throw error;
  }
  return Buffer.concat(parts);
}
