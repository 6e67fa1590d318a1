/** A run as a file. */

import type { GreenletInfo, SwitchRow, TraceFormat } from '../protocol/snapshot.ts';
import { toPerfetto } from './perfetto.ts';

/** The version of our own format. */
const TRACE_VERSION = 1;

/** Our own format: everything that is known of a run. */
export interface SavedTrace {
  version: number;
  switches: readonly SwitchRow[];
  /** How many switches came before the first that is known. */
  dropped: number;
  greenlets: readonly GreenletInfo[];
}

/** Our own format. */
export function savedTrace(
  switches: readonly SwitchRow[],
  dropped: number,
  greenlets: readonly GreenletInfo[],
): SavedTrace {
  return { version: TRACE_VERSION, switches, dropped, greenlets };
}

/** Writes a run in a format. */
export function exportTrace(
  format: TraceFormat,
  switches: readonly SwitchRow[],
  dropped: number,
  greenlets: readonly GreenletInfo[],
): string {
  if (format === 'csv') return toCsv(switches, greenlets);
  const trace =
    format === 'chrome'
      ? toPerfetto(switches, greenlets)
      : savedTrace(switches, dropped, greenlets);
  return `${JSON.stringify(trace)}\n`;
}

/** A table with a head; cells with commas, quotes or line breaks are quoted (RFC 4180). */
function toCsv(switches: readonly SwitchRow[], greenlets: readonly GreenletInfo[]): string {
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
  ]);
  return [HEAD, ...rows].map((cells) => `${cells.map(cell).join()}\r\n`).join('');
}

const HEAD = [
  ...['seq', 'time', 'from', 'fromName', 'to', 'toName'],
  ...['reason', 'source', 'line', 'column'],
];

function cell(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
