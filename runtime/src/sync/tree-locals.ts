/** Values that a whole tree of spawned greenlets shares (gevent's `spawn_tree_locals`). */

import type { Greenlet } from '../core/greenlet.ts';
import { hub } from '../core/hub.ts';

const shared = new WeakMap<Greenlet, Record<string, unknown>>();

/**
 * The object that a greenlet shares with the one that spawned it, and with those that it spawns. Each greenlet that main has
 * spawned begins a tree of its own. Never switches.
 */
export function spawnTreeLocals(greenlet: Greenlet): Record<string, unknown> {
  const { spawningGreenlet } = greenlet;
  if (spawningGreenlet !== undefined && spawningGreenlet !== hub.main) {
    return spawnTreeLocals(spawningGreenlet);
  }
  let locals = shared.get(greenlet);
  if (locals === undefined) {
    locals = {};
    shared.set(greenlet, locals);
  }
  return locals;
}
