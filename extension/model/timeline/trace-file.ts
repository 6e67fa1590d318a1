/** Traces from outside: what the debugger answers, and files. */

import * as l10n from '@vscode/l10n';
import {
  type SavedTrace,
  savedTrace,
  TRACE_VERSION,
} from '../../../runtime/src/protocol/export.ts';
import {
  PACKED_CAUSE,
  PACKED_REASON,
  PACKED_SITE,
  PACKED_TO,
  PACKED_WIDTH,
  type PackedHistory,
} from '../../../runtime/src/protocol/packed.ts';
import type { GreenletInfo, SwitchRow } from '../../../runtime/src/protocol/snapshot.ts';
import { Trace, type TraceChunk, type TracePlace } from './trace.ts';

const MICROSECONDS = 1e6;

/** The answer to `greenlet/trace`, with the greenlets that have changed. */
export function chunkOfPacked(
  packed: PackedHistory,
  greenlets: readonly GreenletInfo[],
): TraceChunk {
  return {
    first: packed.first,
    dropped: packed.dropped,
    times: new Float64Array(bytesOf(packed.times)),
    walls: packed.walls === null ? null : new Float64Array(bytesOf(packed.walls)),
    numbers: new Int32Array(bytesOf(packed.numbers)),
    reasons: packed.reasons,
    places: packed.places,
    marks: packed.marks ?? [],
    greenlets,
  };
}

/** Everything that is known of a run, in the format of files. */
export function savedOf(trace: Trace): SavedTrace {
  const switches: SwitchRow[] = [];
  for (let seq = trace.first; seq <= trace.last; seq++) switches.push(trace.row(seq));
  return savedTrace(switches, trace.dropped, [...trace.greenlets.values()], trace.marks);
}

/**
 * Reads the text of a file that was written by `greenlets trace FILE --json OUT`, or by an export.
 *
 * @throws {Error} what is wrong with it, as one sentence.
 */
export function readTrace(text: string): Trace {
  const saved = checked(parsed(text));
  const { switches, dropped, greenlets, marks = [] } = saved;
  const { length } = switches;
  const times = new Float64Array(length);
  const walls = switches.some((row) => row.wall !== undefined) ? new Float64Array(length) : null;
  const numbers = new Int32Array(length * PACKED_WIDTH);
  const reasons = new Numbering();
  const sites = new Map<string, TracePlace>();
  switches.forEach((row, i) => {
    const { source, line, column, cause = 0, late = 0 } = row;
    times[i] = row.time;
    if (walls !== null) walls[i] = row.wall ?? row.time;
    const at = i * PACKED_WIDTH;
    numbers[at] = row.from;
    numbers[at + PACKED_TO] = row.to;
    numbers[at + PACKED_REASON] = reasons.of(row.reason);
    numbers[at + PACKED_CAUSE] = cause > 0 ? cause : -Math.round(late * MICROSECONDS);
    const key = `${source}:${line}:${column}`;
    let place = sites.get(key);
    if (place === undefined && source !== '') {
      place = { site: sites.size, path: source, line, column };
      sites.set(key, place);
    }
    numbers[at + PACKED_SITE] = place?.site ?? -1;
  });
  const trace = new Trace();
  trace.append({
    first: switches[0]?.seq ?? 1,
    dropped,
    times,
    walls,
    numbers,
    reasons: reasons.names,
    places: [...sites.values()],
    marks,
    greenlets,
  });
  return trace;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(l10n.t('This is not JSON, so it is no trace: {0}.', reason));
  }
}

function checked(value: unknown): SavedTrace {
  const { version, switches, dropped, greenlets, marks = [] } = recordOf(value);
  if (version === undefined || !Array.isArray(switches) || !Array.isArray(greenlets)) {
    throw new Error(
      l10n.t(
        'This is JSON, but no trace of greenlets: it has no {0}. Traces are made by "greenlets trace FILE --json OUT".',
        '"version", "switches", "greenlets"',
      ),
    );
  }
  if (version !== TRACE_VERSION) {
    throw new Error(
      l10n.t(
        'This trace has version {0}; version {1} can be read.',
        String(version),
        TRACE_VERSION,
      ),
    );
  }
  if (!isCount(dropped)) throw new Error(damaged('dropped'));
  if (!Array.isArray(marks)) throw new Error(damaged('marks'));
  let next: number | undefined;
  let time = Number.NEGATIVE_INFINITY;
  switches.forEach((each, i) => {
    const row = recordOf(each);
    const numbers = [row.seq, row.from, row.to, row.line, row.column];
    const texts = [row.reason, row.source].every((text) => typeof text === 'string');
    const isRow = numbers.every(isCount) && texts && Number.isFinite(row.time);
    if (!isRow || (next !== undefined && row.seq !== next) || (row.time as number) < time)
      throw new Error(damaged(`switches[${i}]`));
    next = (row.seq as number) + 1;
    time = row.time as number;
  });
  greenlets.forEach((each, i) => {
    const { id, name, state } = recordOf(each);
    if (!isCount(id) || typeof name !== 'string' || typeof state !== 'string')
      throw new Error(damaged(`greenlets[${i}]`));
  });
  marks.forEach((each, i) => {
    const { number, greenlet, turn, kind, time: at } = recordOf(each);
    const isMark = [number, greenlet, turn].every(isCount) && typeof kind === 'string';
    if (!isMark || !Number.isFinite(at)) throw new Error(damaged(`marks[${i}]`));
  });
  return value as SavedTrace;
}

function damaged(where: string): string {
  return l10n.t('This trace is damaged: {0} is not as it must be.', where);
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}

class Numbering {
  readonly names: string[] = [];
  private readonly numbers = new Map<string, number>();

  of(name: string): number {
    let number = this.numbers.get(name);
    if (number === undefined) {
      number = this.names.push(name) - 1;
      this.numbers.set(name, number);
    }
    return number;
  }
}

function bytesOf(base64: string): ArrayBuffer {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes.buffer;
}
