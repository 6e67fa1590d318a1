/**
 * Breakpoints with more than a place: conditions, hit counts and messages. V8 evaluates an expression at each arrival, which comes
 * here; so they are decided in the program, without a question to the debugger.
 */

import { inspect } from 'node:util';
import { hub } from '../core/hub.ts';
import type { Arrival, HitCount, LogLine } from '../protocol/bridge.ts';

export class Arrivals {
  private readonly known = new Map<number, Arrival & { hits: number }>();
  private readonly log: (line: LogLine) => void;

  /** @param log gets the messages of log points, and what goes wrong in conditions. */
  constructor(log: (line: LogLine) => void) {
    this.log = log;
  }

  /** Learns what a breakpoint wants. */
  add(id: number, arrival: Arrival): void {
    this.known.set(id, { ...arrival, hits: 0 });
  }

  forget(id: number): void {
    this.known.delete(id);
  }

  /**
   * The program has come to a breakpoint.
   *
   * @param condition evaluates the breakpoint's condition in its frame, for the greenlet that runs.
   * @param values evaluates the expressions of its message.
   * @returns whether to pause.
   */
  arrive(
    id: number,
    condition: ((greenlet: unknown) => unknown) | null,
    values: ((greenlet: unknown) => unknown[]) | null,
  ): boolean {
    const arrival = this.known.get(id);
    if (arrival === undefined) return false;
    const greenlet = hub.current ?? hub.away;
    try {
      if (condition !== null && !condition(greenlet)) return false;
      arrival.hits++;
      if (!matches(arrival.hits, arrival.hitCount)) return false;
      if (arrival.message === null) return true;
      const shown = values?.(greenlet).map(textOf) ?? [];
      const text = arrival.message.map((each, i) => (i % 2 === 0 ? each : shown[(i - 1) / 2]));
      this.log({ id, text: text.join(''), failed: false });
    } catch (error) {
      this.log({ id, text: String(error), failed: true });
    }
    return false;
  }
}

/** Whether so many hits are what a hit count wants. */
export function matches(hits: number, wanted: HitCount | null): boolean {
  if (wanted === null) return true;
  const { operator, number } = wanted;
  if (operator === '%') return hits % number === 0;
  if (operator === '>') return hits > number;
  if (operator === '>=') return hits >= number;
  if (operator === '<') return hits < number;
  if (operator === '<=') return hits <= number;
  return hits === number;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : inspect(value, { depth: 1, customInspect: false });
}
