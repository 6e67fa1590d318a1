/** How the greenlets are shown: by what they are grouped, and which of them. */

import * as l10n from '@vscode/l10n';
import type { GreenletInfo, GreenletState } from '../../runtime/src/protocol/snapshot.ts';
import { labelOf } from './greenlet-store.ts';
import { placeText } from './place.ts';
import { isOver, stateName, waitText } from './state-text.ts';

export type Grouping = 'spawner' | 'state' | 'function' | 'wait';

export interface TreeOptions {
  groupBy: Grouping;
  /** What a row must contain: a part of its name, function, file, wait, result… Empty: anything. */
  text: string;
  /** Only these states; empty: all. */
  states: readonly GreenletState[];
  hidesEnded: boolean;
  /** Whether the hub and the runtime's own helpers are shown. */
  showsInternal: boolean;
}

export const PLAIN_OPTIONS: TreeOptions = {
  groupBy: 'spawner',
  text: '',
  states: [],
  hidesEnded: false,
  showsInternal: false,
};

/** Whether a greenlet is to be shown for its own sake. */
export function isWanted(greenlet: GreenletInfo, options: TreeOptions): boolean {
  const { text, states, hidesEnded, showsInternal } = options;
  if (greenlet.internal && !showsInternal) return false;
  if (hidesEnded && isOver(greenlet.state)) return false;
  if (states.length > 0 && !states.includes(greenlet.state)) return false;
  return text === '' || searchText(greenlet).includes(text.toLowerCase());
}

/** What the filter leaves, in words; undefined where it leaves all. */
export function filterText({ text, states, hidesEnded }: TreeOptions): string | undefined {
  const parts = [
    ...(text === '' ? [] : [`“${text}”`]),
    ...(states.length === 0 ? [] : [states.map(stateName).join(', ')]),
    ...(hidesEnded ? [l10n.t('without those that have ended')] : []),
  ];
  return parts.length === 0 ? undefined : parts.join(', ');
}

function searchText(greenlet: GreenletInfo): string {
  const { state, location, value = '', exception = '' } = greenlet;
  const place =
    location === null ? '' : `${location.function} ${placeText(location.path, location.line)}`;
  const frozen = greenlet.frozen ? l10n.t('frozen') : '';
  const parts = [labelOf(greenlet), stateName(state), frozen, waitText(greenlet), place];
  return [...parts, value, exception].join('\n').toLowerCase();
}
