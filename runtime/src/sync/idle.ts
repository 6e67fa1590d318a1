/** Giving way until there is nothing else to do. */

import type { Frame } from '../core/frame.ts';
import { hub } from '../core/hub.ts';
import { switching } from '../core/ordinary.ts';
import { Waiter } from '../core/wait.ts';

/**
 * Goes on when the loop has polled and nothing is ready: no greenlet, no timer that is due. Always switches (gevent's `idle`).
 */
export const idle: () => void = switching('idle', idleForm);

function idleForm(): Frame {
  const waiter = new Waiter('idle');
  let over = false;
  waiter.onDone(() => {
    over = true;
  });
  const look = () => {
    if (over) return;
    if (hub.isBusy()) hub.loop.turn(look, true);
    else waiter.wake(undefined);
  };
  hub.loop.turn(look, true);
  return waiter.park('idle', undefined);
}
