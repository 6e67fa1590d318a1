/** Deadlocks of the program as it is now: those of a part, and the story that a LoopExit tells. */

import { LoopExit } from './errors.ts';
import { Greenlet } from './greenlet.ts';
import type { Timer } from './timers.ts';
import { type Deadlock, type DeadlockOptions, deadlocksOf } from './wait-graph.ts';

/** What `Hub.findDeadlocks` returns: whom one of the timers will wake is in none. */
export function findDeadlocks(timers: Iterable<Timer>, options?: DeadlockOptions): Deadlock[] {
  const limited = new Set<Greenlet | null>();
  for (const { wakes } of timers) limited.add(wakes);
  const lasting = [...Greenlet.live()].filter((each) => !limited.has(each));
  return deadlocksOf(lasting.filter(isWaiting), options);
}

/**
 * The error for main where nothing can ever run again: the deadlocks, then what each greenlet waits for.
 *
 * @param living all greenlets that have not ended.
 */
export function loopExit(living: readonly Greenlet[]): LoopExit {
  const waiting = living.filter(isWaiting);
  const deadlocks = deadlocksOf(waiting, { likely: true });
  const lines = [
    'This operation would block forever',
    ...deadlocks.map((each) => `  Deadlock: ${each.text}`),
    ...waiting.map((each) => `  ${each.label} waits: ${each.waitText()}`),
  ];
  return new LoopExit(lines.join('\n'), deadlocks);
}

function isWaiting(greenlet: Greenlet): boolean {
  return greenlet.state === 'waiting';
}
