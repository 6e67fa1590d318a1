/** The errors of sockets. All that come from the system carry Node's `code`. */

/** What is known of a failed operation. */
export interface SocketErrorDetails {
  /** Node's word for what went wrong: `ECONNREFUSED`, `EADDRINUSE`… */
  code: string;
  /** The system's number for it. */
  errno?: number;
  /** The operation: `connect`, `listen`, `read`… */
  syscall?: string;
  /** The address that it was about. */
  address?: string;
  port?: number;
  /** Node's own error. */
  cause?: unknown;
}

/** Any failure of a socket (gevent's `socket.error`, Python's `OSError`). */
export class SocketError extends Error {
  override name = 'SocketError';
  readonly code: string;
  declare readonly errno?: number;
  declare readonly syscall?: string;
  declare readonly address?: string;
  declare readonly port?: number;

  constructor(message: string, { code, errno, syscall, address, port, cause }: SocketErrorDetails) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    for (const [name, value] of Object.entries({ errno, syscall, address, port })) {
      if (value !== undefined) Object.defineProperty(this, name, { value, enumerable: true });
    }
  }
}

/** The time of a socket's own limit is over (gevent's `socket.timeout`). */
export class SocketTimeout extends SocketError {
  override name = 'SocketTimeout';

  constructor(message: string = 'timed out') {
    super(message, { code: 'ETIMEDOUT' });
  }
}

/** A name or an address could not be looked up (gevent's `socket.gaierror`). */
export class GaiError extends SocketError {
  override name = 'GaiError';
}

/** The TLS layer of a connection has failed (gevent's `ssl.SSLError`). */
export class SslError extends SocketError {
  override name = 'SslError';
}

/** A second greenlet wants to wait in the same direction of the same socket (gevent's error of the same name). */
export class ConcurrentObjectUseError extends Error {
  override name = 'ConcurrentObjectUseError';
}

/** The error of this room for one of Node's. One of ours, and a bad argument, are returned as they are. */
export function socketErrorOf(error: unknown): Error {
  if (error instanceof SocketError || error instanceof TypeError || error instanceof RangeError) {
    return error;
  }
  const { message, code = 'EUNKNOWN', ...rest } = pick(error as NodeJS.ErrnoException);
  const details = { ...rest, code, cause: error };
  if (rest.syscall?.startsWith('get') || code.startsWith('EAI_')) {
    return new GaiError(message, details);
  }
  if (isTls(error as Error, code)) return new SslError(message, details);
  return new SocketError(message, details);
}

/** The socket was closed, here or in another greenlet. */
export function badDescriptor(): SocketError {
  return new SocketError('The socket is closed', { code: 'EBADF' });
}

/** The socket has no peer. */
export function notConnected(): SocketError {
  return new SocketError('The socket is not connected', { code: 'ENOTCONN' });
}

/** The operation would have to wait, and the socket may not: its timeout is 0. */
export function wouldBlock(): SocketError {
  return new SocketError('The operation would have to wait', { code: 'EAGAIN' });
}

/** The sending side was shut down, here or by the peer. */
export function brokenPipe(): SocketError {
  return new SocketError('The socket is shut down for sending', { code: 'EPIPE' });
}

type Details = Omit<SocketErrorDetails, 'code' | 'cause'> & { message: string; code?: string };

function pick(error: NodeJS.ErrnoException & { address?: string; port?: number }): Details {
  const { message, code, errno, syscall, address, port } = error;
  return { message, code, errno, syscall, address, port };
}

/** OpenSSL's errors have a `library` or a `reason`, as those of HTTP's parser do; those of certificates have codes without a prefix. */
function isTls(error: Error, code: string): boolean {
  if (code.startsWith('HPE_')) return false;
  return (
    'library' in error ||
    'reason' in error ||
    /^(ERR_(SSL|TLS)_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_)/.test(code)
  );
}
