/** Stream sockets: TCP, and Unix sockets (gevent's `socket` of the type `SOCK_STREAM`). */

import { Socket as NodeSocket } from 'node:net';
import { switchingMethods } from '../core/methods.ts';
import { type Address, checkAddress, type Family } from './address.ts';
import { acceptForm, connectExForm, connectForm, listenForm } from './connecting.ts';
import { Incoming } from './incoming.ts';
import { Listener } from './listener.ts';
import { Outgoing } from './outgoing.ts';
import { Socket } from './socket.ts';
import { brokenPipe, notConnected, SocketError, socketErrorOf } from './socket-error.ts';
import { type FileOptions, SocketFile } from './socket-file.ts';
import { applyOptions, type StreamOptions } from './socket-options.ts';
import {
  type RecvOptions,
  recvForm,
  recvFromForm,
  recvIntoForm,
  sendAllForm,
  sendForm,
} from './transfer.ts';

/** What `shutdown` ends: receiving, sending, or both. */
export type How = 'read' | 'write' | 'both';

export const SHUT_RD = 'read';
export const SHUT_WR = 'write';
export const SHUT_RDWR = 'both';

/** A socket for connections: `connect` makes it one, `listen` makes it a listener. */
export class StreamSocket extends Socket {
  readonly type = 'stream';
  /** @internal The connection. */ stream: NodeSocket | null = null;
  /** @internal */ incoming: Incoming | null = null;
  /** @internal */ outgoing: Outgoing | null = null;
  /** @internal */ listener: Listener<StreamSocket> | null = null;
  /** Where `bind` has put it. */
  private bound: Address | undefined = undefined;
  /** @internal Whom it is connecting, or connected, to. */ peer: Address | undefined = undefined;
  private ownAddress: Address | undefined = undefined;
  private readonly options: StreamOptions = {};

  /**
   * Connects. May switch.
   *
   * @param address `[host, port]`, or the path of a Unix socket; a host name is looked up.
   * @throws {SocketTimeout} when the socket's timeout is over.
   * @throws {GaiError} if the host is unknown.
   * @throws {SocketError} if it cannot connect, is connected, or is closed.
   */
  declare connect: (address: Address) => undefined;

  /** Like `connect`, but returns the code of a SocketError: `'ECONNREFUSED'`; undefined after success. May switch. */
  declare connectEx: (address: Address) => string | undefined;

  /**
   * Starts to listen where `bind` has put it. May switch.
   *
   * @param backlog how many connections the system keeps for it; Node takes them from there as they come, and they wait for `accept`.
   * @throws {SocketError} if the address is in use, or is not this machine's.
   */
  declare listen: (backlog?: number) => undefined;

  /** The next connection and its address. May switch. @throws {SocketTimeout} */
  declare accept: () => [StreamSocket, Address];

  /**
   * What has arrived, up to `size` bytes. May switch, if nothing has: waits for it. An empty buffer is the end. Received data is never
   * lost: a kill or a timeout leaves it for the next call.
   *
   * @throws {SocketTimeout} when the socket's timeout is over.
   * @throws {ConcurrentObjectUseError} if another greenlet waits to receive.
   * @throws {SocketError} if the connection has failed.
   */
  declare recv: (size?: number, options?: RecvOptions) => Buffer;

  /** Receives into a buffer. May switch. @param size how many bytes at most. @returns how many. */
  declare recvInto: (buffer: Uint8Array, size?: number) => number;

  /** What has arrived, and from whom. May switch. */
  declare recvFrom: (size?: number) => [Buffer, Address];

  /**
   * Sends all of it. May switch: waits until the system has taken everything, since the peer may be slow.
   *
   * @throws {SocketTimeout} when the socket's timeout is over; some of it may be sent then, or still be.
   * @throws {ConcurrentObjectUseError} if another greenlet waits to send.
   * @throws {SocketError} if the connection has failed, or was shut down.
   */
  declare sendAll: (data: string | ArrayBufferView) => undefined;

  /** Like `sendAll`. @returns how many bytes: all of them. */
  declare send: (data: string | ArrayBufferView) => number;

  constructor(family: Family = 'IPv4') {
    super(family);
  }

