/** What a call that may switch tells of itself: why it may, and how often it did. */

import * as l10n from '@vscode/l10n';
import type { SwitchPoint, YieldPoint } from '../../runtime/src/protocol/switch-points.ts';

/** How a call is marked: one that has given way; one that does when it is called; one of which nobody knows. */
export type MarkKind = 'switched' | 'yields' | 'unknown';

/** A marked line: zero-based, with the most telling of its calls. */
export interface LineMark {
  line: number;
  kind: MarkKind;
}

const RANK: Record<MarkKind, number> = { unknown: 0, yields: 1, switched: 2 };

/**
 * The lines to mark, one mark a line.
 *
 * @param counts what the program that is debugged has done so far; undefined where none has run.
 * @param marksUnknown whether calls are marked of which nobody knows what they call.
 */
export function lineMarks(
  points: readonly SwitchPoint[],
  counts: YieldCounts | undefined,
  marksUnknown: boolean,
): LineMark[] {
  const lines = new Map<number, MarkKind>();
  for (const point of points) {
    const kind = kindOf(point, counts?.at(point));
    if (kind === 'unknown' && !marksUnknown) continue;
    const known = lines.get(point.line);
    if (known === undefined || RANK[known] < RANK[kind]) lines.set(point.line, kind);
  }
  return [...lines]
    .map(([line, kind]) => ({ line: line - 1, kind }))
    .sort((a, b) => a.line - b.line);
}

/** What has been counted in one file. */
export class YieldCounts {
  readonly #points = new Map<string, YieldPoint>();

  constructor(points: readonly YieldPoint[]) {
    for (const each of points) {
      // A file that was loaded twice has each of its calls twice.
      const known = this.#points.get(keyOf(each));
      this.#points.set(keyOf(each), known === undefined ? each : sum(known, each));
    }
  }

  /** What was counted at a place; undefined where nothing has given way. */
  at(place: { line: number; column: number }): YieldPoint | undefined {
    return this.#points.get(keyOf(place));
  }
}

/** The text for one call, a sentence a line: why it may switch, and how often it did. */
export function yieldText(point: SwitchPoint, counts: YieldCounts | undefined): string[] {
  const counted = counts?.at(point);
  const lines = [whyText(point)];
  if (counts !== undefined) lines.push(...countTexts(counted));
  return lines;
}

function whyText({ why, what, leadsTo, callee }: SwitchPoint): string {
  switch (why) {
    case 'runtime':
      return l10n.t('{0} may switch: other greenlets run until it goes on.', what ?? callee);
    case 'await':
      return l10n.t('await switches: other greenlets run until the promise has settled.');
    case 'calls':
      return l10n.t(
        '{0} may switch: it leads to {1} in line {2}.',
        callee,
        what ?? '',
        leadsTo ?? 0,
      );
    case 'unknown':
      return callee === 'next'
        ? l10n.t('Taking values may switch: that depends on whose they are.')
        : l10n.t('{0} may switch: that depends on what it is when it is called.', callee);
  }
}

function countTexts(counted: YieldPoint | undefined): string[] {
  if (counted === undefined) return [l10n.t('It has not given way in this run.')];
  const { reasons, suspended } = counted;
  const lines: string[] = [];
  const parts = Object.entries(reasons).sort((a, b) => b[1] - a[1]);
  const total = parts.reduce((all, [, count]) => all + count, 0);
  if (total > 0) {
    const list = parts.map(([reason, count]) => `${reason} ${count}`).join(', ');
    lines.push(l10n.t('Greenlets have given way here {0}× in this run: {1}.', total, list));
  }
  if (suspended > 0) {
    lines.push(l10n.t('The call has given way on its way {0}× in this run.', suspended));
  }
  return lines;
}

function kindOf({ why }: SwitchPoint, counted: YieldPoint | undefined): MarkKind {
  if (counted !== undefined) return 'switched';
  return why === 'unknown' ? 'unknown' : 'yields';
}

function keyOf({ line, column }: { line: number; column: number }): string {
  return `${line}:${column}`;
}

function sum(a: YieldPoint, b: YieldPoint): YieldPoint {
  const reasons = { ...a.reasons };
  for (const [reason, count] of Object.entries(b.reasons)) {
    reasons[reason] = (reasons[reason] ?? 0) + count;
  }
  return { ...a, reasons, suspended: a.suspended + b.suspended };
}
