/** Giving way for a time. */

import type { Frame } from './frame.ts';
import { hub } from './hub.ts';
import { switching } from './ordinary.ts';
import { giveWay, park } from './wait.ts';

/**
 * Lets other greenlets run, and goes on after `seconds`. Always switches (gevent's `sleep`).
 *
 * @param seconds zero or less: as soon as every greenlet that is ready now has had its turn.
 * @param options `ref: false`: this alone does not keep the process alive.
 * @throws {CannotSwitchError} below a native function and in the hub.
 */
export const sleep: (seconds?: number, options?: { ref?: boolean }) => void = switching(
  'sleep',
  sleepForm,
);

function sleepForm(seconds = 0, { ref = true }: { ref?: boolean } = {}): Frame {
  const greenlet = hub.parking('sleep');
  if (!(seconds > 0)) return giveWay(greenlet, 'sleep', seconds);
  const timer = hub.after(seconds, () => hub.resume(greenlet, undefined), greenlet.holds(), {
    late: false,
    ref,
  });
  return park(greenlet, 'sleep', seconds, { cancel: () => hub.cancel(timer) });
}
