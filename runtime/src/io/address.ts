/** Addresses of sockets. */

import { isIPv6 } from 'node:net';

/** Where a socket is: host and port, or the path of a Unix socket (on Windows: of a named pipe). */
export type Address = readonly [host: string, port: number] | string;

/** The family of a socket's addresses. */
export type Family = 'IPv4' | 'IPv6' | 'Unix';

export const AF_INET = 'IPv4';
export const AF_INET6 = 'IPv6';
export const AF_UNIX = 'Unix';

/** For people: `127.0.0.1:5000`, `[::1]:5000`, the path. */
export function formatAddress(address: Address | undefined): string {
  if (address === undefined) return '';
  if (typeof address === 'string') return address;
  const [host, port] = address;
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/**
 * An address that was given to a socket, checked.
 *
 * @throws {TypeError} if it does not fit the family.
 * @throws {RangeError} if the port is none.
 */
export function checkAddress(address: unknown, family: Family): Address {
  if (family === 'Unix') {
    if (typeof address === 'string' && address !== '') return address;
    throw new TypeError(`The address of a Unix socket is a path, not ${show(address)}`);
  }
  if (!Array.isArray(address) || address.length !== 2 || typeof address[0] !== 'string') {
    throw new TypeError(`An address is [host, port], not ${show(address)}`);
  }
  return [address[0], checkPort(address[1])];
}

/** The family that an address needs. */
export function familyOf(address: Address): Family {
  if (typeof address === 'string') return 'Unix';
  return isIPv6(address[0]) ? 'IPv6' : 'IPv4';
}

/** What a server listens at: an address, a port, or `host:port` in one string. */
export type ListenAddress = Address | number;

/**
 * What was given to a server: `8000`, `':8000'`, `'*:8000'`, `'127.0.0.1:8000'`, `'[::1]:8000'`, `['127.0.0.1', 8000]`, or a path
 * with a slash (on Windows `\\.\pipe\…`). A host that is left out means all addresses of the machine, IPv6's among them.
 *
 * @throws {TypeError} if it is none of these.
 * @throws {RangeError} if the port is none.
 */
export function parseAddress(given: unknown): { address: Address; family: Family } {
  if (typeof given === 'string' && /[\\/]/.test(given)) return { address: given, family: 'Unix' };
  const [host, port] = hostAndPort(given);
  const family = host === '' || host.includes(':') ? 'IPv6' : 'IPv4';
  return { address: [host, checkPort(port)], family };
}

function hostAndPort(given: unknown): [string, unknown] {
  if (typeof given === 'number') return ['', given];
  if (Array.isArray(given)) return checkAddress(given, 'IPv4') as [string, number];
  if (typeof given !== 'string') {
    throw new TypeError(`Expected an address, a port or a socket, not ${show(given)}`);
  }
  const match = /^(?:\[([^\]]*)\]:|([^:]*):)?(\d+)$/.exec(given);
  if (match === null) {
    throw new TypeError(
      `Failed to parse address ${show(given)}: it is neither HOST:PORT nor a path with a slash`,
    );
  }
  const host = match[1] ?? match[2] ?? '';
  return [host === '*' ? '' : host, Number(match[3])];
}

function checkPort(port: unknown): number {
  if (Number.isInteger(port) && (port as number) >= 0 && (port as number) <= 65535) {
    return port as number;
  }
  throw new RangeError(`A port is an integer from 0 to 65535, not ${show(port)}`);
}

function show(value: unknown): string {
  return typeof value === 'string'
    ? `'${value}'`
    : Array.isArray(value)
      ? `[${value}]`
      : String(value);
}
