/** How long this thread could have run and did not, because other processes had the processors. */

import { readFileSync } from 'node:fs';

/** Linux tells, for the main thread: nanoseconds that it has run, and that it has waited for a processor. */
const STATISTICS = '/proc/self/schedstat';

/** Seconds since the process's start; always 0 where the system does not tell. */
export function timeWithoutProcessor(): number {
  try {
    const [, waited] = readFileSync(STATISTICS, 'utf8').split(' ');
    return Number(waited) / 1e9 || 0;
  } catch {
    return 0;
  }
}
