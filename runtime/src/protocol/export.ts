/** A run as a file: how it is written, by the program itself or by a view that has read it. */

import { toPerfetto } from './perfetto.ts';
import type { GreenletInfo, Mark, SwitchRow, TraceFormat } from './snapshot.ts';

/** The version of our own format. */
export const TRACE_VERSION = 1;

/** Our own format: everything that is known of a run. */
export interface SavedTrace {
  version: number;
  switches: readonly SwitchRow[];
  /** How many switches came before the first that is known. */
  dropped: number;
  greenlets: readonly GreenletInfo[];
  /** Absent in files of older versions. */
  marks?: readonly Mark[];
}

/** Our own format. */
export function savedTrace(
  switches: readonly SwitchRow[],
  dropped: number,
  greenlets: readonly GreenletInfo[],
  marks: readonly Mark[] = [],
): SavedTrace {
  return { version: TRACE_VERSION, switches, dropped, greenlets, marks };
}

/** Writes a run in a format. */
export function exportTrace(format: TraceFormat, trace: SavedTrace): string {
  if (format === 'csv') return toCsv(trace);
  return `${JSON.stringify(format === 'chrome' ? toPerfetto(trace) : trace)}\n`;
}

/** A table with a head; cells with commas, quotes or line breaks are quoted (RFC 4180). */
function toCsv({ switches, greenlets }: SavedTrace): string {
  const names = new Map(greenlets.map((each) => [each.id, each.name]));
  const nameOf = (id: number) => (id === 0 ? 'hub' : (names.get(id) ?? ''));
  const rows = switches.map((row) => [
    row.seq,
    row.time,
    row.from,
    nameOf(row.from),
    row.to,
    nameOf(row.to),
    row.reason,
    row.source,
    row.line,
    row.column,
    row.cause ?? '',
  ]);
  return [HEAD, ...rows].map((cells) => `${cells.map(cell).join()}\r\n`).join('');
}

const HEAD = [
  ...['seq', 'time', 'from', 'fromName', 'to', 'toName'],
  ...['reason', 'source', 'line', 'column', 'cause'],
];

function cell(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
