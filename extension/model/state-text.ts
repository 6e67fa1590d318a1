/** The states of greenlets in words. */

import * as l10n from '@vscode/l10n';
import type { GreenletInfo, GreenletState } from '../../runtime/src/protocol/snapshot.ts';
import type { GreenletStore } from './greenlet-store.ts';

/** All states, those that matter most first: the order of groups and of choices. */
export const STATES: readonly GreenletState[] = [
  'running',
  'ready',
  'waiting',
  'created',
  'failed',
  'killed',
  'finished',
];

/** Whether a greenlet in this state can never run again. */
export function isOver(state: GreenletState): boolean {
  return state === 'finished' || state === 'failed' || state === 'killed';
}

/** The state's name. */
export function stateName(state: GreenletState): string {
  switch (state) {
    case 'created':
      return l10n.t('created');
    case 'ready':
      return l10n.t('ready');
    case 'running':
      return l10n.t('running');
    case 'waiting':
      return l10n.t('waiting');
    case 'finished':
      return l10n.t('finished');
    case 'failed':
      return l10n.t('failed');
    case 'killed':
      return l10n.t('killed');
  }
}

/** The state with what there is to say about it: what is waited for and who holds that, the result, the error. */
export function stateText(store: GreenletStore, greenlet: GreenletInfo): string {
  const text = detailed(store, greenlet);
  return greenlet.frozen ? l10n.t('frozen, {0}', text) : text;
}

/** What a greenlet waits for: `Queue.get (jobs)`; empty where it does not wait. */
export function waitText({ waitingOn }: GreenletInfo): string {
  if (waitingOn === null) return '';
  const { kind, name } = waitingOn;
  return name === '' ? kind : `${kind} (${name})`;
}

/** `3 waiting, 1 ready`: how many of some greenlets are in which state, most first. */
export function countText(greenlets: Iterable<GreenletInfo>): string {
  const counts = new Map<GreenletState, number>();
  for (const { state } of greenlets) counts.set(state, (counts.get(state) ?? 0) + 1);
  const most = [...counts].sort((a, b) => b[1] - a[1]);
  return most.map(([state, count]) => `${count} ${stateName(state)}`).join(', ');
}

function detailed(store: GreenletStore, greenlet: GreenletInfo): string {
  const { state, waitingOn, value, exception } = greenlet;
  const name = stateName(state);
  if (state === 'waiting' && waitingOn !== null) {
    const wait = `${name}: ${waitText(greenlet)}`;
    const { owner } = waitingOn;
    return owner === undefined ? wait : l10n.t('{0}, held by {1}', wait, store.label(owner));
  }
  const result = state === 'failed' ? exception : value;
  const says = result !== undefined && result !== 'undefined' && isOver(state);
  return says ? `${name}: ${firstLine(result)}` : name;
}

function firstLine(text: string): string {
  const end = text.indexOf('\n');
  return end < 0 ? text : `${text.slice(0, end)} …`;
}
