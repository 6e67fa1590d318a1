/** Tools for tests: the names that programs import from `greenlets/testing`. */

import './node/install.ts';
import { hub } from './core/hub.ts';
import * as invariants from './core/invariants.ts';

export type { Callback } from './core/hub.ts';
export type { Policy } from './core/policy.ts';
export { ScriptedPolicy } from './testing/scripted-policy.ts';
export { SeededPolicy } from './testing/seeded-policy.ts';
export { VirtualClock, type VirtualClockOptions } from './testing/virtual-clock.ts';
export { waitAllParked } from './testing/wait-all-parked.ts';

/**
 * Checks after every turn of the hub that nothing is broken: that each greenlet is in exactly one place, lists and timers are whole, and
 * so on. Slow. The environment variable GREENLETS_CHECKED=1 does the same from the start.
 *
 * @returns stops it.
 */
export function checkEveryTurn(): () => void {
  return invariants.checkEveryTurn(hub);
}
