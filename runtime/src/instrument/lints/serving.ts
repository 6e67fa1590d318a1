/** Greenlets that serve: they wait for work in a loop, and are idle when the program has none left. */

import type { Greenlet } from '../../core/greenlet.ts';
import { placeOf } from '../../core/sites.ts';
import type { SwitchRow } from '../../protocol/snapshot.ts';
import { Channel } from '../../sync/channel.ts';
import { SimpleQueue } from '../../sync/queue.ts';
import type { Recorder } from '../recorder.ts';

/** So many of the newest rows are looked through. */
const ROWS = 100_000;

/** Those that have waited before where they wait now, and were woken there; or that have taken from what they wait for. */
export function serving(recorder: Recorder, waiting: readonly Greenlet[]): Set<Greenlet> {
  const found = new Set(waiting.filter(hasTaken));
  if (waiting.length === 0) return found;
  const places = new Map(waiting.map((each) => [each.id, placeKey(each)]));
  const times = new Map<number, number>();
  for (const row of recorder.history({ limit: ROWS }).switches) {
    if (places.get(row.from) === rowKey(row)) times.set(row.from, (times.get(row.from) ?? 0) + 1);
  }
  // The last time is the wait that goes on now.
  for (const each of waiting) if ((times.get(each.id) ?? 0) > 1) found.add(each);
  return found;
}

function hasTaken(greenlet: Greenlet): boolean {
  const { waitOn } = greenlet;
  const isQueue = waitOn instanceof SimpleQueue || waitOn instanceof Channel;
  return isQueue && waitOn.takers.has(greenlet);
}

function placeKey(greenlet: Greenlet): string {
  const { path = '', line = 0, column = 0 } = placeOf(greenlet.site()) ?? {};
  return `${greenlet.waitKind} ${path}:${line}:${column}`;
}

function rowKey({ reason, source, line, column }: SwitchRow): string {
  return `${reason} ${source}:${line}:${column}`;
}
