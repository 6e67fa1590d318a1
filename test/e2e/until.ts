/** Waiting for what an editor comes to show. */

import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';

/** How long anything may take before it counts as missing, in milliseconds. */
const PATIENCE = 30_000;
/** How often it is looked at, in milliseconds. */
const INTERVAL = 100;

/**
 * Waits until something is as wanted; rejects with what it was instead.
 *
 * @param describe says it in other words.
 */
export async function until<T>(
  read: () => Promise<T>,
  wanted: T,
  describe?: () => string,
): Promise<void> {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const value = await read();
    if (isDeepStrictEqual(value, wanted)) return;
    if (Date.now() > deadline) assert.deepEqual(value, wanted, describe?.());
    await new Promise((resolve) => setTimeout(resolve, INTERVAL));
  }
}
