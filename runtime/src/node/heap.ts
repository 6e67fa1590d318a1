/** Searching the heap: finds the greenlets that are referenced from anywhere, also those that have ended or have not started. */

import { Session } from 'node:inspector';
import { Greenlet } from '../core/greenlet.ts';

/** Where the object lies that the inspector is told to look at. */
const HANDLE = 'greenlets.heap';

interface Handle {
  prototype: object;
  found: Greenlet[];
}

/** All greenlets on the heap. Collects garbage first, and takes some milliseconds. */
export function greenletsOnHeap(): Greenlet[] {
  const handle: Handle = { prototype: Greenlet.prototype, found: [] };
  const home = globalThis as { [key: symbol]: unknown };
  const key = Symbol.for(HANDLE);
  const session = new Session();
  session.connect();
  try {
    home[key] = handle;
    const expression = `globalThis[Symbol.for('${HANDLE}')].prototype`;
    session.post('Runtime.evaluate', { expression }, (_, evaluated) => {
      const prototypeObjectId = evaluated?.result.objectId;
      if (prototypeObjectId === undefined) return;
      session.post('Runtime.queryObjects', { prototypeObjectId }, (_, queried) => {
        const functionDeclaration = `function () { globalThis[Symbol.for('${HANDLE}')].found = [...this]; }`;
        const objectId = queried?.objects.objectId;
        session.post('Runtime.callFunctionOn', { functionDeclaration, objectId });
      });
    });
  } finally {
    delete home[key];
    session.disconnect();
  }
  // The prototypes of subclasses are found, too: they have no state of their own.
  return handle.found.filter((each) => Object.hasOwn(each, 'state'));
}
