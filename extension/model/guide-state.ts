/** What the guide's page and the extension tell each other: plain data. */

import type { Tick } from './switch-ticks.ts';

/** What changes on the page while it is shown. */
export interface GuideState {
  /** Whether the program that the guide follows runs, is paused, or neither. */
  program: 'none' | 'running' | 'paused' | 'ended';
  /** How often it has been paused. */
  pauses: number;
  /** What has happened since the last pause. */
  happened: string[];
  now: string;
  next: string;
  /** What the chapter says at this line. */
  say: string;
  switches: Tick[];
  check: CheckState;
}

export type CheckState =
  | { kind: 'none' }
  | { kind: 'checking' }
  | { kind: 'canceled' }
  | { kind: 'solved' }
  | { kind: 'wrong'; problems: string[] };

/** To the page. */
export type ToGuide = { kind: 'state'; state: GuideState };

/** From the page: it is ready to be told the state; or a link or button was chosen. */
export type FromGuide = { kind: 'ready' } | { kind: 'act'; action: string };
