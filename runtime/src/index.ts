/** gevent's vocabulary for TypeScript: the names that programs import from `greenlets`. */

import './node/install.ts';
import { Greenlet } from './core/greenlet.ts';
import { type Hub, hub } from './core/hub.ts';

export { CannotSwitchError, GreenletExit, LoopExit } from './core/errors.ts';
export { Greenlet, type State } from './core/greenlet.ts';
export type { Hub } from './core/hub.ts';
export { type JoinAllOptions, joinAll } from './core/join.ts';
export { type KillOptions, kill, killAll } from './core/kill.ts';
export { result } from './core/result.ts';
export { sleep } from './core/sleep.ts';
export { Timeout, type WithTimeoutOptions, withTimeout } from './core/timeout.ts';
export {
  addSpawnCallback,
  getTrace,
  removeSpawnCallback,
  type SpawnCallback,
  type Switch,
  setTrace,
  type TraceCallback,
} from './sync/hooks.ts';
export { idle } from './sync/idle.ts';
export type { Waitable } from './sync/linkable.ts';
export { type QueuedCall, runCallback } from './sync/run-callback.ts';
export { iwait, type WaitOptions, wait } from './sync/wait.ts';
export { Waiter } from './sync/waiter.ts';

/** Runs `fn(...args)` in a new greenlet, at the hub's next turn. Never switches (gevent's `spawn`). */
export function spawn<A extends unknown[], R>(
  fn: (...args: A) => R,
  ...args: A
): Greenlet<Awaited<R>> {
  return Greenlet.spawn(fn, ...args);
}

/**
 * Runs `fn(...args)` in a new greenlet, at the hub's next turn; a kill does not come before its start. Never switches (gevent's
 * `spawn_raw`).
 */
export function spawnRaw<A extends unknown[], R>(
  fn: (...args: A) => R,
  ...args: A
): Greenlet<Awaited<R>> {
  const greenlet = new Greenlet<Awaited<R>>(fn as (...args: unknown[]) => unknown, ...args);
  greenlet.raw = true;
  greenlet.start();
  return greenlet;
}

/** Runs `fn(...args)` in a new greenlet, in `seconds`. Never switches (gevent's `spawn_later`). */
export function spawnLater<A extends unknown[], R>(
  seconds: number,
  fn: (...args: A) => R,
  ...args: A
): Greenlet<Awaited<R>> {
  return Greenlet.spawnLater(seconds, fn, ...args);
}

/** The greenlet that runs now; undefined in the hub and in code outside any greenlet (gevent's `getcurrent`). */
export function getCurrent(): Greenlet | undefined {
  return hub.current ?? undefined;
}

/** The hub of this thread (gevent's `get_hub`). */
export function getHub(): Hub {
  return hub;
}

/** For how long (seconds) the hub runs ready greenlets before Node's loop may poll. Never switches. */
export function getSwitchInterval(): number {
  return hub.switchInterval;
}

/** Sets what `getSwitchInterval` returns; 5 ms at first. Never switches. @throws {RangeError} unless it is more than zero. */
export function setSwitchInterval(seconds: number): void {
  if (!(seconds > 0)) throw new RangeError(`A switch interval is more than 0 s, not ${seconds}`);
  hub.switchInterval = seconds;
}
