/** The list of a chapter's expected switches, ticked off as they happen. */

import type { GreenletInfo, SwitchRow } from '../../runtime/src/protocol/snapshot.ts';
import type { Switch, Switches, SwitchStatement } from './chapter.ts';
import {
  inWords,
  isGreenlet,
  isSwitch,
  type NamedRow,
  namedRows,
  rowInWords,
} from './chapter-check.ts';
import type { GuideTexts } from './guide-texts.ts';

export interface Tick {
  text: string;
  state: 'open' | 'done' | 'wrong';
}

/**
 * Compares what was expected with what has happened so far.
 *
 * @param rows all switches so far; the last one counts only once it is known who runs next.
 * @param hasEnded whether no more will come.
 */
export function tickSwitches(
  texts: GuideTexts,
  expected: Switches,
  rows: readonly SwitchRow[],
  greenlets: readonly Pick<GreenletInfo, 'id' | 'name'>[],
  hasEnded: boolean,
): Tick[] {
  const named = namedRows([...rows], [...greenlets]);
  return Array.isArray(expected)
    ? tickInOrder(texts, expected, named, hasEnded)
    : tickStatement(texts, expected, named, hasEnded);
}

/** After the first difference nothing can be said. */
function tickInOrder(
  texts: GuideTexts,
  expected: readonly Switch[],
  rows: readonly NamedRow[],
  hasEnded: boolean,
): Tick[] {
  const right = expected.findIndex((each, i) => {
    const row = rows[i];
    return row === undefined || !isSwitch(each, row);
  });
  const count = right < 0 ? expected.length : right;
  const other = rows[count];
  const isPending = count === rows.length - 1 && other?.to.id === 0 && !hasEnded;
  const ticks = expected.map((each, i): Tick => {
    const text = inWords(each);
    if (i < count) return { text, state: 'done' };
    if (i > count) return { text, state: 'open' };
    if (other !== undefined && !isPending) {
      return { text: `${text} — ${texts.instead(rowInWords(other))}`, state: 'wrong' };
    }
    return { text, state: hasEnded ? 'wrong' : 'open' };
  });
  if (count === expected.length && other !== undefined) {
    ticks.push({ text: texts.instead(rowInWords(other)), state: 'wrong' });
  }
  return ticks;
}

/**
 * The order of such switches is not fixed: mostly it depends on the clock, which goes on while the program is paused. So one that
 * is missing at the end is not wrong; it has not happened this time.
 */
function tickStatement(
  texts: GuideTexts,
  { includes = [], excludes = [], counts = [], perGreenlet = {} }: SwitchStatement,
  rows: readonly NamedRow[],
  hasEnded: boolean,
): Tick[] {
  let at = 0;
  const included = includes.map((each): Tick => {
    const found = rows.findIndex((row, i) => i >= at && isSwitch(each, row));
    at = found < 0 ? rows.length : found + 1;
    return { text: inWords(each), state: found < 0 ? 'open' : 'done' };
  });
  const excluded = excludes.map((each): Tick => {
    const happened = rows.some((row) => isSwitch(each, row));
    const state = happened ? 'wrong' : hasEnded ? 'done' : 'open';
    return { text: texts.never(inWords(each)), state };
  });
  const counted = counts.map(({ of, is, atLeast = is ?? 0, atMost = is ?? Infinity }): Tick => {
    const count = rows.filter((row) => isSwitch(of, row)).length;
    const text = texts.times(inWords(of), count, atLeast, atMost);
    if (count > atMost) return { text, state: 'wrong' };
    if (count < atLeast) return { text, state: 'open' };
    return { text, state: hasEnded || atMost === Infinity ? 'done' : 'open' };
  });
  const reasons = Object.entries(perGreenlet).map(([name, wanted]): Tick => {
    const text = texts.reasons(name, wanted);
    return { text, state: stateOf(name, wanted, rows, hasEnded) };
  });
  return [...included, ...excluded, ...counted, ...reasons];
}

function stateOf(
  name: string,
  wanted: readonly string[],
  rows: readonly NamedRow[],
  hasEnded: boolean,
): Tick['state'] {
  const reasons = new Map<number, string[]>();
  for (const { from, reason } of rows) {
    if (isGreenlet(name, from)) reasons.set(from.id, [...(reasons.get(from.id) ?? []), reason]);
  }
  const lists = [...reasons.values()];
  if (lists.some((list) => list.some((each, i) => each !== wanted[i]))) return 'wrong';
  const isDone = lists.length > 0 && lists.every((list) => list.length === wanted.length);
  if (isDone && hasEnded) return 'done';
  return hasEnded ? 'wrong' : 'open';
}
