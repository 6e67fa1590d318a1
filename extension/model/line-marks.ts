/** What stands behind a line of the source: the greenlets that are there, and the yield that was just made. */

import * as l10n from '@vscode/l10n';
import type {
  GreenletInfo,
  GreenletState,
  SwitchRow,
} from '../../runtime/src/protocol/snapshot.ts';
import { type GreenletStore, labelOf } from './greenlet-store.ts';
import { stateName } from './state-text.ts';

/** How many greenlets of a line are named, and how many in its hover. */
const NAMED = 3;
const LISTED = 20;

/** The greenlets of a file by one-based line, each line's in the order of their ids. */
export type GreenletLines = ReadonlyMap<number, readonly GreenletInfo[]>;

const ENDED = new Set<GreenletState>(['finished', 'failed', 'killed']);

/** Finds the greenlets that stand in each of some files, in one pass over all. */
export function greenletLines(
  store: GreenletStore,
  paths: readonly string[],
): Map<string, GreenletLines> {
  const files = new Map(paths.map((path) => [path, new Map<number, GreenletInfo[]>()]));
  for (const greenlet of store.all()) {
    const { location, state } = greenlet;
    const lines = location === null || ENDED.has(state) ? undefined : files.get(location.path);
    if (lines === undefined || location === null) continue;
    const there = lines.get(location.line);
    if (there === undefined) lines.set(location.line, [greenlet]);
    else there.push(greenlet);
  }
  return files;
}

/** `foo #2, bar #3, baz #4 + 97 more`. */
export function greenletsText(greenlets: readonly GreenletInfo[]): string {
  const names = greenlets.slice(0, NAMED).map(labelOf).join(', ');
  const more = greenlets.length - NAMED;
  return more > 0 ? l10n.t('{0} + {1} more', names, more) : names;
}

/** One line a greenlet, with its state. */
export function greenletsDetail(greenlets: readonly GreenletInfo[]): string[] {
  const lines = greenlets.slice(0, LISTED).map((each) => {
    const { state, waitingOn } = each;
    const reason = waitingOn === null ? '' : `: ${waitingOn.kind}${named(waitingOn.name)}`;
    return `${labelOf(each)}: ${stateName(state)}${reason}`;
  });
  const more = greenlets.length - LISTED;
  return more > 0 ? [...lines, l10n.t('and {0} more', more)] : lines;
}

/** A yield, and who has run after it. */
export interface LastYield {
  path: string;
  /** One-based. */
  line: number;
  /** `→ bar #3`; by way of the hub where it had to wait: `→ hub → bar #3`. */
  text: string;
  /** The whole story. */
  detail: string;
}

/**
 * The yield that was made last; undefined where there is none, or where it was at no line of the program's.
 *
 * @param rows the newest switches, oldest first; two are enough.
 * @param label a greenlet's name by its id.
 */
export function lastYield(
  rows: readonly SwitchRow[],
  label: (id: number) => string,
): LastYield | undefined {
  const last = rows.at(-1);
  const before = rows.at(-2);
  if (last === undefined) return undefined;
  // The hub had to wait: a row of its own tells who came next.
  if (last.reason === 'wake' && before !== undefined)
    return yieldOf(before, `${label(before.to)} → ${label(last.to)}`, label);
  return yieldOf(last, label(last.to), label);
}

function yieldOf(row: SwitchRow, to: string, label: (id: number) => string): LastYield | undefined {
  const { seq, from, reason, source, line } = row;
  if (source === '') return undefined;
  const detail = l10n.t('Switch {0}: {1} gave way ({2}) → {3}', seq, label(from), reason, to);
  return { path: source, line, text: `→ ${to}`, detail };
}

function named(name: string): string {
  return name === '' ? '' : ` (${name})`;
}
