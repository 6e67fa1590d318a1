/** Name resolution: without a callback, a greenlet waits for the answer. For everyone else a missing callback is an error. */

import dns from 'node:dns';
import { type Callable, calling, type Patchable } from './patchable.ts';
import { type Begin, type Done, twinOf } from './twin.ts';

const ANSWERS: Readonly<Record<string, (done: Done) => Callable>> = {
  lookup: (done) => (error, address, family) =>
    done(error, Array.isArray(address) ? address : { address, family }),
  lookupService: (done) => (error, hostname, service) => done(error, { hostname, service }),
};

/** `lookup`, `lookupService`, `resolve…` and `reverse` of `node:dns`, and those of its `Resolver`. */
export function dnsFunctions(): Patchable[] {
  return [...functionsOf(dns, ''), ...functionsOf(dns.Resolver.prototype, 'Resolver.')];
}

function functionsOf(owner: object, prefix: string): Patchable[] {
  return Object.getOwnPropertyNames(owner)
    .filter((name) => /^(?:lookup|lookupService|resolve.*|reverse)$/.test(name))
    .map((name) => {
      const fn = (owner as Record<string, Callable>)[name] as Callable;
      const answer = ANSWERS[name] ?? ((done: Done) => done);
      const begin: Begin = (self, args, done) => {
        if (args.some((each) => typeof each === 'function')) return undefined;
        Reflect.apply(fn, self, [...args, answer(done)]);
        return { on: String(args[0]) };
      };
      return calling('dns', `${prefix}${name}`, fn, twinOf(`dns.${prefix}${name}`, fn, begin));
    });
}