  /**
   * Takes over a connected socket of Node's (gevent's `fromfd`). Nobody else may use it from now on.
   *
   * @param stream what others wrote to it is still sent; what has arrived and was not read is received here.
   */
  static fromNode(stream: NodeSocket): StreamSocket {
    const socket = new this((stream.remoteFamily as Family | undefined) ?? 'Unix');
    socket.attach(stream);
    return socket;
  }

  /** Chooses the address on this side. It is taken when `listen` or `connect` is called. Never switches. */
  bind(address: Address): void {
    this.checkOpen();
    this.bound = checkAddress(address, this.family);
  }

  /** Ends receiving, sending (the peer gets the end), or both. Never switches. */
  shutdown(how: How): void {
    const { incoming, outgoing } = this.connection();
    if (how !== 'read' && how !== 'write' && how !== 'both') {
      throw new TypeError(`shutdown ends 'read', 'write' or 'both', not ${String(how)}`);
    }
    if (how !== 'write') {
      if (this.receiving.greenlet === null) incoming.end();
      else this.receiving.endSoon(() => incoming.end());
    }
    if (how !== 'read') outgoing.end();
  }

  override close(): void {
    if (this.closed) return;
    this.endWaits();
    this.listener?.close();
    if (this.stream !== null) this.end(this.stream);
  }

  /** Ends the connection so that the peer gets an error (a reset). Never switches. */
  reset(): void {
    this.endWaits();
    this.stream?.resetAndDestroy();
  }

  /**
   * Gives the connection to code that uses Node's streams; this socket is closed then. Data that was not received comes first. Never
   * switches.
   */
  detach(): NodeSocket {
    const stream = this.takeApart();
    this.endWaits();
    return stream.ref();
  }

  /** A file that reads from this connection and writes to it. Never switches. Closing the file leaves the socket open. */
  makefile(options: FileOptions & { encoding: null }): SocketFile<Buffer>;
  makefile(options?: FileOptions): SocketFile<string>;
  makefile(options: FileOptions = {}): SocketFile<string> | SocketFile<Buffer> {
    this.checkOpen();
    return new SocketFile(this, options) as SocketFile<string>;
  }

  /** Sets options, on the connection or for the one that will be. Never switches. */
  setOptions(options: StreamOptions): void {
    this.checkOpen();
    Object.assign(this.options, options);
    applyOptions(this.stream, options);
  }

  /** The options that were set here; the others are the system's defaults. */
  getOptions(): Readonly<StreamOptions> {
    return { ...this.options };
  }

  override getsockname(): Address {
    this.checkOpen();
    const { stream } = this;
    const listening = this.listener?.address();
    if (listening !== undefined) return listening;
    if (stream?.localAddress !== undefined) {
      this.ownAddress = [stream.localAddress, stream.localPort as number];
    }
    return this.ownAddress ?? this.bound ?? (this.family === 'Unix' ? '' : [ANY[this.family], 0]);
  }

  override getpeername(): Address {
    this.connection();
    return this.peer ?? '';
  }

  override canRead(): boolean {
    return this.closed || (this.incoming ?? this.listener)?.isReady() === true;
  }

  override canWrite(): boolean {
    const { stream, outgoing } = this;
    return this.closed || (stream?.connecting === false && outgoing?.isReady() === true);
  }

  override hasFailed(): boolean {
    return this.incoming?.error !== undefined || this.outgoing?.error !== undefined;
  }

  /** @internal Makes this the socket of a connection. */
  attach(stream: NodeSocket, peer?: Address): void {
    this.stream = stream;
    this.incoming = new Incoming(stream, this.receiving, this.changed);
    this.outgoing = new Outgoing(stream, this.sending, this.changed);
    stream.on('error', this.onError).on('close', this.onClose);
    stream.unref();
    applyOptions(stream, this.options);
    const { remoteAddress, remotePort } = stream;
    this.peer = peer ?? (remoteAddress === undefined ? '' : [remoteAddress, remotePort as number]);
  }

  /** @internal Lets go of the connection, as it would be if it had never been here. */
  takeApart(): NodeSocket {
    const { stream, incoming } = this.connection();
    stream.off('error', this.onError).off('close', this.onClose);
    incoming.release();
    this.stream = null;
    this.incoming = null;
    this.outgoing = null;
    return stream;
  }

  /** @internal Becomes what a socket is that is neither a connection nor a listener; that one is closed then. */
  inherit(other: StreamSocket): void {
    other.checkFresh();
    this.bound = other.bound;
    this.setOptions(other.options);
    other.close();
  }

