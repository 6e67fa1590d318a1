/**
 * A run in the trace format of Chrome, which Perfetto opens: a track a greenlet, a slice for each time it ran, an arrow from who woke it,
 * an instant for each mark.
 */

import type { SavedTrace } from './export.ts';
import type { Mark, SwitchRow } from './snapshot.ts';

const PROCESS = 1;
const MICROSECONDS = 1e6;

/** What Perfetto opens. */
export interface PerfettoTrace {
  displayTimeUnit: 'ms';
  traceEvents: object[];
}

/** Makes the trace of a run out of its switches. */
export function toPerfetto({ switches, greenlets, marks = [] }: SavedTrace): PerfettoTrace {
  const names = [{ id: 0, name: 'hub' }, ...greenlets].map(({ id, name }) => ({
    ph: 'M',
    name: 'thread_name',
    pid: PROCESS,
    tid: id,
    args: { name: id === 0 ? name : `${name} #${id}` },
  }));
  const slices = switches.map((row, i) => {
    const start = switches[i - 1]?.time ?? 0;
    return {
      ph: 'X',
      name: row.from === 0 ? 'polling' : 'running',
      cat: 'greenlet',
      pid: PROCESS,
      tid: row.from,
      ts: start * MICROSECONDS,
      dur: (row.time - start) * MICROSECONDS,
      args: { seq: row.seq, until: row.reason, at: row.source && `${row.source}:${row.line}` },
    };
  });
  const flows = switches.flatMap((row) => flowOf(switches, row));
  return {
    displayTimeUnit: 'ms',
    traceEvents: [...names, ...slices, ...flows, ...marks.map(instantOf)],
  };
}

/** An arrow from the turn in which a greenlet was woken to the one that it woke up to. Nobody needs one that a greenlet has waked itself. */
function flowOf(switches: readonly SwitchRow[], { seq, cause, to, time }: SwitchRow): object[] {
  const waker = cause === undefined ? undefined : switches[cause - (switches[0]?.seq ?? 1)];
  if (waker === undefined || waker.from === to) return [];
  const common = { name: 'wake', cat: 'wake', id: seq, pid: PROCESS };
  // The arrow is tied to the slices that enclose its ends: it begins just before the waker's ends.
  const start = switches[waker.seq - (switches[0]?.seq ?? 1) - 1]?.time ?? 0;
  return [
    { ...common, ph: 's', tid: waker.from, ts: ((start + waker.time) / 2) * MICROSECONDS },
    { ...common, ph: 'f', bp: 'e', tid: to, ts: time * MICROSECONDS },
  ];
}

function instantOf({ kind, greenlet, by, time }: Mark): object {
  const common = { ph: 'i', s: 't', cat: 'mark', pid: PROCESS };
  return { ...common, name: kind, tid: greenlet, ts: time * MICROSECONDS, args: { by } };
}
