/** Making connections and listeners in one call. */

import { called } from '../core/call.ts';
import { switching } from '../core/ordinary.ts';
import { type Address, type Family, type ListenAddress, parseAddress } from './address.ts';
import { type AddressInfo, addressInfoForm } from './names.ts';
import { SocketError } from './socket-error.ts';
import type { StreamOptions } from './socket-options.ts';
import { StreamSocket } from './stream-socket.ts';

/** Options of `createConnection`. */
export interface ConnectionOptions extends StreamOptions {
  /** The timeout of the socket, in seconds, also for each attempt to connect; undefined: that of all new sockets. */
  timeout?: number;
  /** The address on this side. */
  sourceAddress?: Address;
}

/**
 * Connects to a host, trying its addresses one after the other. May switch (gevent's `create_connection`).
 *
 *     const socket = createConnection(['example.org', 80], { timeout: 5 });
 *     socket.sendAll('HEAD / HTTP/1.0\r\n\r\n');
 *     for (const line of socket.makefile()) console.log(line);
 *
 * @param address `[host, port]`, or the path of a Unix socket.
 * @throws {SocketTimeout} when the time of the last attempt is over.
 * @throws {GaiError} if the host is unknown.
 * @throws {SocketError} what the last attempt has failed with.
 */
export const createConnection: (address: Address, options?: ConnectionOptions) => StreamSocket =
  switching('createConnection', createConnectionForm) as never;

/** Options of `createServer`. */
export interface ServerOptions extends StreamOptions {
  /** How many connections the system keeps for it. */
  backlog?: number;
}

/** Makes a socket that listens. May switch (gevent's `create_server`). @throws {SocketError} */
export const createServer: (address: ListenAddress, options?: ServerOptions) => StreamSocket =
  switching('createServer', createServerForm) as never;

type Steps<R> = Generator<undefined, R, unknown>;

function* createConnectionForm(
  address: Address,
  options: ConnectionOptions = {},
): Steps<StreamSocket> {
  if (typeof address === 'string') return yield* connectTo(address, 'Unix', options);
  const found: AddressInfo[] = yield* addressInfoForm(...address);
  let failure: unknown;
  for (const each of found) {
    try {
      return yield* connectTo(each.address, each.family, options);
    } catch (error) {
      if (!(error instanceof SocketError)) throw error;
      failure = error;
    }
  }
  throw failure;
}

function* connectTo(
  address: Address,
  family: Family,
  { timeout, sourceAddress, ...options }: ConnectionOptions,
): Steps<StreamSocket> {
  const socket = new StreamSocket(family);
  if (timeout !== undefined) socket.setTimeout(timeout);
  socket.setOptions(options);
  try {
    if (sourceAddress !== undefined) socket.bind(sourceAddress);
    yield* called(socket.connect, socket, address);
  } catch (error) {
    socket.close();
    throw error;
  }
  return socket;
}

function* createServerForm(
  given: ListenAddress,
  { backlog, ...options }: ServerOptions = {},
): Steps<StreamSocket> {
  const { address, family } = parseAddress(given);
  const socket = new StreamSocket(family);
  socket.setOptions(options);
  socket.bind(address);
  yield* called(socket.listen, socket, backlog);
  return socket;
}
