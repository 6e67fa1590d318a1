/** UDP servers (gevent's `DatagramServer`). */

import { called } from '../core/call.ts';
import { switchingMethods } from '../core/methods.ts';
import type { Address, ListenAddress } from './address.ts';
import { BaseServer, type BaseServerOptions } from './base-server.ts';
import { type DatagramOptions, DatagramSocket } from './datagram-socket.ts';
import { badDescriptor } from './socket-error.ts';

/** Options of a DatagramServer. */
export interface DatagramServerOptions extends BaseServerOptions, DatagramOptions {}

/**
 * Calls `handle(data, address)` in a greenlet of its own for each datagram.
 *
 *     const server = new DatagramServer(':9000', (data, address) => server.sendTo(data, address));
 *     server.serveForever();
 */
export class DatagramServer extends BaseServer<DatagramSocket, [Buffer, Address]> {
  /** Sends a datagram from the server's address. May switch. @returns how many bytes. @throws {SocketError} */
  declare sendTo: (data: string | ArrayBufferView, address: Address) => number;

  private readonly socketOptions: DatagramOptions;

  constructor(
    listener: ListenAddress | DatagramSocket,
    handle?: (data: Buffer, address: Address) => unknown,
    { spawn, ...socketOptions }: DatagramServerOptions = {},
  ) {
    super(listener, handle, { spawn });
    this.socketOptions = socketOptions;
  }

  override *listen(): Generator<undefined, DatagramSocket, unknown> {
    if (this.socket !== undefined) return this.socket;
    const socket = new DatagramSocket(this.family as 'IPv4' | 'IPv6');
    socket.setOptions(this.socketOptions);
    yield* called(socket.bind, socket, this.address);
    return socket;
  }

  protected override doRead(): [Buffer, Address] | undefined {
    return this.socket?.next();
  }

  protected override doClose(): void {}
}

switchingMethods(DatagramServer, { sendTo: sendToForm });

function* sendToForm(
  this: DatagramServer,
  data: string | ArrayBufferView,
  address: Address,
): Generator<undefined, unknown, unknown> {
  const { socket } = this;
  if (socket === undefined) throw badDescriptor();
  return yield* called(socket.sendTo, socket, data, address);
}
