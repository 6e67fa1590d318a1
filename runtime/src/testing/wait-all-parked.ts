/** Waiting until everybody else waits. */

import type { Frame } from '../core/frame.ts';
import { hub } from '../core/hub.ts';
import { switching } from '../core/ordinary.ts';
import { Waiter } from '../core/wait.ts';

/** After whoever is merely idle, before a virtual clock jumps. */
const PRIORITY = -1000;

/**
 * Waits until all other greenlets wait, and nothing is ready: so that a test can look at what they wait for. A virtual clock does not jump
 * before. Always switches.
 */
export const waitAllParked: () => void = switching('waitAllParked', waitAllParkedForm);

function waitAllParkedForm(): Frame {
  const waiter = new Waiter('waitAllParked');
  waiter.onDone(hub.idlers.add(PRIORITY, () => waiter.wake(undefined), true));
  return waiter.park('waitAllParked', undefined);
}
