/** Names and addresses of hosts (gevent's `getaddrinfo` and its kin), looked up by the system. */

import { lookup, lookupService } from 'node:dns';
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import { switching } from '../core/ordinary.ts';
import type { Address } from './address.ts';
import { calledBack, type Done } from './callback.ts';
import { GaiError, socketErrorOf } from './socket-error.ts';

/** Options of `getaddrinfo`. */
export interface AddressInfoOptions {
  /** Only addresses of this family. */
  family?: 'IPv4' | 'IPv6';
  /** Only for sockets of this type; it changes nothing but what is told. */
  type?: 'stream' | 'datagram';
  /** Where no host is given: the address to listen at, not that to connect to. */
  passive?: boolean;
  /** The host must be an address already. */
  numericHost?: boolean;
}

/** One way to reach a host. */
export interface AddressInfo {
  family: 'IPv4' | 'IPv6';
  type: 'stream' | 'datagram';
  address: readonly [host: string, port: number];
}

/**
 * The addresses of a host, in the order in which they should be tried. May switch (gevent's `getaddrinfo`).
 *
 * @param host a name or an address; empty or null: this machine.
 * @throws {GaiError} if there are none.
 */
export const getaddrinfo: (
  host: string | null,
  port?: number | string | null,
  options?: AddressInfoOptions,
) => AddressInfo[] = switching('getaddrinfo', addressInfoForm) as never;

/** The IPv4 address of a host. May switch. @throws {GaiError} */
export const gethostbyname: (host: string) => string = switching(
  'gethostbyname',
  byNameForm,
) as never;

/** The host's name, its other names (none are known), and all its IPv4 addresses. May switch. @throws {GaiError} */
export const gethostbynameEx: (host: string) => [string, string[], string[]] = switching(
  'gethostbynameEx',
  byNameExForm,
) as never;

/** The name of a host or address, its other names (none are known), and its address. May switch. @throws {GaiError} */
export const gethostbyaddr: (address: string) => [string, string[], string[]] = switching(
  'gethostbyaddr',
  byAddressForm,
) as never;

/**
 * The names of a host and of a port's service. May switch.
 *
 * @throws {GaiError} if the host is no address.
 */
export const getnameinfo: (address: Address) => [host: string, service: string] = switching(
  'getnameinfo',
  nameInfoForm,
) as never;

/** The full name of a host, by default of this machine; the name itself if there is no other. May switch. */
export const getfqdn: (host?: string) => string = switching('getfqdn', fqdnForm) as never;

/** The name of this machine. Never switches. */
export function gethostname(): string {
  return hostname();
}

type Steps<R> = Generator<undefined, R, unknown>;

export function* addressInfoForm(
  host: string | null,
  port: number | string | null = 0,
  { family, type = 'stream', passive = false, numericHost = false }: AddressInfoOptions = {},
): Steps<AddressInfo[]> {
  const checkedPort = portOf(port);
  const name = host || (passive ? (family === 'IPv4' ? '0.0.0.0' : '::') : 'localhost');
  if (numericHost && isIP(name) === 0) {
    throw new GaiError(`'${name}' is no address`, { code: 'EAI_NONAME' });
  }
  const wanted = family === undefined ? 0 : family === 'IPv6' ? 6 : 4;
  const number = isIP(name);
  const found =
    number !== 0 && (wanted === 0 || number === wanted)
      ? [{ address: name, family: number }]
      : yield* lookUp(name, wanted);
  return found.map((each) => ({
    family: each.family === 6 ? 'IPv6' : 'IPv4',
    type,
    address: [each.address, checkedPort],
  }));
}

function* byNameForm(host: string): Steps<string> {
  const [first] = yield* addressInfoForm(host, 0, { family: 'IPv4' });
  return (first as AddressInfo).address[0];
}

function* byNameExForm(host: string): Steps<[string, string[], string[]]> {
  const found = yield* addressInfoForm(host, 0, { family: 'IPv4' });
  return [host, [], found.map((each) => each.address[0])];
}

function* byAddressForm(host: string): Steps<[string, string[], string[]]> {
  const [found] = yield* addressInfoForm(host);
  const { address } = found as AddressInfo;
  const [name] = yield* nameInfoForm(address);
  return [name, [], [address[0]]];
}

function* nameInfoForm(address: Address): Steps<[string, string]> {
  const [host, port] = address as [string, number];
  const call = (done: Done) => lookupService(host, port, done);
  return (yield* calledBack('getnameinfo', host, call, socketErrorOf)) as [string, string];
}

function* fqdnForm(host: string = hostname()): Steps<string> {
  try {
    const [name = host] = yield* byAddressForm(host);
    return name;
  } catch (error) {
    if (error instanceof GaiError) return host;
    throw error;
  }
}

function* lookUp(name: string, family: number): Steps<{ address: string; family: number }[]> {
  const call = (done: Done) => lookup(name, { all: true, family, verbatim: true }, done);
  const [found] = yield* calledBack('getaddrinfo', name, call, socketErrorOf);
  return found as { address: string; family: number }[];
}

function portOf(port: number | string | null): number {
  const number = typeof port === 'string' && /^\d+$/.test(port) ? Number(port) : (port ?? 0);
  if (typeof number === 'number' && Number.isInteger(number) && number >= 0 && number <= 65535) {
    return number;
  }
  throw new GaiError(`'${port}' is no port: names of services are not looked up`, {
    code: 'EAI_SERVICE',
  });
}
