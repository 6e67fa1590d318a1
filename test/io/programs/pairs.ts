// What the programs share: connected sockets, and what a call throws.
import assert from 'node:assert/strict';
import { networkInterfaces } from 'node:os';
import { createConnection, createServer, type StreamSocket } from 'greenlets/socket';

/** Two ends of a TCP connection: the one that has connected, and the one that was accepted. */
export function tcpPair(): [StreamSocket, StreamSocket] {
  const listener = createServer(['127.0.0.1', 0]);
  const near = createConnection(listener.getsockname());
  const [far] = listener.accept();
  listener.close();
  return [near, far];
}

/** What a call throws. */
// biome-ignore lint/suspicious/noExplicitAny: a test looks at what it expects.
export function thrown(call: () => unknown): any {
  try {
    call();
  } catch (error) {
    return error;
  }
  assert.fail('it has thrown nothing');
}

/** The errors of a machine that has no IPv6. */
export const NO_IPV6 = /^(EADDRNOTAVAIL|EAFNOSUPPORT|EINVAL)$/;

/** Whether this machine has IPv6. */
export function hasIPv6(): boolean {
  const addresses = Object.values(networkInterfaces()).flat();
  return addresses.some((each) => each?.address === '::1');
}
