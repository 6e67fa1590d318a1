/** The body of an HTTP message, as it arrives. */

import type { IncomingMessage } from 'node:http';
import type { Frame } from '../core/frame.ts';
import { switchingMethods } from '../core/methods.ts';
import { Incoming } from '../io/incoming.ts';
import { Slot } from '../io/slot.ts';
import { SocketError, socketErrorOf } from '../io/socket-error.ts';

/** How much is received at a time unless told, in bytes. */
const RECV_SIZE = 65_536;

/** Whose body it is. */
interface Owner {
  readonly raw: IncomingMessage;
  readonly timeout: number | undefined;
  wantBody(): void;
}

export class MessageBody {
  /** @internal */ readonly owner: Owner;
  /** @internal */ readonly incoming: Incoming;

  /** What has arrived, up to `size` bytes; empty at the end. May switch. */
  declare recv: (size?: number) => Buffer;

  constructor(owner: Owner) {
    this.owner = owner;
    const { raw } = owner;
    const incoming = new Incoming(raw, new Slot(owner), () => {});
    this.incoming = incoming;
    raw.on('error', (error) => incoming.fail(socketErrorOf(error)));
    raw.on('close', () => {
      if (!raw.readableEnded) incoming.fail(otherGone());
    });
    if (raw.readableEnded) incoming.end();
    else if (raw.destroyed) incoming.fail(otherGone());
  }
}

switchingMethods(MessageBody, { recv: recvForm });

/** The error of those who read from a connection that the other side has ended, or write to it. */
export function otherGone(): SocketError {
  return new SocketError('The other side has closed the connection', { code: 'ECONNRESET' });
}

function recvForm(this: MessageBody, size: number = RECV_SIZE): Frame {
  const { owner, incoming } = this;
  owner.wantBody();
  return incoming.read(size, 'read body', owner.timeout);
}
