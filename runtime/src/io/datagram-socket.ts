/** UDP sockets (gevent's `socket` of the type `SOCK_DGRAM`). */

import { createSocket, type Socket as NodeSocket, type RemoteInfo } from 'node:dgram';
import { framed } from '../core/call.ts';
import { type Frame, finished } from '../core/frame.ts';
import { switchingMethods } from '../core/methods.ts';
import { type Address, checkAddress } from './address.ts';
import { calledBack, type Done } from './callback.ts';
import { checkData, checkSize, lengthOf, Socket } from './socket.ts';
import { notConnected, socketErrorOf, wouldBlock } from './socket-error.ts';

/** Options of a datagram socket. */
export interface DatagramOptions {
  /** Lets several sockets have the same address (SO_REUSEADDR). Given before `bind`. */
  reuseAddress?: boolean;
  /** Takes no IPv4 datagrams at the IPv6 address. Given before `bind`. */
  ipv6Only?: boolean;
  /** Lets it send to broadcast addresses. */
  broadcast?: boolean;
  /** How many routers a datagram passes, 1 to 255. */
  ttl?: number;
  /** The same for multicast, 0 to 255. */
  multicastTtl?: number;
  /** Whether what it sends to its own groups comes back. */
  multicastLoopback?: boolean;
  /** The address of the interface through which multicast is sent. */
  multicastInterface?: string;
  /** The size of the system's buffers, in bytes. */
  receiveBuffer?: number;
  sendBuffer?: number;
}

/** One that has come in, and from whom. */
export type Datagram = [data: Buffer, address: Address];

/** Datagrams that were not received; a datagram that comes when so many bytes lie here is lost, as in the system's own buffer. */
const MOST_BYTES = 1_048_576;

export class DatagramSocket extends Socket {
  readonly type = 'datagram';
  private readonly options: DatagramOptions = {};
  private node: NodeSocket | null = null;
  private readonly arrived: Datagram[] = [];
  private bytes = 0;
  private error: Error | undefined = undefined;
  /** @internal Whether it has an address. */ bound = false;
  private peer: Address | undefined = undefined;

  /** Takes an address to receive at. May switch. @throws {SocketError} if it is in use, or is not this machine's. */
  declare bind: (address: Address) => undefined;

  /** Chooses whom `send` sends to, and receives from nobody else. May switch. @throws {SocketError} */
  declare connect: (address: Address) => undefined;

  /** The next datagram, up to `size` bytes of it. May switch. @throws {SocketTimeout} @throws {SocketError} */
  declare recv: (size?: number) => Buffer;

  /** The next datagram, up to `size` bytes of it, and from whom. May switch. */
  declare recvFrom: (size?: number) => Datagram;

  /** Receives into a buffer. May switch. @returns how many bytes. */
  declare recvInto: (buffer: Uint8Array) => number;

  /** Sends a datagram to an address. May switch. @returns how many bytes. @throws {SocketError} */
  declare sendTo: (data: string | ArrayBufferView, address: Address) => number;

  /** Sends a datagram to whom it is connected. May switch. @returns how many bytes. @throws {SocketError} */
  declare send: (data: string | ArrayBufferView) => number;

  /** Like `send`. */
  declare sendAll: (data: string | ArrayBufferView) => undefined;

  constructor(family: 'IPv4' | 'IPv6' = 'IPv4') {
    super(family);
  }

  /** Sets options. Never switches. @throws {SocketError} */
  setOptions(options: DatagramOptions): void {
    this.checkOpen();
    Object.assign(this.options, options);
    if (this.bound) this.applyOptions(options);
  }

  /** The options that were set here; the others are the system's defaults. */
  getOptions(): Readonly<DatagramOptions> {
    return { ...this.options };
  }

  /** Receives what is sent to a multicast group, too. Never switches. @param local the address of the interface. */
  addMembership(group: string, local?: string): void {
    rethrown(() => this.open().addMembership(group, local));
  }

  /** Leaves a multicast group. Never switches. */
  dropMembership(group: string, local?: string): void {
    rethrown(() => this.open().dropMembership(group, local));
  }

  override getsockname(): Address {
    this.checkOpen();
    if (!this.bound) return [this.family === 'IPv6' ? '::' : '0.0.0.0', 0];
    const { address, port } = this.open().address();
    return [address, port];
  }

  override getpeername(): Address {
    this.checkOpen();
    if (this.peer === undefined) throw notConnected();
    return this.peer;
  }

  override close(): void {
    if (this.closed) return;
    this.endWaits();
    this.node?.close();
  }

  override canRead(): boolean {
    return this.closed || this.arrived.length > 0 || this.error !== undefined;
  }

  override canWrite(): boolean {
    return true;
  }

  override hasFailed(): boolean {
    return this.error !== undefined;
  }

  /** @internal Node's socket. */
  open(): NodeSocket {
    this.checkOpen();
    if (this.node === null) {
      const { reuseAddress, ipv6Only, receiveBuffer, sendBuffer } = this.options;
      this.node = createSocket({
        type: this.family === 'IPv6' ? 'udp6' : 'udp4',
        reuseAddr: reuseAddress,
        ipv6Only,
        recvBufferSize: receiveBuffer,
        sendBufferSize: sendBuffer,
      });
      this.node.on('message', this.onMessage).on('error', this.onError).unref();
    }
    return this.node;
  }

