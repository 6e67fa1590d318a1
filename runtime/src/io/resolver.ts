/** Asking name servers (in the part of gevent's `resolver.ares`). */

import {
  type AnyRecord,
  type CaaRecord,
  type MxRecord,
  type NaptrRecord,
  Resolver as NodeResolver,
  type SoaRecord,
  type SrvRecord,
} from 'node:dns';
import { switchingMethods } from '../core/methods.ts';
import { calledBack, type Done } from './callback.ts';
import { GaiError } from './socket-error.ts';

/** Options of a Resolver. */
export interface ResolverOptions {
  /** The name servers, `ADDRESS` or `ADDRESS:PORT`; by default those of the system. */
  servers?: readonly string[];
  /** How long one question may take, in seconds. */
  timeout?: number;
  /** How often each server is asked. */
  tries?: number;
}

/** Asks name servers itself, in place of the system: `/etc/hosts` does not count. */
export class Resolver {
  /** @internal */ readonly node: NodeResolver;

  /** The IPv4 addresses of a host. May switch, as the others do. @throws {GaiError} */
  declare resolve4: (host: string) => string[];
  /** The IPv6 addresses of a host. */
  declare resolve6: (host: string) => string[];
  declare resolveAny: (host: string) => AnyRecord[];
  declare resolveCaa: (host: string) => CaaRecord[];
  declare resolveCname: (host: string) => string[];
  declare resolveMx: (host: string) => MxRecord[];
  declare resolveNaptr: (host: string) => NaptrRecord[];
  declare resolveNs: (host: string) => string[];
  declare resolvePtr: (host: string) => string[];
  declare resolveSoa: (host: string) => SoaRecord;
  declare resolveSrv: (host: string) => SrvRecord[];
  declare resolveTxt: (host: string) => string[][];
  /** The names of an address. */
  declare reverse: (address: string) => string[];

  /** @throws {TypeError} if a server is no address. */
  constructor({ servers, timeout, tries }: ResolverOptions = {}) {
    const milliseconds = timeout === undefined ? undefined : timeout * 1000;
    this.node = new NodeResolver({ timeout: milliseconds, tries });
    if (servers !== undefined) this.node.setServers(servers);
  }

  /** The name servers that it asks. */
  getServers(): string[] {
    return this.node.getServers();
  }

  /** Ends all questions that are asked now: who waits for an answer gets a GaiError with the code ECANCELLED. */
  cancel(): void {
    this.node.cancel();
  }
}

const QUESTIONS = [
  'resolve4',
  'resolve6',
  'resolveAny',
  'resolveCaa',
  'resolveCname',
  'resolveMx',
  'resolveNaptr',
  'resolveNs',
  'resolvePtr',
  'resolveSoa',
  'resolveSrv',
  'resolveTxt',
  'reverse',
] as const;

switchingMethods(Resolver, Object.fromEntries(QUESTIONS.map((name) => [name, asking(name)])));

function asking(question: (typeof QUESTIONS)[number]) {
  return function* (this: Resolver, name: string): Generator<undefined, unknown, unknown> {
    const ask = this.node[question] as (name: string, done: Done) => void;
    const call = (done: Done) => Reflect.apply(ask, this.node, [name, done]);
    const [answer] = yield* calledBack(`Resolver.${question}`, name, call, gaiErrorOf);
    return answer;
  };
}

function gaiErrorOf(error: unknown): unknown {
  if (error instanceof TypeError || error instanceof RangeError) return error;
  const { message, code = 'EAI_FAIL', syscall } = error as NodeJS.ErrnoException;
  return new GaiError(message, { code, syscall, cause: error });
}