  /** @internal The connection. @throws {SocketError} if there is none. */
  connection(): Connection {
    this.checkOpen();
    const { stream, incoming, outgoing } = this;
    if (stream === null || incoming === null || outgoing === null || stream.connecting) {
      throw notConnected();
    }
    return this as unknown as Connection;
  }

  /** @internal Begins to connect. */
  beginConnect(given: Address): void {
    this.checkFresh();
    const address = checkAddress(given, this.family);
    const stream = new NodeSocket({ allowHalfOpen: true });
    this.attach(stream, address);
    if (typeof address === 'string') {
      stream.connect({ path: address });
    } else {
      const [localAddress, localPort] = (this.bound as [string, number] | undefined) ?? [];
      stream.connect({
        host: address[0] || ANY[this.family as 'IPv4'],
        port: address[1],
        family: this.family === 'IPv6' ? 6 : 4,
        autoSelectFamily: false,
        localAddress: localAddress || undefined,
        localPort: localPort || undefined,
      });
    }
    stream.once('connect', this.onConnect);
  }

  /** @internal Gives a connection up that could not be made. */
  abandon(): void {
    this.stream?.off('error', this.onError).on('error', () => {});
    this.stream?.off('close', this.onClose).destroy();
    this.stream = null;
    this.incoming = null;
    this.outgoing = null;
    this.peer = undefined;
  }

  /** @internal Begins to listen. */
  beginListening(backlog: number): void {
    this.checkFresh();
    const address = this.bound ?? (this.family === 'Unix' ? '' : [ANY[this.family], 0]);
    const checked = checkAddress(address, this.family);
    const { options } = this;
    this.listener = new Listener(this.receiving, this.changed, (stream) =>
      acceptedSocket(stream, this.family, options),
    );
    this.listener.begin(checked, this.family, backlog, options);
  }

  /** @internal Gives up to listen. */
  abandonListening(): void {
    this.listener?.close();
    this.listener = null;
  }

  /** @internal What listens. @throws {SocketError} if it does not. */
  listening(): Listener<StreamSocket> {
    this.checkOpen();
    if (this.listener?.address() === undefined) {
      throw new SocketError('The socket does not listen', { code: 'EINVAL' });
    }
    return this.listener;
  }

  /** Ends the connection, after what waits to be sent. */
  protected end(stream: NodeSocket): void {
    if (stream.writableLength > 0 && !stream.connecting) stream.destroySoon();
    else stream.destroy();
  }

  protected override where(): Address | undefined {
    return this.peer || this.listener?.address() || this.bound;
  }

  protected override startReading(): void {
    this.incoming?.start();
  }

  private checkFresh(): void {
    this.checkOpen();
    if (this.stream !== null || this.listener !== null) {
      throw new SocketError('The socket is connected, or listens', { code: 'EISCONN' });
    }
  }

  private readonly onConnect = (): void => {
    const { stream } = this;
    if (stream?.remoteAddress !== undefined) {
      this.peer = [stream.remoteAddress, stream.remotePort as number];
    }
    this.sending.wake(undefined);
    this.changed();
  };

  private readonly onError = (cause: Error): void => {
    const error = socketErrorOf(cause);
    this.incoming?.fail(error);
    this.outgoing?.fail(error);
  };

  private readonly onClose = (): void => {
    if (this.closed) return;
    this.incoming?.end();
    this.outgoing?.fail(brokenPipe());
  };
}

switchingMethods(StreamSocket, {
  connect: connectForm,
  connectEx: connectExForm,
  listen: listenForm,
  accept: acceptForm,
  recv: recvForm,
  recvInto: recvIntoForm,
  recvFrom: recvFromForm,
  sendAll: sendAllForm,
  send: sendForm,
});

/** A socket that has a connection. */
export type Connection = StreamSocket & {
  stream: NodeSocket;
  incoming: Incoming;
  outgoing: Outgoing;
};

function acceptedSocket(stream: NodeSocket, family: Family, options: StreamOptions): StreamSocket {
  const socket = new StreamSocket(family);
  socket.attach(stream);
  socket.setOptions(options);
  return socket;
}

/** The address that means all addresses of the machine. */
const ANY = { IPv4: '0.0.0.0', IPv6: '::', Unix: '' };
