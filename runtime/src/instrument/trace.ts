/** Records a whole run and prints it when the process ends. */

import { writeFileSync, writeSync } from 'node:fs';
import { basename } from 'node:path';
import { hub } from '../core/hub.ts';
import { exportTrace, savedTrace } from '../protocol/export.ts';
import type { Lint } from '../protocol/lints.ts';
import type { GreenletInfo, SwitchRow, TraceFormat } from '../protocol/snapshot.ts';
import { TRACE_OPTIONS, type TraceOptions } from '../protocol/trace.ts';
import { Lints } from './lints/lints.ts';
import { Recorder } from './recorder.ts';

/** Switches kept; a longer run loses its beginning, and the trace says so. */
const TRACE_ROWS = 1_000_000;

const STDOUT = 1;
const RETRY_MILLISECONDS = 1;

/** Starts recording; the trace is printed when the process exits. */
export function startTrace(): void {
  const options: TraceOptions = JSON.parse(process.env[TRACE_OPTIONS] ?? '{}');
  // Children of the program are programs of their own.
  delete process.env[TRACE_OPTIONS];
  const recorder = new Recorder(TRACE_ROWS);
  hub.probe = recorder;
  const lints = new Lints(recorder);
  lints.listenToEnd();
  process.on('exit', () => {
    const { switches, dropped, marks } = recorder.history({ marks: 0 });
    const { greenlets } = recorder.snapshot();
    writeOut(`\n${formatTrace(switches, dropped, greenlets, lints.read().lints)}`);
    const save = (path: string | undefined, format: TraceFormat) => {
      if (path) write(path, exportTrace(format, savedTrace(switches, dropped, greenlets, marks)));
    };
    save(options.json, 'json');
    save(options.perfetto, 'chrome');
  });
}

/**
 * A run as text: a line a switch, then the tree of greenlets, then what looks like a mistake, if anything does.
 *
 * @param dropped how many switches came before the first that is known.
 */
export function formatTrace(
  switches: readonly SwitchRow[],
  dropped: number,
  greenlets: readonly GreenletInfo[],
  lints: readonly Lint[] = [],
): string {
  const labels = new Map(greenlets.map((each) => [each.id, `${each.name} #${each.id}`]));
  const label = (id: number) => (id === 0 ? 'hub' : (labels.get(id) ?? `#${id}`));
  const cells = switches.map((row) => [
    `${row.seq}`,
    `${row.time.toFixed(3)}s`,
    `${label(row.from)} → ${label(row.to)}`,
    row.reason,
    row.source === '' ? '' : `${basename(row.source)}:${row.line}:${row.column}`,
  ]);
  const lost = dropped > 0 ? [`(${dropped} earlier switches were dropped)`] : [];
  const found = lints.length > 0 ? ['', 'Findings', ...align(lints.map(lintCells))] : [];
  const tree = ['', 'Greenlets', ...treeLines(greenlets)];
  const lines = ['Switches', ...lost, ...align(cells), ...tree, ...found];
  return `${lines.join('\n')}\n`;
}

function align(rows: readonly string[][]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, i) => {
      widths[i] = Math.max(widths[i] ?? 0, cell.length);
    });
  }
  return rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** `leak  watch #3  Event.wait (cancelled)  main.ts:13:13`. */
function lintCells({ code, label, subject, location, count }: Lint): string[] {
  const place = location && `${basename(location.path)}:${location.line}:${location.column}`;
  return [code, label, subject, place ?? '', count > 1 ? `× ${count}` : ''];
}

/** The tree by spawner; a greenlet whose spawner is not known is a root. */
function treeLines(greenlets: readonly GreenletInfo[]): string[] {
  const known = new Set(greenlets.map((each) => each.id));
  const children = new Map<number, GreenletInfo[]>();
  for (const each of greenlets) {
    const parent = each.spawner !== null && known.has(each.spawner) ? each.spawner : 0;
    children.set(parent, [...(children.get(parent) ?? []), each]);
  }
  const lines: string[] = [];
  const visit = (parent: number, indent: string) => {
    const siblings = children.get(parent) ?? [];
    siblings.forEach((each, i) => {
      const last = i === siblings.length - 1;
      const branch = parent === 0 ? '' : last ? '└─ ' : '├─ ';
      lines.push(`${indent}${branch}${describe(each)}`);
      visit(each.id, parent === 0 ? '' : `${indent}${last ? '   ' : '│  '}`);
    });
  };
  visit(0, '');
  return lines;
}

function describe({ name, id, state, waitingOn, value, exception }: GreenletInfo): string {
  const more = exception ?? (value === 'undefined' ? undefined : value);
  const waits =
    waitingOn && (waitingOn.name ? `${waitingOn.kind} (${waitingOn.name})` : waitingOn.kind);
  const after = more ?? waits;
  return `${name} #${id}  ${state}${after ? `: ${after}` : ''}`;
}

function write(path: string, content: string): void {
  try {
    writeFileSync(path, content);
  } catch (error) {
    process.stderr.write(
      `greenlets: the trace could not be written: ${(error as Error).message}\n`,
    );
    process.exitCode = 1;
  }
}

/** Writes to stdout while the process exits: what a stream has not written by then is lost. */
function writeOut(text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(STDOUT, bytes, at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EPIPE') return;
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      // The reader is slower than we are.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MILLISECONDS);
    }
  }
}
