/** Waiting for other threads: `Atomics.wait`. */

import { blocking, type Patchable } from './patchable.ts';
import { type Begin, twinOf } from './twin.ts';

type Wait = (
  array: Int32Array | BigInt64Array,
  index: number,
  value: number | bigint,
  timeout?: number,
) => { async: false; value: string } | { async: true; value: Promise<string> };

/** `Atomics.wait`. */
export function threadFunctions(): Patchable[] {
  const { wait } = Atomics;
  return [blocking('Atomics', 'wait', wait, twinOf('Atomics.wait', wait, begin))];
}

const begin: Begin = (_, args, done) => {
  const [array, index, value, timeout] = args as Parameters<Wait>;
  const { waitAsync } = Atomics as unknown as { waitAsync: Wait };
  const outcome = waitAsync(array, index, value, timeout);
  if (!outcome.async) {
    done(null, outcome.value);
    return {};
  }
  outcome.value.then((result) => done(null, result));
  // A notification that comes for nobody is for the next one who waits.
  const discard = (result: unknown) => {
    if (result === 'ok') Atomics.notify(array as Int32Array, index, 1);
  };
  return { discard, isIdle: true };
};
