/** How a greenlet, or several of them, reads in one row of the tree, in a tooltip, and as text to copy. */

import * as l10n from '@vscode/l10n';
import type { GreenletInfo, GreenletStack, Location } from '../../runtime/src/protocol/snapshot.ts';
import { durationText } from './duration.ts';
import { type GreenletStore, labelOf } from './greenlet-store.ts';
import { membersOf, type TreeNode } from './greenlet-tree.ts';
import { placeText } from './place.ts';
import { countText, stateText } from './state-text.ts';

export interface Row {
  label: string;
  /** Shown dimmed behind the label. */
  description: string;
}

/** How a node of the tree reads. */
export function treeRow(store: GreenletStore, node: TreeNode): Row {
  switch (node.kind) {
    case 'hub':
      return { label: l10n.t('hub'), description: hubText(store) };
    case 'greenlet': {
      const greenlet = store.get(node.greenlet);
      return greenlet === undefined
        ? { label: `#${node.greenlet}`, description: '' }
        : greenletRow(store, greenlet);
    }
    case 'merged':
      return mergedRow(store, node.members);
    case 'group':
      return { label: node.heading, description: totals(store, node) };
    case 'block': {
      const ids = membersOf(node);
      return { label: `#${ids[0]} … #${ids.at(-1)}`, description: counts(store, node) };
    }
  }
}

/** `foo #2` and `waiting: sleep (0) — main.ts:7 · 1.2 s · 5 switches`. */
export function greenletRow(store: GreenletStore, greenlet: GreenletInfo): Row {
  const parts = [placed(store, greenlet), ageText(store, greenlet), switchesText(greenlet)];
  return {
    label: labelOf(greenlet),
    description: parts.filter((part) => part !== '').join(' · '),
  };
}

/** What a pointer that rests on the row shows: everything that is known, one fact a line. */
export function greenletTooltip(store: GreenletStore, greenlet: GreenletInfo): string {
  const { location, spawner } = greenlet;
  const age = ageText(store, greenlet);
  const lines = [`${labelOf(greenlet)}: ${stateText(store, greenlet)}`];
  if (location !== null)
    lines.push(l10n.t('in {0} at {1}', location.function, whereText(location)));
  if (spawner !== null) lines.push(l10n.t('spawned by {0}', store.label(spawner)));
  if (age !== '') lines.push(l10n.t('in this state for {0}', age));
  lines.push(switchesText(greenlet));
  return lines.join('\n');
}

/**
 * A greenlet as text, with its stack and where it was spawned.
 *
 * @param stack undefined where it cannot be asked for any more.
 */
export function greenletText(
  store: GreenletStore,
  greenlet: GreenletInfo,
  stack: GreenletStack | undefined,
): string {
  const lines = [`${labelOf(greenlet)}: ${stateText(store, greenlet)}`];
  const { location } = greenlet;
  const frames = stack?.frames ?? (location === null ? [] : [location]);
  for (const frame of frames) lines.push(`    at ${frame.function} (${whereText(frame)})`);
  const [spawned] = stack?.spawned ?? [];
  if (spawned !== undefined) {
    const by = greenlet.spawner === null ? '' : ` ${store.label(greenlet.spawner)}`;
    lines.push(`    spawned by${by} at ${whereText(spawned)}`);
  }
  return lines.join('\n');
}

/** The rows that a tree would have, as text with indentation: all greenlets at once. */
export function forestText(store: GreenletStore): string {
  const lines: string[] = [];
  const visit = (parent: number | null, indent: string) => {
    for (const id of store.children(parent)) {
      const greenlet = store.get(id);
      if (greenlet === undefined) continue;
      const { label, description } = greenletRow(store, greenlet);
      lines.push(`${indent}${label}  ${description}`);
      visit(id, `${indent}  `);
    }
  };
  visit(null, '');
  return lines.join('\n');
}

/** `worker ×100` and `waiting: Queue.get (jobs) — main.ts:7 · #3 … #102`. */
function mergedRow(store: GreenletStore, members: readonly number[]): Row {
  const [first = 0] = members;
  const greenlet = store.get(first);
  const range = `#${first} … #${members.at(-1)}`;
  if (greenlet === undefined) return { label: range, description: '' };
  return {
    label: `${greenlet.name} ×${members.length}`,
    description: `${placed(store, greenlet)} · ${range}`,
  };
}

function placed(store: GreenletStore, greenlet: GreenletInfo): string {
  const state = stateText(store, greenlet);
  const { location, name } = greenlet;
  if (location === null) return state;
  const { path, line, function: fn } = location;
  const isOther = fn !== name && fn !== '<module>';
  return `${state} — ${isOther ? `${fn} ` : ''}${placeText(path, line)}`;
}

/** How long it has been in its state; empty where that is not known, or is over. */
function ageText(store: GreenletStore, { since, state }: GreenletInfo): string {
  if (since === undefined || state === 'finished' || state === 'failed' || state === 'killed') {
    return '';
  }
  return durationText(Math.max(0, store.time - since));
}

function switchesText({ switches }: GreenletInfo): string {
  return switches === 1 ? l10n.t('1 switch') : l10n.t('{0} switches', switches);
}

function hubText({ hub: { ready, timers, nextTimer }, time }: GreenletStore): string {
  const text = l10n.t('{0} ready, {1} timers', ready, timers);
  if (nextTimer === null) return text;
  return l10n.t('{0}, the next one in {1}', text, durationText(Math.max(0, nextTimer - time)));
}

/** `5 — 3 waiting, 2 ready`; `5 waiting` where they are all in one state. */
function totals(store: GreenletStore, node: TreeNode): string {
  const text = counts(store, node);
  return text.includes(',') ? `${membersOf(node).length} — ${text}` : text;
}

function counts(store: GreenletStore, node: TreeNode): string {
  return countText(membersOf(node).flatMap((id) => store.get(id) ?? []));
}

function whereText({ path, line, column }: Location): string {
  return `${path}:${line}:${column}`;
}
