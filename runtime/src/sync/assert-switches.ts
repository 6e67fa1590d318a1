/** Finding code that does not give way (gevent's `assert_switches`). */

import { called } from '../core/call.ts';
import { hub } from '../core/hub.ts';
import { switching } from '../core/ordinary.ts';
import { addProbe } from '../core/probes.ts';

/** Options of `assertSwitches`. */
export interface AssertSwitchesOptions {
  /** The longest time between two switches, in seconds; undefined: there must be a switch. */
  maxBlockingTime?: number;
  /** Only the time since the hub ran last counts, at the end of `fn`. */
  hubOnly?: boolean;
}

/** The code has not given way, or not in time. */
export class FailedToSwitch extends Error {
  override name = 'FailedToSwitch';
}

/**
 * Calls `fn`, which must give way: at all, or at least every `maxBlockingTime` seconds. May switch if `fn` does. What it throws goes
 * through.
 *
 * @returns what `fn` returns.
 * @throws {FailedToSwitch} after `fn` has returned.
 */
export const assertSwitches: <R>(fn: () => R, options?: AssertSwitchesOptions) => R = switching(
  'assertSwitches',
  assertSwitchesForm,
) as never;

function* assertSwitchesForm(
  fn: unknown,
  { maxBlockingTime, hubOnly = false }: AssertSwitchesOptions = {},
): Generator<undefined, unknown, unknown> {
  const begin = hub.now();
  let switches = 0;
  let since = begin;
  let longest = 0;
  const ran = () => Math.max(longest, hub.now() - since);
  const stop = addProbe(hub, {
    leave() {
      switches++;
      longest = ran();
    },
    enter() {
      since = hub.now();
    },
  });
  let result: unknown;
  try {
    result = yield* called(fn, undefined);
  } finally {
    stop();
  }
  const blocked = hubOnly ? hub.now() - since : ran();
  const failed = maxBlockingTime === undefined ? switches === 0 : blocked > maxBlockingTime;
  if (!failed) return result;
  const whom = hubOnly ? 'the hub' : 'any greenlet';
  const limit = maxBlockingTime === undefined ? '' : ` (max allowed ${seconds(maxBlockingTime)})`;
  const who = hub.current?.label ?? 'code outside any greenlet';
  throw new FailedToSwitch(
    `To ${whom} in ${seconds(hub.now() - begin)}${limit}: ${who} has blocked`,
  );
}

function seconds(time: number): string {
  return `${time.toFixed(4)} seconds`;
}
