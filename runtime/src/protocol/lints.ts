/** `greenlet/lints`: what looks like a mistake in the use of greenlets, found while a program runs and at its end. */

import type { Location } from './snapshot.ts';

/**
 * - `deadlock`: waits in a circle, for something whose holder has ended, or when nothing can ever run again.
 * - `leak`: still waits at the program's end, for something that nobody who could go on can reach.
 * - `never-ran`: was spawned, and the program has ended before its first turn.
 * - `blocked`: has kept the hub without a switch. `busy-wait`: gives way again and again instead of waiting.
 * - `starvation`: is ready, or next in line for a lock, while others run again and again.
 * - `blocking-call`: a call of Node's that holds up all greenlets and is not patched.
 * - `swallowed-kill`, `swallowed-timeout`: has caught what was to end it, and goes on.
 * - `over-release`: a semaphore was released more often than it was acquired.
 */
export type LintCode =
  | 'deadlock'
  | 'leak'
  | 'never-ran'
  | 'blocked'
  | 'busy-wait'
  | 'starvation'
  | 'blocking-call'
  | 'swallowed-kill'
  | 'swallowed-timeout'
  | 'over-release';

/** One finding. The same mistake at the same place is one, however often it is made. */
export interface Lint {
  /** Counts from 1; stays the same when the finding is told again with news. */
  id: number;
  /** The version of the findings since which it is as it is. */
  version: number;
  code: LintCode;
  /** The greenlet that it was first found in; 0: none. */
  greenlet: number;
  /** `NAME #ID` of that. */
  label: string;
  /** What it is about, in the words of the program: the wait (`Queue.get (jobs)`), the function, the semaphore. */
  subject: string;
  /** How long it has lasted, where that matters. */
  seconds?: number;
  /** Where it is; null where that is not known. */
  location: Location | null;
  /** The stack at that place, innermost first, through parked callers. */
  stack: Location[];
  /** Where the greenlet was spawned, innermost first. */
  spawned: Location[];
  /** Others who take part: those of a circle in its order, the holder of a lock, who runs meanwhile. */
  others: LintParty[];
  /** `NAME #ID` of those who wait for each other, beginning with this one; empty where there is no circle of several. */
  circle: string[];
  /** How often it was found, or in how many greenlets. */
  count: number;
  /** When it was first found. */
  time: number;
}

/** Somebody who takes part in what was found. */
export interface LintParty {
  label: string;
  /** How it stands to the subject: `held by`. Empty: it only takes part. */
  relation: string;
  /** What it waits for itself, in words; empty where it does not wait. */
  subject: string;
  /** Whether it has ended. */
  ended: boolean;
  location: Location | null;
}

/** `greenlet/lints`. */
export interface LintsArguments {
  /** A version from an earlier answer: only findings with a later one are wanted. */
  since?: number;
}

/** Event `greenlet/lints`, and the answer to the request. */
export interface Lints {
  version: number;
  lints: Lint[];
}

/** The line by which the program tells of a finding (see `TELL`). */
export interface LintLine {
  lint: Lint;
}
