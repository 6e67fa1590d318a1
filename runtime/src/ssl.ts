/** TLS: the names that programs import from `greenlets/ssl`. */

import './node/install.ts';

export { getServerCertificate } from './io/server-certificate.ts';
export { SslError } from './io/socket-error.ts';
export {
  SslContext,
  type SslContextOptions,
  type WrapOptions,
  wrapSocket,
} from './io/ssl-context.ts';
export { SslSocket } from './io/ssl-socket.ts';
