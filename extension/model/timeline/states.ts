/** The states that a lane of the timeline shows, and how they look without color. */

import * as l10n from '@vscode/l10n';
import { stateName } from '../state-text.ts';
import { kindOfCall, type WaitKind } from '../wait-kind.ts';

/** In the order of their numbers. */
export const LANE_STATES = [
  'none',
  'running',
  'ready',
  'time',
  'event',
  'queue',
  'lock',
  'join',
  'io',
  'other',
  'frozen',
  'polling',
  'finished',
  'failed',
  'killed',
] as const;

export type LaneState = (typeof LANE_STATES)[number];

/** The number of a state: what lanes store. */
export function stateNumber(state: LaneState): number {
  return LANE_STATES.indexOf(state);
}

/** What distinguishes a state for those who do not see its color. */
export type Pattern =
  | 'solid'
  | 'rising'
  | 'falling'
  | 'dots'
  | 'vertical'
  | 'cross'
  | 'horizontal'
  | 'grid';

export const PATTERNS: Readonly<Record<LaneState, Pattern>> = {
  none: 'solid',
  running: 'solid',
  ready: 'rising',
  time: 'dots',
  event: 'falling',
  queue: 'vertical',
  lock: 'cross',
  join: 'horizontal',
  io: 'grid',
  other: 'dots',
  frozen: 'cross',
  polling: 'dots',
  finished: 'solid',
  failed: 'solid',
  killed: 'solid',
};

/** The states that take part in a picture: those without a box are left out. */
export const BOXED: readonly LaneState[] = LANE_STATES.filter(
  (state) => !['none', 'finished', 'failed', 'killed'].includes(state),
);

/** The state of a greenlet after a turn that has ended for this reason. */
export function stateAfter(reason: string): LaneState {
  if (reason === 'exit') return 'finished';
  if (reason === 'kill') return 'killed';
  if (reason === 'async') return 'ready';
  return OF_WAITS[kindOfCall(reason)];
}

const OF_WAITS: Readonly<Record<WaitKind, LaneState>> = {
  turn: 'ready',
  time: 'time',
  end: 'join',
  death: 'join',
  item: 'queue',
  room: 'queue',
  done: 'queue',
  lock: 'lock',
  event: 'event',
  value: 'event',
  promise: 'event',
  io: 'io',
  async: 'ready',
  other: 'other',
};

/** A state in words. */
export function stateText(state: LaneState): string {
  switch (state) {
    case 'none':
      return l10n.t('not started');
    case 'time':
      return l10n.t('waiting for a time');
    case 'event':
      return l10n.t('waiting for an event');
    case 'queue':
      return l10n.t('waiting for a queue');
    case 'lock':
      return l10n.t('waiting for a lock');
    case 'join':
      return l10n.t('waiting for greenlets');
    case 'io':
      return l10n.t('waiting for I/O');
    case 'other':
      return stateName('waiting');
    case 'frozen':
      return l10n.t('frozen');
    case 'polling':
      return l10n.t('polling');
    default:
      return stateName(state);
  }
}
