/** How a stream socket becomes a connection or a listener: the forms of its methods. */

import { framed } from '../core/call.ts';
import type { Frame } from '../core/frame.ts';
import type { Address } from './address.ts';
import { SocketError } from './socket-error.ts';
import type { StreamSocket } from './stream-socket.ts';

type Steps<R> = Generator<undefined, R, unknown>;

export function* connectForm(this: StreamSocket, address: Address): Steps<undefined> {
  this.sending.check();
  this.beginConnect(address);
  if (this.timeout === 0) {
    throw new SocketError('The socket is connecting', { code: 'EINPROGRESS' });
  }
  try {
    yield* framed(this.sending.park('Socket.connect', this.timeout));
  } catch (error) {
    this.abandon();
    throw error;
  }
  return undefined;
}

export function* connectExForm(this: StreamSocket, address: Address): Steps<string | undefined> {
  try {
    yield* connectForm.call(this, address);
  } catch (error) {
    if (error instanceof SocketError) return error.code;
    throw error;
  }
  return undefined;
}

export function* listenForm(this: StreamSocket, backlog: number = 128): Steps<undefined> {
  this.beginListening(backlog);
  try {
    yield* framed(this.receiving.park('Socket.listen', undefined));
  } catch (error) {
    this.abandonListening();
    throw error;
  }
  return undefined;
}

export function acceptForm(this: StreamSocket): Frame {
  return this.listening().accept(this.timeout);
}
