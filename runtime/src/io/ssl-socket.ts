/** TLS connections (gevent's `SSLSocket`). */

import type { Socket as NodeSocket } from 'node:net';
import type {
  CipherNameAndProtocol,
  DetailedPeerCertificate,
  PeerCertificate,
  TLSSocket,
} from 'node:tls';
import { framed } from '../core/call.ts';
import { switchingMethods } from '../core/methods.ts';
import type { Address, Family } from './address.ts';
import { connectForm } from './connecting.ts';
import { notConnected, socketErrorOf } from './socket-error.ts';
import type { Handshake, SslContext, WrapOptions } from './ssl-context.ts';
import { StreamSocket } from './stream-socket.ts';

type Steps = Generator<undefined, undefined, unknown>;

/** Is used like any other connection. Made by `wrapSocket`. */
export class SslSocket extends StreamSocket {
  /** What it was made with. */
  readonly context: SslContext;
  private readonly wrapOptions: WrapOptions;
  private secured: TLSSocket | null = null;
  private host: string | undefined = undefined;

  constructor(family: Family, context: SslContext, options: WrapOptions) {
    super(family);
    this.context = context;
    this.wrapOptions = options;
  }

  /** The peer's certificate; undefined if it has sent none. @param detailed with the chain of its issuers. */
  getPeerCertificate(detailed: true): DetailedPeerCertificate | undefined;
  getPeerCertificate(detailed?: false): PeerCertificate | undefined;
  getPeerCertificate(detailed: boolean = false): PeerCertificate | undefined {
    const certificate = this.tls().getPeerCertificate(detailed as false);
    return Object.keys(certificate ?? {}).length === 0 ? undefined : certificate;
  }

  /** The cipher that was agreed upon. */
  cipher(): CipherNameAndProtocol {
    return this.tls().getCipher();
  }

  /** The protocol's version: `TLSv1.3`. */
  version(): string {
    return this.tls().getProtocol() ?? 'unknown';
  }

  /** The protocol that was agreed upon (ALPN); undefined: none was. */
  selectedAlpnProtocol(): string | undefined {
    return this.tls().alpnProtocol || undefined;
  }

  /** The name of the server that the client has asked for (SNI); undefined: it has asked for none. */
  serverName(): string | undefined {
    return this.tls().servername || undefined;
  }

  /** Whether the peer's certificate is trusted. */
  get authorized(): boolean {
    return this.tls().authorized;
  }

  /** @internal What `socket` is connected to becomes this socket's. */
  *takeOver(socket: StreamSocket): Steps {
    this.name = socket.name;
    this.timeout = socket.timeout;
    if (socket.stream === null) {
      this.inherit(socket);
      return undefined;
    }
    const peer = socket.getpeername();
    const raw = socket.takeApart();
    socket.close();
    return yield* this.handshake(raw, peer);
  }

  /** @internal Does the handshake over a connection of Node's. */
  *handshake(raw: NodeSocket, peer: Address): Steps {
    const { serverSide = false, serverHostname = this.host ?? hostOf(peer) } = this.wrapOptions;
    const { sending, context } = this;
    const handshake: Handshake = {
      done: (stream) => {
        this.secured = stream;
        this.attach(stream, peer);
        sending.wake(undefined);
      },
      failed: (error) => sending.fail(socketErrorOf(error)),
    };
    this.peer = peer;
    raw.on('error', NOTHING);
    try {
      if (serverSide) context.accept(raw, handshake);
      else context.connect(raw, serverHostname, handshake);
      yield* framed(sending.park('Socket.doHandshake', this.timeout));
    } catch (error) {
      raw.destroy();
      throw socketErrorOf(error);
    }
    return undefined;
  }

  /** @internal Connects, and then does the handshake. */
  *connectSecurely(address: Address): Steps {
    yield* connectForm.call(this, address);
    if (typeof address !== 'string') this.host = address[0];
    const peer = this.getpeername();
    const raw = this.takeApart();
    return yield* this.handshake(raw, peer);
  }

  /** The peer is told that the connection ends here; otherwise it might have been cut. */
  protected override end(stream: NodeSocket): void {
    stream.destroySoon();
  }

  private tls(): TLSSocket {
    this.connection();
    if (this.secured === null) throw notConnected();
    return this.secured;
  }
}

switchingMethods(SslSocket, {
  connect(this: SslSocket, address: Address): Steps {
    return this.connectSecurely(address);
  },
});

const NOTHING = (): void => {};

function hostOf(peer: Address): string | undefined {
  return typeof peer === 'string' ? undefined : peer[0];
}
