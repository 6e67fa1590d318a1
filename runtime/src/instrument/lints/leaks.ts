/**
 * Greenlets that still wait when the program has ended, for something that nobody who could go on can reach. Those who sleep, are
 * ready, or wait for the outside world were only dropped, and can go on as far as anybody knows; what they can reach is asked of the heap.
 */

import { Greenlet } from '../../core/greenlet.ts';
import { hub } from '../../core/hub.ts';
import { Several } from '../../core/several.ts';
import { Linkable } from '../../sync/linkable.ts';

/** Tells which of the objects can be reached from greenlets, other than by those who wait; null: that is not known. */
export type Reach = (
  objects: readonly object[],
  from: readonly Greenlet[],
  notBy: readonly Greenlet[],
) => ReadonlySet<object> | null;

/**
 * The greenlets that wait in vain, in the order of their start. Who waits with a time limit is none.
 *
 * @param reach is only asked where there are greenlets that can go on.
 */
export function leaked(reach: Reach): Greenlet[] {
  const limited = new Set<Greenlet | null>();
  for (const { wakes } of hub.alarm) limited.add(wakes);
  const living = [...Greenlet.live()];
  const stuck = new Set(
    living.filter(
      (each) => each.state === 'waiting' && !limited.has(each) && isOnOthers(each.waitOn),
    ),
  );
  const objects = [...new Set([...stuck].flatMap(({ waitOn }) => partsOf(waitOn)))];
  let free = living.filter((each) => !stuck.has(each));
  let reached: ReadonlySet<object> = new Set();
  while (stuck.size > 0) {
    if (free.length > 0) {
      const found = reach(
        objects.filter((each) => !(each instanceof Greenlet)),
        free,
        [...stuck],
      );
      if (found === null) return [];
      reached = found;
    }
    const released = [...stuck].filter((each) => canEnd(each.waitOn, stuck, reached));
    if (released.length === 0) break;
    for (const each of released) stuck.delete(each);
    free = [...free, ...released];
  }
  return [...stuck];
}

/** Whether a wait is for other greenlets or for what they share: not for time, a promise, or the outside world. */
function isOnOthers(on: unknown): boolean {
  if (on instanceof Several) return on.objects.length > 0 && on.objects.every(isOnOthers);
  if (on instanceof Greenlet || on instanceof Linkable) return true;
  return typeof (on as { wakers?: unknown } | null | undefined)?.wakers === 'function';
}

function partsOf(on: unknown): object[] {
  return on instanceof Several ? on.objects.flatMap(partsOf) : [on as object];
}

function canEnd(on: unknown, stuck: ReadonlySet<Greenlet>, reached: ReadonlySet<object>): boolean {
  if (on instanceof Several) {
    return on.objects.filter((each) => canEnd(each, stuck, reached)).length >= on.needed;
  }
  return on instanceof Greenlet ? !stuck.has(on) : reached.has(on as object);
}
