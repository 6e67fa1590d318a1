/** What lets a debugger join a program that already runs: the program loads the debugger's part of the runtime when it is asked to. */

import { createRequire } from 'node:module';
import { ATTACH, type AttachOffer } from '../protocol/bridge.ts';
import { PROTOCOL_VERSION } from '../protocol/snapshot.ts';

/**
 * Offers a debugger to attach.
 *
 * @param folder the URL of the runtime's build, with a slash at its end.
 */
export function offerAttach(folder: string): void {
  const offer: AttachOffer = {
    protocol: PROTOCOL_VERSION,
    folder,
    load: () => createRequire(folder)('./debug.cjs'),
  };
  Object.defineProperty(globalThis, Symbol.for(ATTACH), { value: offer });
}
