/** What lies from left to right: the number of the switch, or a time. */

import { positionOf } from './lanes.ts';
import type { Trace } from './trace.ts';

/** By switch number; by the time outside; by the time of the hub's clock, which is virtual where the program says so. */
export type AxisKind = 'switch' | 'wall' | 'virtual';

export const AXES: readonly AxisKind[] = ['switch', 'wall', 'virtual'];

/** Turns positions (see `lanes.ts`) into the units of an axis, switches or seconds, and back. */
export class Axis {
  readonly kind: AxisKind;
  private readonly trace: Trace;
  private readonly times: Float64Array | null;

  constructor(kind: AxisKind, trace: Trace) {
    this.kind = kind;
    this.trace = trace;
    this.times =
      kind === 'switch' ? null : kind === 'wall' ? (trace.walls ?? trace.times) : trace.times;
  }

  /** Where the picture begins and ends. */
  get range(): { from: number; to: number } {
    const { first, last } = this.trace;
    return { from: this.value(first - 1), to: this.value(Math.max(last, first)) };
  }

  value(position: number): number {
    const { times, trace } = this;
    if (times === null) return position;
    const index = Math.floor(position) - trace.first;
    const start = this.timeAt(times, index);
    const part = position - Math.floor(position);
    return part === 0 ? start : start + (this.timeAt(times, index + 1) - start) * part;
  }

  position(value: number): number {
    return this.times === null ? value : positionOf(this.trace, value, this.times);
  }

  private timeAt(times: Float64Array, index: number): number {
    const { length, dropped } = this.trace;
    if (length === 0) return 0;
    if (index < 0) return dropped > 0 ? (times[0] as number) : 0;
    return times[Math.min(index, length - 1)] as number;
  }
}

/** `1.25 ms`: a time, short. */
export function timeText(seconds: number): string {
  const size = Math.abs(seconds);
  if (size === 0) return '0 s';
  if (size < 1e-3) return `${figure(seconds * 1e6)} µs`;
  if (size < 1) return `${figure(seconds * 1e3)} ms`;
  return `${figure(seconds)} s`;
}

function figure(value: number): string {
  return String(Number(value.toPrecision(3)));
}
