/** A run in the trace format of Chrome, which Perfetto opens: a track a greenlet, a slice for each time it ran. */

import type { GreenletInfo, SwitchRow } from '../protocol/snapshot.ts';

const PROCESS = 1;
const MICROSECONDS = 1e6;

/** What Perfetto opens. */
export interface PerfettoTrace {
  displayTimeUnit: 'ms';
  traceEvents: object[];
}

/** Makes the trace of a run out of its switches. */
export function toPerfetto(
  switches: readonly SwitchRow[],
  greenlets: readonly GreenletInfo[],
): PerfettoTrace {
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
  return { displayTimeUnit: 'ms', traceEvents: [...names, ...slices] };
}
