/** Options of stream sockets (gevent's `setsockopt`). */

import type { Socket } from 'node:net';

export interface StreamOptions {
  /** Sends small pieces at once (TCP_NODELAY). */
  noDelay?: boolean;
  /** Finds out that the peer has vanished (SO_KEEPALIVE). */
  keepAlive?: boolean;
  /** After how many seconds without data it asks the first time (TCP_KEEPIDLE). */
  keepAliveDelay?: number;
  /** For a listener: takes no IPv4 connections at the IPv6 address (IPV6_V6ONLY). */
  ipv6Only?: boolean;
}

/** Sets options on a connection, if there is one. Those of listeners count when it begins to listen. */
export function applyOptions(stream: Socket | null, options: StreamOptions): void {
  const { noDelay, keepAlive, keepAliveDelay } = options;
  if (noDelay !== undefined) stream?.setNoDelay(noDelay);
  if (keepAlive !== undefined) stream?.setKeepAlive(keepAlive, (keepAliveDelay ?? 0) * 1000);
}
