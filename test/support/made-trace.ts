/** Traces made up for tests and benchmarks: workers that take turns, wake each other, sleep and end. */

import { Trace } from '../../extension/model/timeline/trace.ts';
import {
  PACKED_CAUSE,
  PACKED_REASON,
  PACKED_SITE,
  PACKED_TO,
  PACKED_WIDTH,
} from '../../runtime/src/protocol/packed.ts';

const REASONS = ['joinAll', 'sleep', 'Queue.get', 'Semaphore.acquire', 'Event.wait', 'exit'];

/**
 * Makes one.
 *
 * @param length how many switches it has.
 * @param workers how many greenlets take turns, besides main.
 */
export function madeTrace(length: number, workers: number): Trace {
  const trace = new Trace();
  const times = new Float64Array(length);
  const numbers = new Int32Array(length * PACKED_WIDTH);
  for (let i = 0; i < length; i++) {
    const seq = i + 1;
    const from = i === 0 ? 1 : 2 + ((i - 1) % workers);
    times[i] = seq * 1e-5 + (i % 7) * 1e-6;
    const at = i * PACKED_WIDTH;
    numbers[at] = from;
    numbers[at + PACKED_TO] = 2 + (i % workers);
    numbers[at + PACKED_SITE] = from === 1 ? 0 : 1;
    numbers[at + PACKED_REASON] = i === 0 ? 0 : 1 + ((i >> 3) % 4);
    numbers[at + PACKED_CAUSE] = Math.max(1, seq - (i % 3));
  }
  const name = (id: number) => (id === 1 ? 'main' : 'worker');
  trace.append({
    first: 1,
    dropped: 0,
    times,
    walls: null,
    numbers,
    reasons: REASONS,
    places: [
      { site: 0, path: '/p/main.ts', line: 9, column: 1 },
      { site: 1, path: '/p/main.ts', line: 4, column: 3 },
    ],
    marks: Array.from({ length: workers }, (_, i) => ({
      number: i + 1,
      kind: 'spawn' as const,
      greenlet: i + 2,
      by: 1,
      turn: 1,
      time: 1e-6,
    })),
    greenlets: Array.from({ length: workers + 1 }, (_, i) => ({
      id: i + 1,
      name: name(i + 1),
      state: 'waiting' as const,
      spawner: i === 0 ? null : 1,
      waitingOn: null,
      location: null,
      switches: 1,
    })),
  });
  return trace;
}
