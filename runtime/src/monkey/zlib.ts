/** Node's compression: every `…Sync` function that has an asynchronous one beside it. */

import zlib from 'node:zlib';
import { blocking, type Callable, type Patchable } from './patchable.ts';
import { type Begin, twinOf } from './twin.ts';

const SYNC = /Sync$/;

/** Every function of `node:zlib` that blocks. */
export function zlibFunctions(): Patchable[] {
  const functions = zlib as unknown as Record<string, Callable>;
  return Object.keys(functions)
    .filter((name) => SYNC.test(name) && name.replace(SYNC, '') in functions)
    .map((name) => {
      const fn = functions[name] as Callable;
      const asynchronous = functions[name.replace(SYNC, '')] as Callable;
      const begin: Begin = (self, [buffer, options], done) => {
        if (typeof options === 'function') return undefined;
        Reflect.apply(asynchronous, self, [buffer, options, done]);
        return {};
      };
      return blocking('zlib', name, fn, twinOf(`zlib.${name}`, fn, begin));
    });
}
