/** How a greenlet, or a block of them, reads in one row of the tree. */

import type { GreenletInfo, GreenletState } from '../../runtime/src/protocol/snapshot.ts';
import type { Block } from './blocks.ts';
import { type GreenletStore, labelOf } from './greenlet-store.ts';
import { placeText } from './place.ts';

export interface Row {
  label: string;
  /** Shown dimmed behind the label. */
  description: string;
}

/** `foo #2` and `waiting: sleep (0) — main.ts:7`. */
export function greenletRow(store: GreenletStore, greenlet: GreenletInfo): Row {
  const { location } = greenlet;
  const place = location === null ? '' : placeText(location.path, location.line);
  const state = stateText(store, greenlet);
  return { label: labelOf(greenlet), description: place === '' ? state : `${state} — ${place}` };
}

/** What a pointer that rests on the row shows: everything that is known, one fact a line. */
export function greenletTooltip(store: GreenletStore, greenlet: GreenletInfo): string {
  const { location, spawner, switches } = greenlet;
  const lines = [`${labelOf(greenlet)}: ${stateText(store, greenlet)}`];
  if (location !== null) {
    lines.push(`in ${location.function} at ${location.path}:${location.line}:${location.column}`);
  }
  if (spawner !== null) lines.push(`spawned by ${store.label(spawner)}`);
  lines.push(switches === 1 ? 'has given way once' : `has given way ${switches} times`);
  return lines.join('\n');
}

/** `#100 … #199` and `97 waiting, 3 ready`. */
export function blockRow(store: GreenletStore, { members }: Block): Row {
  const counts = new Map<GreenletState, number>();
  for (const id of members) {
    const state = store.get(id)?.state;
    if (state !== undefined) counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  const most = [...counts].sort((a, b) => b[1] - a[1]);
  return {
    label: `#${members[0]} … #${members.at(-1)}`,
    description: most.map(([state, count]) => `${count} ${state}`).join(', '),
  };
}

function stateText(store: GreenletStore, greenlet: GreenletInfo): string {
  const { state, waitingOn, value, exception } = greenlet;
  if (state === 'waiting' && waitingOn !== null) {
    const { kind, name, owner } = waitingOn;
    const holder = owner === undefined ? '' : `, held by ${store.label(owner)}`;
    return `waiting: ${kind}${name === '' ? '' : ` (${name})`}${holder}`;
  }
  if (state === 'finished' && value !== undefined && value !== 'undefined') {
    return `finished: ${firstLine(value)}`;
  }
  if (state === 'failed' && exception !== undefined) return `failed: ${firstLine(exception)}`;
  return state;
}

function firstLine(text: string): string {
  const end = text.indexOf('\n');
  return end < 0 ? text : `${text.slice(0, end)} …`;
}
