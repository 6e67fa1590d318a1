/** Sockets: the names that programs import from `greenlets/socket`. */

import './node/install.ts';

export {
  type Address,
  AF_INET,
  AF_INET6,
  AF_UNIX,
  type Family,
  formatAddress,
  type ListenAddress,
  parseAddress,
} from './io/address.ts';
export {
  type ConnectionOptions,
  createConnection,
  createServer,
  type ServerOptions,
} from './io/create-connection.ts';
export { type Datagram, type DatagramOptions, DatagramSocket } from './io/datagram-socket.ts';
export { SOCK_DGRAM, SOCK_STREAM, type SocketType, socket } from './io/make-socket.ts';
export {
  type AddressInfo,
  type AddressInfoOptions,
  getaddrinfo,
  getfqdn,
  gethostbyaddr,
  gethostbyname,
  gethostbynameEx,
  gethostname,
  getnameinfo,
} from './io/names.ts';
export { getDefaultTimeout, Socket, setDefaultTimeout } from './io/socket.ts';
export {
  ConcurrentObjectUseError,
  GaiError,
  SocketError,
  SocketTimeout,
  SslError,
} from './io/socket-error.ts';
export { type FileOptions, SocketFile } from './io/socket-file.ts';
export type { StreamOptions } from './io/socket-options.ts';
export { socketpair } from './io/socket-pair.ts';
export { type How, SHUT_RD, SHUT_RDWR, SHUT_WR, StreamSocket } from './io/stream-socket.ts';
export type { RecvOptions } from './io/transfer.ts';
export { type WaitOptions, waitRead, waitReadWrite, waitWrite } from './io/wait-io.ts';
