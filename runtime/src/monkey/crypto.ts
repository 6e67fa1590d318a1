/** Node's cryptography: the functions that take long, and those that wait for random bytes. */

import crypto from 'node:crypto';
import { blocking, type Callable, type Patchable } from './patchable.ts';
import { asking, type Begin, type Done, twinOf } from './twin.ts';

/** Functions with an asynchronous one beside them, and how many arguments come before its callback. */
const ARGUMENTS: Readonly<Record<string, number>> = {
  argon2: 2,
  checkPrime: 2,
  generateKey: 2,
  generateKeyPair: 2,
  generatePrime: 2,
  hkdf: 5,
  pbkdf2: 5,
  randomFill: Number.NaN,
  scrypt: 4,
};

/** Functions that block when they are called without a callback. */
const OWN_CALLBACK: Readonly<Record<string, number>> = {
  decapsulate: 2,
  encapsulate: 1,
  randomBytes: 1,
  randomInt: Number.NaN,
  sign: 3,
  verify: 4,
};

/** Every function of `node:crypto` that blocks and can be called with a callback in this version of Node. */
export function cryptoFunctions(): Patchable[] {
  const functions = crypto as unknown as Record<string, Callable | undefined>;
  const make = (name: string, asynchronous: string, count: number): Patchable[] => {
    const fn = functions[name];
    const begun = functions[asynchronous];
    if (fn === undefined || begun === undefined) return [];
    const begin = asking(passing(begun, count, asynchronous === 'generateKeyPair'), fn);
    return [blocking('crypto', name, fn, twinOf(`crypto.${name}`, fn, begin))];
  };
  return [
    ...Object.entries(ARGUMENTS).flatMap(([name, count]) => make(`${name}Sync`, name, count)),
    ...Object.entries(OWN_CALLBACK).flatMap(([name, count]) => make(name, name, count)),
  ];
}

/**
 * Passes the arguments on, followed by a callback.
 *
 * @param count how many they are; NaN: as many as there are.
 * @param isPair whether the callback gets a public and a private key.
 */
function passing(asynchronous: Callable, count: number, isPair: boolean): Begin {
  return (self, args, done) => {
    // Called with a callback of its own.
    if (args.some((each) => typeof each === 'function')) return undefined;
    const given = args.slice(0, args.findLastIndex((each) => each !== undefined) + 1);
    const list = Number.isNaN(count) ? given : Array.from({ length: count }, (_, i) => args[i]);
    const end = isPair ? pairing(done) : done;
    Reflect.apply(asynchronous, self, [...list, end]);
    return {};
  };
}

function pairing(done: Done): (error: unknown, publicKey: unknown, privateKey: unknown) => void {
  return (error, publicKey, privateKey) => done(error, { publicKey, privateKey });
}
