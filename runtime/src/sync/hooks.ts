/** Hooks for spawns and switches (gevent's `add_spawn_callback`, greenlet's `settrace`). Without one, nothing is slower. */

import type { Greenlet } from '../core/greenlet.ts';
import { hub } from '../core/hub.ts';
import { addProbe } from '../core/probes.ts';

/** Is told of every greenlet when it is put into the hub's queue for the first time. */
export type SpawnCallback = (greenlet: Greenlet) => void;

/** The two ends of a switch; undefined is the hub. */
export interface Switch {
  origin: Greenlet | undefined;
  target: Greenlet | undefined;
}

/** Is told of every switch: `throw` where an error is thrown into the target. It must not switch itself. */
export type TraceCallback = (event: 'switch' | 'throw', ends: Switch) => void;

const spawnCallbacks = new Map<SpawnCallback, () => void>();
let trace: { callback: TraceCallback; remove: () => void } | null = null;

/** Calls `callback` with every greenlet that starts from now on; nothing happens if it is there. Never switches. */
export function addSpawnCallback(callback: SpawnCallback): void {
  if (typeof callback !== 'function') throw new TypeError('A spawn callback is a function');
  if (spawnCallbacks.has(callback)) return;
  spawnCallbacks.set(callback, addProbe(hub, { spawn: (greenlet) => callback(greenlet) }));
}

/** Takes back a callback given to `addSpawnCallback`; nothing happens if it is not there. Never switches. */
export function removeSpawnCallback(callback: SpawnCallback): void {
  spawnCallbacks.get(callback)?.();
  spawnCallbacks.delete(callback);
}

/**
 * Calls `callback` at every switch from now on, in place of the one that was set before: each wait is a switch to the hub, and one from
 * the hub. Null: no longer. Never switches.
 *
 * @returns the callback that was set before, or null.
 */
export function setTrace(callback: TraceCallback | null): TraceCallback | null {
  const before = trace?.callback ?? null;
  trace?.remove();
  trace = null;
  if (callback !== null) trace = { callback, remove: addProbe(hub, tracer(callback)) };
  return before;
}

/** The callback that `setTrace` has set, or null. */
export function getTrace(): TraceCallback | null {
  return trace?.callback ?? null;
}

function tracer(callback: TraceCallback) {
  let thrownInto: Greenlet | null = null;
  return {
    kill(greenlet: Greenlet): void {
      thrownInto = greenlet;
    },
    enter(target: Greenlet): void {
      const event = thrownInto === target ? 'throw' : 'switch';
      thrownInto = null;
      callback(event, { origin: undefined, target });
    },
    leave(origin: Greenlet): void {
      // One that was killed before its start has never run.
      if (thrownInto === origin) thrownInto = null;
      else callback('switch', { origin, target: undefined });
    },
  };
}
