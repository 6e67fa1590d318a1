/**
 * What listens for connections. Node takes them from the system as they come, and nothing can stop it; so they wait here, paused,
 * as they would wait in the system's backlog.
 */

import { createServer, type Socket as NodeSocket, type Server } from 'node:net';
import { type Frame, finished } from '../core/frame.ts';
import type { Address, Family } from './address.ts';
import type { Slot } from './slot.ts';
import { socketErrorOf } from './socket-error.ts';
import type { StreamOptions } from './socket-options.ts';

/** Makes the socket of a connection that has come. */
export type Wrap<S> = (stream: NodeSocket) => S;

/** A connection that has come, and its peer's address. */
export type Accepted<S> = [socket: S, address: Address];

export class Listener<S extends { getpeername(): Address; reset(): void }> {
  /** @internal How many connections wait. */ readonly arrived: S[] = [];
  /** @internal What accepting has failed with. */ error: Error | undefined = undefined;
  private readonly server: Server;
  private readonly slot: Slot;
  private readonly changed: () => void;
  private readonly wrap: Wrap<S>;
  private where: Address | undefined = undefined;

  /**
   * @param slot where a greenlet waits for connections.
   * @param changed is called when there may be one.
   */
  constructor(slot: Slot, changed: () => void, wrap: Wrap<S>) {
    this.slot = slot;
    this.changed = changed;
    this.wrap = wrap;
    this.server = createServer({ allowHalfOpen: true, pauseOnConnect: true });
    this.server.on('connection', this.onConnection).on('error', this.onError).unref();
  }

  /** Begins to listen: the slot is woken when it does, or gets the error. */
  begin(address: Address, family: Family, backlog: number, { ipv6Only }: StreamOptions): void {
    const where =
      typeof address === 'string'
        ? { path: address }
        : {
            // Without a host, Node takes all addresses, and those of IPv4 alone where there is no IPv6.
            host: address[0] || (family === 'IPv4' ? '0.0.0.0' : ipv6Only ? '::' : undefined),
            port: address[1],
            ipv6Only,
          };
    this.server.listen({ ...where, backlog });
    this.server.once('listening', () => {
      const found = this.server.address();
      this.where =
        typeof found === 'string' || found === null ? address : [found.address, found.port];
      this.slot.wake(undefined);
    });
  }

  /** Where it listens; undefined before it does. */
  address(): Address | undefined {
    return this.where;
  }

  /** What `accept` returns: the next connection, or the frame of a wait for one. */
  accept(timeout: number | undefined): Frame {
    this.slot.check();
    if (this.isReady()) return finished(this.next());
    return this.slot.park('Socket.accept', timeout);
  }

  /** Whether an accept would return, or throw, at once. */
  isReady(): boolean {
    return this.arrived.length > 0 || this.error !== undefined;
  }

  /** The next connection, undefined if there is none. @throws {SocketError} what accepting has failed with. */
  next(): Accepted<S> | undefined {
    const { error } = this;
    this.error = undefined;
    if (error !== undefined) throw error;
    const socket = this.arrived.shift();
    return socket && [socket, socket.getpeername()];
  }

  /** No longer listens. The connections that wait are reset, as the system does it with those in its backlog. */
  close(): void {
    this.server.close();
    for (const each of this.arrived) each.reset();
    this.arrived.length = 0;
  }

  private readonly onConnection = (stream: NodeSocket): void => {
    const socket = this.wrap(stream);
    if (this.slot.greenlet !== null) {
      this.slot.wake([socket, socket.getpeername()]);
      return;
    }
    this.arrived.push(socket);
    this.changed();
  };

  private readonly onError = (cause: NodeJS.ErrnoException): void => {
    const error = socketErrorOf(cause);
    if (this.slot.greenlet !== null) {
      this.slot.fail(error);
      return;
    }
    this.error = error;
    this.changed();
  };
}
