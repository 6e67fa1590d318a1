/** What a lane consists of, in words and figures: the table, the text of a hover, histograms. */

import * as l10n from '@vscode/l10n';
import { PACKED_TO } from '../../../runtime/src/protocol/packed.ts';
import { Axis, timeText } from './axis.ts';
import type { Lane, Lanes } from './lanes.ts';
import { wakeOf } from './scene.ts';
import { type LaneState, stateText } from './states.ts';
import type { TracePlace } from './trace.ts';

/** One state of one greenlet, from its beginning to its end. */
export interface Stretch {
  greenlet: number;
  state: LaneState;
  /** The switch that begins it. */
  seq: number;
  /** When it begins, and how long it lasts, in seconds. */
  start: number;
  duration: number;
  /** Why the greenlet stopped running before, or will: the call. */
  reason: string;
  /** Who woke it, as `foo #2`; empty where nobody did. */
  by: string;
  place: TracePlace | undefined;
}

/** The stretch with this index; undefined where the lane has none. */
export function stretchOf(lanes: Lanes, lane: Lane, index: number): Stretch | undefined {
  if (index < 0 || index >= lane.count) return undefined;
  const { trace } = lanes;
  const axis = new Axis('virtual', trace);
  const from = lane.positions[index] as number;
  const to = lane.endOf(index, trace.last);
  const state = lane.stateAt(index);
  const start = axis.value(from);
  // A turn is told by the row that ends it, a wait by the one that began it.
  const row = state === 'running' ? Math.ceil(to) : rowBefore(lanes, lane, index);
  const isKnown = trace.has(row) && trace.number(row, 0) === lane.id;
  const seq = Math.ceil(from);
  const wake =
    trace.has(seq) && trace.number(seq, PACKED_TO) === lane.id ? wakeOf(lanes, seq) : undefined;
  return {
    greenlet: lane.id,
    state,
    seq,
    start,
    duration: axis.value(to) - start,
    reason: isKnown ? trace.reason(row) : '',
    by: state === 'running' && wake !== undefined ? trace.label(wake.by) : '',
    place: isKnown ? trace.place(row) : undefined,
  };
}

/** A wait that became `ready` has begun before. */
function rowBefore(_lanes: Lanes, lane: Lane, index: number): number {
  let at = index;
  while (at > 0 && lane.stateAt(at - 1) !== 'running') at--;
  return Math.ceil(lane.positions[at] as number);
}

/** A stretch as a sentence: what a hover shows, and a screen reader says. */
export function stretchText(lanes: Lanes, stretch: Stretch): string {
  const { greenlet, state, duration, start, reason, by, place, seq } = stretch;
  const label = lanes.trace.label(greenlet);
  const parts = [
    l10n.t('{0}: {1} for {2}', label, stateText(state), timeText(duration)),
    l10n.t('from {0}, after switch {1}', timeText(start), seq),
  ];
  if (reason !== '' && reason !== 'wake') parts.push(reason);
  if (by !== '') parts.push(l10n.t('woken by {0}', by));
  if (place !== undefined) parts.push(`${fileName(place.path)}:${place.line}`);
  return parts.join(' · ');
}

/** How long turns, or waits for a turn, have lasted. */
export interface Histogram {
  count: number;
  /** In seconds. */
  sum: number;
  median: number;
  p95: number;
  longest: number;
  /** How many lasted less than `below` seconds, and not less than the one before. */
  bars: { below: number; count: number }[];
}

/** The durations of one state of a lane; undefined where there are none. The bars grow by factors of ten. */
export function histogramOf(lanes: Lanes, lane: Lane, state: LaneState): Histogram | undefined {
  const axis = new Axis('virtual', lanes.trace);
  const durations: number[] = [];
  for (let index = 0; index < lane.count; index++) {
    if (lane.stateAt(index) !== state) continue;
    const end = lane.endOf(index, lanes.trace.last);
    durations.push(axis.value(end) - axis.value(lane.positions[index] as number));
  }
  if (durations.length === 0) return undefined;
  durations.sort((a, b) => a - b);
  const at = (part: number) =>
    durations[Math.min(durations.length - 1, Math.floor(part * durations.length))] as number;
  const counts = new Map<number, number>();
  for (const each of durations) {
    const power = Math.max(-6, Math.floor(Math.log10(Math.max(each, 1e-9))) + 1);
    counts.set(power, (counts.get(power) ?? 0) + 1);
  }
  const powers = [...counts.keys()];
  const bars: Histogram['bars'] = [];
  for (let power = Math.min(...powers); power <= Math.max(...powers); power++)
    bars.push({ below: 10 ** power, count: counts.get(power) ?? 0 });
  return {
    count: durations.length,
    sum: durations.reduce((sum, each) => sum + each, 0),
    median: at(0.5),
    p95: at(0.95),
    longest: durations.at(-1) as number,
    bars,
  };
}

/** The file's name of an absolute path of either kind. */
export function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
