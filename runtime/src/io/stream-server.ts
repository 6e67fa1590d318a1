/** TCP and Unix servers, with TLS or without (gevent's `StreamServer`). */

import { called } from '../core/call.ts';
import type { Body } from '../core/greenlet.ts';
import { switching } from '../core/ordinary.ts';
import type { Address, ListenAddress } from './address.ts';
import { BaseServer, type BaseServerOptions } from './base-server.ts';
import type { StreamOptions } from './socket-options.ts';
import { SslContext, type SslContextOptions } from './ssl-context.ts';
import type { SslSocket } from './ssl-socket.ts';
import { StreamSocket } from './stream-socket.ts';

/** Options of a StreamServer. */
export interface StreamServerOptions extends BaseServerOptions, StreamOptions {
  /** How many connections the system keeps for it. */
  backlog?: number;
  /** Puts TLS onto each connection: a context, or the options of one. The handshake is done in the handler's greenlet. */
  ssl?: SslContext | SslContextOptions;
}

/**
 * Calls `handle(socket, address)` in a greenlet of its own for each connection; the socket is closed when that greenlet has ended. A
 * handler that throws is reported and ends nothing but its connection.
 *
 *     const server = new StreamServer(['127.0.0.1', 8000], (socket) => socket.sendAll('Hello\n'));
 *     server.serveForever();
 */
export class StreamServer extends BaseServer<StreamSocket, [StreamSocket, Address]> {
  private readonly context: SslContext | undefined = undefined;
  private readonly backlog: number | undefined;
  private readonly socketOptions: StreamOptions;

  constructor(
    listener: ListenAddress | StreamSocket,
    handle?: (socket: StreamSocket, address: Address) => unknown,
    { spawn, backlog, ssl, ...socketOptions }: StreamServerOptions = {},
  ) {
    super(listener, handle, { spawn });
    if (ssl !== undefined) {
      this.context = ssl instanceof SslContext ? ssl : new SslContext(ssl);
    }
    this.backlog = backlog;
    this.socketOptions = socketOptions;
  }

  override listen(): Generator<undefined, StreamSocket, unknown> {
    return listenAt(this, this.backlog, this.socketOptions);
  }

  /** With TLS, the handshake comes first. */
  protected override bodyFor(handler: Body): Body {
    const { context } = this;
    return context === undefined ? handler : secured(context, handler);
  }

  protected override doRead(): [StreamSocket, Address] | undefined {
    return this.socket?.listening().next();
  }

  protected override doClose(socket: StreamSocket): void {
    socket.close();
  }
}

type Where = 'socket' | 'family' | 'address';

/** The socket that a server of connections listens with. May switch. */
export function* listenAt(
  { socket: given, family, address }: Pick<BaseServer<StreamSocket, never>, Where>,
  backlog: number | undefined,
  options: StreamOptions,
): Generator<undefined, StreamSocket, unknown> {
  if (given !== undefined) return given;
  const socket = new StreamSocket(family);
  socket.setOptions(options);
  socket.bind(address);
  yield* called(socket.listen, socket, backlog);
  return socket;
}

/** The handler as it is given the secured socket in place of the plain one. */
function secured(context: SslContext, handler: Body): Body {
  function* form(plain: StreamSocket, address: Address): Generator<undefined, unknown, unknown> {
    const wrapping = called(context.wrapSocket, context, plain, { serverSide: true });
    const socket = (yield* wrapping) as SslSocket;
    try {
      return yield* called(handler, undefined, socket, address);
    } finally {
      socket.close();
    }
  }
  return switching(handler.name, form);
}
