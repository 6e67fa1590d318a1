/** Giving way for a time. */

import type { Frame } from './frame.ts';
import type { Greenlet } from './greenlet.ts';
import { hub } from './hub.ts';
import { switching } from './ordinary.ts';
import { PLAIN, type Timer } from './timers.ts';
import { giveWay, park } from './wait.ts';

/**
 * Lets other greenlets run, and goes on after `seconds`. Always switches (gevent's `sleep`).
 *
 * @param seconds zero or less: as soon as every greenlet that is ready now has had its turn.
 * @param options `ref: false`: this alone does not keep the process alive.
 * @throws {TypeError} if `seconds` is not a number.
 * @throws {CannotSwitchError} below a native function and in the hub.
 */
export const sleep: (seconds?: number, options?: { ref?: boolean }) => void = switching(
  'sleep',
  sleepForm,
);

function sleepForm(seconds = 0, { ref = true }: { ref?: boolean } = {}): Frame {
  const greenlet = hub.parking('sleep');
  if (typeof seconds !== 'number') {
    throw new TypeError(`sleep takes a number of seconds, not ${String(seconds)}`);
  }
  if (!(seconds > 0)) return giveWay(greenlet, 'sleep', seconds);
  const timer = hub.after(seconds, goOn, greenlet.holds(), ref ? PLAIN : UNREFERENCED);
  timer.wakes = greenlet;
  return park(greenlet, 'sleep', seconds, timer);
}

const UNREFERENCED = { late: false, ref: false };

function goOn(timer: Timer): void {
  hub.resume(timer.wakes as Greenlet, undefined);
}