  /** @internal It is bound from now on. */
  isBound(): void {
    this.bound = true;
    this.applyOptions(this.options);
  }

  /** @internal */
  isConnectedTo(address: Address): void {
    this.peer = address;
  }

  /** @internal What a call that receives returns: the next one, or the frame of a wait for one. */
  read(): Frame {
    this.checkOpen();
    if (this.canRead()) return finished(this.next());
    if (this.timeout === 0) throw wouldBlock();
    return this.receiving.park('Socket.recvFrom', this.timeout);
  }

  /** @internal The next datagram; undefined if there is none. @throws {SocketError} */
  next(): Datagram | undefined {
    const { error } = this;
    this.error = undefined;
    if (error !== undefined) throw error;
    const datagram = this.arrived.shift();
    if (datagram !== undefined) this.bytes -= datagram[0].length;
    return datagram;
  }

  protected override where(): Address | undefined {
    if (this.peer !== undefined) return this.peer;
    return this.bound && !this.closed ? this.getsockname() : undefined;
  }

  protected override startReading(): void {}

  private applyOptions(options: DatagramOptions): void {
    const node = this.open();
    const { broadcast, ttl, multicastTtl, multicastLoopback, multicastInterface } = options;
    rethrown(() => {
      if (broadcast !== undefined) node.setBroadcast(broadcast);
      if (ttl !== undefined) node.setTTL(ttl);
      if (multicastTtl !== undefined) node.setMulticastTTL(multicastTtl);
      if (multicastLoopback !== undefined) node.setMulticastLoopback(multicastLoopback);
      if (multicastInterface !== undefined) node.setMulticastInterface(multicastInterface);
    });
  }

  private readonly onMessage = (data: Buffer, { address, port }: RemoteInfo): void => {
    const datagram: Datagram = [data, [address, port]];
    if (this.receiving.greenlet !== null) {
      this.receiving.wake(datagram);
    } else if (this.bytes + data.length <= MOST_BYTES) {
      this.arrived.push(datagram);
      this.bytes += data.length;
      this.changed();
    }
  };

  private readonly onError = (cause: Error): void => {
    const error = socketErrorOf(cause);
    if (this.receiving.greenlet !== null) {
      this.receiving.fail(error);
    } else {
      this.error = error;
      this.changed();
    }
  };
}

switchingMethods(DatagramSocket, {
  bind: bindForm,
  connect: connectForm,
  recv: recvForm,
  recvFrom: recvFromForm,
  recvInto: recvIntoForm,
  sendTo: sendToForm,
  send: sendForm,
  sendAll: sendAllForm,
});

type Steps<R> = Generator<undefined, R, unknown>;

function* bindForm(this: DatagramSocket, given: Address): Steps<undefined> {
  const [address, port] = checkAddress(given, this.family) as [string, number];
  const node = this.open();
  const call = (done: Done) => {
    const failed = (error: Error) => done(error);
    node.once('error', failed);
    node.bind({ address: address || undefined, port }, () => {
      node.off('error', failed);
      done(null);
    });
  };
  yield* calledBack('Socket.bind', this, call, socketErrorOf);
  this.isBound();
  return undefined;
}

function* connectForm(this: DatagramSocket, given: Address): Steps<undefined> {
  const address = checkAddress(given, this.family) as [string, number];
  yield* bound(this);
  const node = this.open();
  const call = (done: Done) => node.connect(address[1], address[0], done as () => void);
  yield* calledBack('Socket.connect', this, call, socketErrorOf);
  this.isConnectedTo(address);
  return undefined;
}

function* recvForm(this: DatagramSocket, size?: number): Steps<Buffer> {
  const [data] = yield* recvFromForm.call(this, size);
  return data;
}

function* recvFromForm(this: DatagramSocket, size: number = 65_536): Steps<Datagram> {
  checkSize(size);
  const [data, address] = (yield* framed(this.read())) as Datagram;
  return [data.subarray(0, size), address];
}

function* recvIntoForm(this: DatagramSocket, buffer: Uint8Array): Steps<number> {
  const data = yield* recvForm.call(this, buffer.length);
  buffer.set(data);
  return data.length;
}

function* sendToForm(this: DatagramSocket, data: unknown, to: Address): Steps<number> {
  const [host, port] = checkAddress(to, this.family) as [string, number];
  const checked = checkData(data);
  yield* bound(this);
  const node = this.open();
  const call = (done: Done) => node.send(checked, port, host, done);
  yield* calledBack('Socket.sendTo', this, call, socketErrorOf);
  return lengthOf(checked);
}

function* sendForm(this: DatagramSocket, data: unknown): Steps<number> {
  this.getpeername();
  const checked = checkData(data);
  const node = this.open();
  const call = (done: Done) => node.send(checked, done);
  yield* calledBack('Socket.send', this, call, socketErrorOf);
  return lengthOf(checked);
}

function* sendAllForm(this: DatagramSocket, data: unknown): Steps<undefined> {
  yield* sendForm.call(this, data);
  return undefined;
}

/** Gives it any address, if it has none: options can be set from then on. */
function* bound(socket: DatagramSocket): Steps<undefined> {
  if (!socket.bound) yield* bindForm.call(socket, ['', 0]);
}

/** Calls Node; its errors become ours. */
function rethrown(call: () => void): void {
  try {
    call();
  } catch (error) {
    throw socketErrorOf(error);
  }
}
