/** Giving way until there is nothing else to do. */

import type { Frame } from '../core/frame.ts';
import { hub } from '../core/hub.ts';
import { switching } from '../core/ordinary.ts';
import { Waiter } from '../core/wait.ts';

/**
 * Goes on when the loop has polled and nothing is ready: no greenlet, no timer that is due. Always switches (gevent's `idle`).
 *
 * @param priority of several that are idle, those with the highest priority go on first; 0 by default.
 */
export const idle: (priority?: number) => void = switching('idle', idleForm);

function idleForm(priority = 0): Frame {
  const waiter = new Waiter('idle');
  waiter.onDone(hub.idlers.add(priority, () => waiter.wake(undefined), true));
  return waiter.park('idle', undefined);
}
