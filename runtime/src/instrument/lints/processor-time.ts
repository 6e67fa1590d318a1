/** What the operating system tells of this thread's time. */

import { readFileSync } from 'node:fs';

/** Both in seconds since the process's start. */
export interface ProcessorTime {
  /** How long the thread has run. */
  ran: number;
  /** How long it could have run and did not, because others had the processors. */
  waited: number;
}

/** Linux tells, for the main thread, both in nanoseconds. */
const STATISTICS = '/proc/self/schedstat';

/** This thread's time on processors; where the system does not tell, nobody else ever had them. */
export function processorTime(): ProcessorTime {
  try {
    const [ran, waited] = readFileSync(STATISTICS, 'utf8').split(' ').map(Number);
    if (ran !== undefined && waited !== undefined) return { ran: ran / 1e9, waited: waited / 1e9 };
  } catch {
    // Another system.
  }
  return { ran: Number.POSITIVE_INFINITY, waited: 0 };
}
