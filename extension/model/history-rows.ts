/** The switch history as rows, newest first; older ones in blocks that open on demand. */

import * as l10n from '@vscode/l10n';
import { durationText } from './duration.ts';
import type { Row } from './greenlet-row.ts';
import type { HistoryStore, NamedSwitch } from './history-store.ts';
import { placeText } from './place.ts';

export type HistoryNode =
  | { kind: 'switch'; key: string; row: NamedSwitch }
  /** The switches from `first` to `last`. */
  | { kind: 'block'; key: string; first: number; last: number }
  | { kind: 'dropped'; key: string; count: number }
  /** Where a filter has more rows than are shown. */
  | { kind: 'more'; key: string };

/** A block at the lowest level, and how many of the newest switches stand outside any block at least. */
export const PAGE = 100;
/** A level has so many blocks at most. */
const MOST_BLOCKS = 200;

/** The nodes under a block, newest first; without one, the nodes of the view. Rows that are not known are left out. */
export function historyNodes(store: HistoryStore, node?: HistoryNode): HistoryNode[] {
  if (node?.kind === 'block') {
    const { first, last } = node;
    return isPage(node) ? switchNodes(store.range(first, last)) : blocks(first, last);
  }
  if (node !== undefined) return [];
  const edge = edgeOf(store);
  const nodes = switchNodes(store.range(edge, store.newest));
  if (store.oldest < edge) nodes.push(...blocks(store.oldest, edge - 1));
  const dropped = store.oldest - 1;
  if (dropped > 0) nodes.push({ kind: 'dropped', key: 'dropped', count: dropped });
  return nodes;
}

/** The switches that a node's children are made of; undefined where those are blocks. */
export function rowsBelow(
  store: HistoryStore,
  node?: HistoryNode,
): { first: number; last: number } | undefined {
  if (node === undefined) return { first: edgeOf(store), last: store.newest };
  return node.kind === 'block' && isPage(node) ? node : undefined;
}

/** The rows that a filter has found, newest first. */
export function filteredNodes(rows: readonly NamedSwitch[], hasMore: boolean): HistoryNode[] {
  const nodes = switchNodes(rows);
  return hasMore ? [...nodes, { kind: 'more', key: 'more' }] : nodes;
}

/** `#12 foo #2 → bar #3` and `sleep · 1.2 ms · main.ts:7`. */
export function historyRow(node: HistoryNode): Row {
  switch (node.kind) {
    case 'switch': {
      const { seq, fromLabel, toLabel, reason, duration, source, line } = node.row;
      const took = duration === undefined ? '' : durationText(duration);
      const parts = [reason, took, placeText(source, line)];
      return {
        label: `#${seq} ${fromLabel} → ${toLabel}`,
        description: parts.filter((part) => part !== '').join(' · '),
      };
    }
    case 'dropped':
      return {
        label: '…',
        description: l10n.t('{0} older switches are no longer kept', node.count),
      };
    case 'more':
      return { label: '…', description: l10n.t('Show older switches') };
    case 'block':
      return {
        label: `#${node.last} … #${node.first}`,
        description: l10n.t('{0} older switches', node.last - node.first + 1),
      };
  }
}

/** What a pointer that rests on a switch shows. */
export function switchTooltip(row: NamedSwitch): string {
  const { time, duration, fromLabel, toLabel, from, to, reason, source, line, column } = row;
  const ran = duration === undefined ? '' : durationText(duration);
  const lines = [
    l10n.t('at {0} s: {1} stopped running ({2})', time.toFixed(6), fromLabel, reason),
    ...(ran === ''
      ? []
      : [
          from === 0
            ? l10n.t('after it had waited for {0}', ran)
            : l10n.t('after it had run for {0}', ran),
        ]),
    to === 0 ? l10n.t('nothing was ready') : l10n.t('then {0} ran', toLabel),
    ...(source === '' ? [] : [`${source}:${line}:${column}`]),
  ];
  return lines.join('\n');
}

/** The first of the switches that stand outside any block. */
function edgeOf({ newest, oldest }: HistoryStore): number {
  const edge = newest - PAGE;
  return Math.max(oldest, edge - (((edge % PAGE) + PAGE) % PAGE), 1);
}

function isPage({ first, last }: { first: number; last: number }): boolean {
  return Math.floor(first / PAGE) === Math.floor(last / PAGE);
}

/** The largest blocks that are not too many, newest first, aligned so that they stay the same while switches come. */
function blocks(first: number, last: number): HistoryNode[] {
  let size = PAGE;
  while ((last - first) / size > MOST_BLOCKS) size *= PAGE;
  const nodes: HistoryNode[] = [];
  for (let end = last; end >= first; ) {
    const start = Math.max(first, end - (end % size));
    nodes.push({
      kind: 'block',
      key: `block ${size} ${end - (end % size)}`,
      first: start,
      last: end,
    });
    end = start - 1;
  }
  return nodes;
}

function switchNodes(rows: readonly NamedSwitch[]): HistoryNode[] {
  return rows.map((row) => ({ kind: 'switch', key: `switch ${row.seq}`, row }));
}
