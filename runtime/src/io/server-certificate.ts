/** Looking at a server's certificate (gevent's `ssl.get_server_certificate`). */

import { called } from '../core/call.ts';
import { switching } from '../core/ordinary.ts';
import type { Address } from './address.ts';
import { type ConnectionOptions, createConnection } from './create-connection.ts';
import { SslContext } from './ssl-context.ts';
import type { SslSocket } from './ssl-socket.ts';
import type { StreamSocket } from './stream-socket.ts';

/**
 * The certificate that a server shows, as PEM, whether it is trusted or not. May switch.
 *
 * @throws {SocketError} if it cannot be reached.
 */
export const getServerCertificate: (
  address: readonly [host: string, port: number],
  options?: ConnectionOptions,
) => string = switching('getServerCertificate', certificateForm) as never;

function* certificateForm(
  address: Address,
  options?: ConnectionOptions,
): Generator<undefined, string, unknown> {
  const plain = (yield* called(createConnection, undefined, address, options)) as StreamSocket;
  const context = new SslContext({ verify: 'none', checkHostname: false });
  const names = { serverHostname: address[0] };
  const socket = (yield* called(context.wrapSocket, context, plain, names)) as SslSocket;
  try {
    const { raw } = socket.getPeerCertificate() ?? {};
    const base64 = raw?.toString('base64').match(/.{1,64}/g) ?? [];
    return ['-----BEGIN CERTIFICATE-----', ...base64, '-----END CERTIFICATE-----', ''].join('\n');
  } finally {
    socket.close();
  }
}
