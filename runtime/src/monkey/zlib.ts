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
        // For the asynchronous functions there is nothing to compress then.
        const isMissing = buffer === undefined || buffer === null;
        if (isMissing || typeof options === 'function') return undefined;
        const known = name === 'zstdCompressSync' ? pledged(buffer, options) : options;
        Reflect.apply(asynchronous, self, [buffer, known, done]);
        return {};
      };
      return blocking('zlib', name, fn, twinOf(`zlib.${name}`, fn, begin));
    });
}

/** The blocking function knows the size from the start, and writes it into the frame. */
function pledged(buffer: unknown, options: unknown): object {
  const pledgedSrcSize =
    typeof buffer === 'string' ? Buffer.byteLength(buffer) : (buffer as ArrayBuffer).byteLength;
  return { pledgedSrcSize, ...(options as object | undefined) };
}
