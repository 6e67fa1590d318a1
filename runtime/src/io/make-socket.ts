/** Making sockets by family and type, as gevent's programs do. */

import type { Family } from './address.ts';
import { DatagramSocket } from './datagram-socket.ts';
import { StreamSocket } from './stream-socket.ts';

/** The type of a socket. */
export type SocketType = 'stream' | 'datagram';

export const SOCK_STREAM = 'stream';
export const SOCK_DGRAM = 'datagram';

/**
 * Makes a socket (gevent's `socket.socket`). Never switches.
 *
 * @throws {TypeError} if there is no such family or type.
 */
export function socket(family?: Family, type?: 'stream'): StreamSocket;
export function socket(family: 'IPv4' | 'IPv6' | undefined, type: 'datagram'): DatagramSocket;
export function socket(
  family: Family = 'IPv4',
  type: SocketType = 'stream',
): StreamSocket | DatagramSocket {
  if (!['IPv4', 'IPv6', 'Unix'].includes(family)) {
    throw new TypeError(`A family is 'IPv4', 'IPv6' or 'Unix', not ${String(family)}`);
  }
  if (type === 'stream') return new StreamSocket(family);
  if (type !== 'datagram') {
    throw new TypeError(`A type is 'stream' or 'datagram', not ${String(type)}`);
  }
  if (family === 'Unix') throw new TypeError('Node has no datagram sockets of the family Unix');
  return new DatagramSocket(family);
}
