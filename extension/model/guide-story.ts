/** What the guide shows of a program that is being debugged, made from what is known of the run. */

import type { SwitchRow } from '../../runtime/src/protocol/snapshot.ts';
import type { Chapter, Language, Switches } from './chapter.ts';
import type { CheckState, GuideState } from './guide-state.ts';
import { guideTexts } from './guide-texts.ts';
import { narrate, narrateEnd, type Pause } from './narration.ts';
import { type Tick, tickSwitches } from './switch-ticks.ts';

/** A run as far as it has come. */
export interface Run {
  before: Pause | undefined;
  /** Undefined while it runs, and after its end. */
  pause: Pause | undefined;
  hasEnded: boolean;
  /** Whether the history is known up to the program's end. */
  isComplete: boolean;
  /** How often it has been paused. */
  pauses: number;
  /** The newest switches, oldest first. */
  history: readonly SwitchRow[];
  greenlets: Pause['greenlets'];
}

/**
 * The state of the page.
 *
 * @param run undefined: nothing is being debugged.
 * @param expected the switches that the program should make; undefined where none are.
 * @param line the text of the line that the program is paused at; empty where it is not.
 */
export function guideState(
  { moments = [] }: Chapter,
  language: Language,
  run: Run | undefined,
  expected: Switches | undefined,
  line: string,
  check: CheckState,
): GuideState {
  const texts = guideTexts(language);
  const nothing = { happened: [], now: '', next: '', say: '' };
  if (run === undefined) {
    const ticks = expected === undefined ? [] : tickSwitches(texts, expected, [], [], false);
    return { program: 'none', pauses: 0, ...nothing, switches: ticks, check };
  }
  const { before, pause, hasEnded, isComplete, history, greenlets, pauses } = run;
  const switches: Tick[] =
    expected === undefined ? [] : tickSwitches(texts, expected, history, greenlets, isComplete);
  const common = { pauses, switches, check };
  if (pause !== undefined) {
    const moment = moments.find(({ at }) => line.includes(at));
    const say = moment?.say[language] ?? '';
    return { program: 'paused', ...narrate(texts, before, history, pause), say, ...common };
  }
  if (!hasEnded) return { program: 'running', ...nothing, now: texts.running, ...common };
  const end = narrateEnd(texts, before, history, greenlets);
  return { program: 'ended', ...end, say: '', ...common };
}
