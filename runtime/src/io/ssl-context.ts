/** What TLS connections are made with: certificates, keys, rules (gevent's `SSLContext`). */

import { isIP, type Socket as NodeSocket } from 'node:net';
import {
  connect,
  createSecureContext,
  createServer,
  type SecureContext,
  type SecureContextOptions,
  type Server,
  type TLSSocket,
  type TlsOptions,
} from 'node:tls';
import { switchingMethods } from '../core/methods.ts';
import { switching } from '../core/ordinary.ts';
import { SslSocket } from './ssl-socket.ts';
import type { StreamSocket } from './stream-socket.ts';

/** Options of a context: Node's (`cert`, `key`, `ca`, `ciphers`, `minVersion`…), and these. */
export interface SslContextOptions extends SecureContextOptions {
  /**
   * Whether the peer must have a certificate that is trusted: `'required'` (the default of clients), `'optional'` (`authorized` tells),
   * or `'none'` (the default of servers: clients are not even asked).
   */
  verify?: 'none' | 'optional' | 'required';
  /** False: the server's certificate may be that of another host. */
  checkHostname?: boolean;
  /** The protocols that are offered, the best first (ALPN). */
  alpn?: readonly string[];
  /** For servers with several names: the context for each of them (SNI). */
  serverNames?: Readonly<Record<string, SslContext>>;
}

/** Options of `wrapSocket`. */
export interface WrapOptions {
  /** Whether this is the server's side. */
  serverSide?: boolean;
  /** The server's name: is sent to it, and is what its certificate must be for. By default the host that the socket is connected to. */
  serverHostname?: string;
}

/** Who waits for a handshake. */
export interface Handshake {
  done(stream: TLSSocket): void;
  failed(error: Error): void;
}

/**
 * Is made once and used for many connections, on both sides.
 *
 *     const context = new SslContext({ alpn: ['h2', 'http/1.1'] });
 *     const plain = createConnection(['example.org', 443]);
 *     const socket = context.wrapSocket(plain, { serverHostname: 'example.org' });
 */
export class SslContext {
  /** @internal */ readonly options: SslContextOptions;
  private made: SecureContext | undefined = undefined;
  /** Servers that never listen: each does one handshake at a time, and so it is known whose it is. */
  private readonly idle: Server[] = [];

  /**
   * Puts TLS onto a socket, which is closed by that: only the new one can be used. May switch: if the socket is connected, does the
   * handshake; otherwise `connect` does.
   *
   * @throws {SslError} if the handshake fails.
   * @throws {SocketTimeout} when the socket's timeout is over.
   */
  declare wrapSocket: (socket: StreamSocket, options?: WrapOptions) => SslSocket;

  /** @throws {SslError} if a certificate or a key cannot be read; when the context is used the first time. */
  constructor(options: SslContextOptions = {}) {
    this.options = options;
  }

  /** @internal Begins a client's handshake. */
  connect(raw: NodeSocket, hostname: string | undefined, handshake: Handshake): void {
    const { verify = 'required', checkHostname = true, alpn } = this.options;
    const stream = connect({
      socket: raw,
      // An address is no name to ask for, but the certificate must be for it.
      ...(isIP(hostname ?? '') === 0 ? { servername: hostname } : { host: hostname }),
      secureContext: this.secureContext(),
      rejectUnauthorized: verify === 'required',
      ALPNProtocols: alpn && [...alpn],
      ...(checkHostname ? {} : { checkServerIdentity: () => undefined }),
    });
    const failed = (error: Error) => handshake.failed(error);
    stream.on('error', failed);
    stream.once('secureConnect', () => {
      stream.off('error', failed);
      handshake.done(stream);
    });
  }

  /** @internal Begins a server's handshake. */
  accept(raw: NodeSocket, handshake: Handshake): void {
    const server = this.idle.pop() ?? this.newServer();
    const end = () => {
      server.removeAllListeners('secureConnection').removeAllListeners('tlsClientError');
      this.idle.push(server);
    };
    // Otherwise Node would not tell that the client has gone in the middle of the handshake.
    raw.allowHalfOpen = false;
    server.once('secureConnection', (stream) => {
      end();
      stream.allowHalfOpen = true;
      handshake.done(stream);
    });
    server.once('tlsClientError', (error, stream) => {
      end();
      stream.destroy();
      handshake.failed(error);
    });
    server.emit('connection', raw);
  }

  private secureContext(): SecureContext {
    this.made ??= createSecureContext(this.options);
    return this.made;
  }

  private newServer(): Server {
    return createServer(this.serverOptions());
  }

  /** @internal Node's options for a server with this context. */
  serverOptions(): TlsOptions {
    const { verify = 'none', alpn, serverNames, checkHostname, ...options } = this.options;
    return {
      ...options,
      requestCert: verify !== 'none',
      rejectUnauthorized: verify === 'required',
      ALPNProtocols: alpn && [...alpn],
      SNICallback: (name, done) => {
        const named = serverNames?.[name] ?? this;
        done(null, named.secureContext());
      },
    };
  }
}

/** Puts TLS onto a socket with a context of its own. May switch: `new SslContext(options).wrapSocket(socket, options)`. */
export const wrapSocket: (
  socket: StreamSocket,
  options?: SslContextOptions & WrapOptions,
) => SslSocket = switching('wrapSocket', wrapWithNewContext) as never;

switchingMethods(SslContext, { wrapSocket: wrapForm });

type Steps = Generator<undefined, SslSocket, unknown>;

function* wrapForm(this: SslContext, socket: StreamSocket, options: WrapOptions = {}): Steps {
  const wrapped = new SslSocket(socket.family, this, options);
  yield* wrapped.takeOver(socket);
  return wrapped;
}

function* wrapWithNewContext(
  socket: StreamSocket,
  { serverSide, serverHostname, ...options }: SslContextOptions & WrapOptions = {},
): Steps {
  return yield* wrapForm.call(new SslContext(options), socket, { serverSide, serverHostname });
}
