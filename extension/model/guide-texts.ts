/** What the guide says while a program is being debugged. A language is a file of its own: whole sentences, not translated pieces. */

import type { Language } from './chapter.ts';
import { EN } from './guide-texts-en.ts';
import { ZH_CN } from './guide-texts-zh-cn.ts';
import type { WaitKind } from './wait-kind.ts';

/** A wait as its sentences need it. */
export interface Wait {
  kind: WaitKind;
  /** The call: `Queue.get`. */
  call: string;
  /** The object, `jobs`, or the seconds of a sleep; empty where it is not known. */
  on: string;
  /** The name of the greenlet that holds the object; empty where there is none. */
  owner: string;
}

/** All names are those of greenlets, as the guide calls them. */
export interface GuideTexts {
  hub: string;
  /** `foo, bar and baz`. */
  list(names: readonly string[]): string;
  /** At the end of a list: so many that are not named. */
  others(count: number): string;

  /** Why one stopped running: the first half of a sentence about a switch. */
  parked(name: string, wait: Wait): string;
  ended(name: string): string;
  failed(name: string, error: string): string;
  killed(name: string): string;

  /** Why another one runs: the second half. It was in the queue, and has run before. */
  wasReady(name: string): string;
  /** It was in the queue, and had never run. */
  starts(name: string): string;
  /**
   * Its wait is over.
   *
   * @param by who has seen to that; empty where nobody did that is known.
   */
  woken(name: string, wait: Wait, by: string): string;
  /** An error is thrown into it: it is being killed. */
  struck(name: string): string;
  /** What it waited for has not happened: a time limit was over, or an error was thrown into it. */
  interrupted(name: string): string;
  /** It was to sleep for longer, so many seconds: an error was thrown into it. */
  wokenEarly(name: string, seconds: string): string;
  /** It runs, and why is not known. */
  runs(name: string): string;
  /** Nobody was ready, and then one went on: its clause, from the others above. */
  idledUntil(clause: string): string;
  /** The same as a sentence, where it is known already that nobody was ready. */
  afterIdling(clause: string): string;
  /** Nobody is ready yet. */
  idles: string;
  /** Nobody will be ready any more: the program ends. */
  isOver: string;
  /** Makes a sentence of both halves. */
  sentence(first: string, second: string): string;

  /** So many earlier switches are not told. */
  earlier(count: number): string;
  spawned(spawner: string, names: readonly string[]): string;

  /** Where the program is paused. At a yield: what the greenlet is about to do. */
  yields(name: string, wait: Wait): string;
  atEntry(name: string): string;
  atBreakpoint(name: string): string;
  atStep(name: string): string;
  atSpawn: string;
  atStart(name: string): string;
  atExit(name: string): string;
  atKill(name: string): string;
  atTimeout(name: string): string;
  atBlocked(name: string): string;
  /** @param names the greenlets that wait for each other; empty where there is no cycle. */
  atDeadlock(names: readonly string[]): string;
  atError(name: string, error: string): string;
  atPause(name: string): string;

  /** What comes next: the first of the queue. */
  nextIs(name: string): string;
  /** The same, and it has never run. */
  nextStarts(name: string): string;
  /** Nobody is in the queue. */
  nextIsIdle: string;
  /** The one that gives way is the only one in the queue. */
  nextIsSelf(name: string): string;

  running: string;
  hasEnded: string;

  /** What is expected of switches whose order is not fixed. */
  never(what: string): string;
  times(what: string, count: number, atLeast: number, atMost: number): string;
  reasons(name: string, reasons: readonly string[]): string;
  /** What came in place of an expected switch. */
  instead(what: string): string;
}

const TEXTS: Record<Language, GuideTexts> = { en: EN, 'zh-cn': ZH_CN };

/** The texts of a language. */
export function guideTexts(language: Language): GuideTexts {
  return TEXTS[language];
}
