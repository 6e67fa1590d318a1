/** The switch history as rows, newest first; older ones in blocks that open on demand. */

import { type Block, blocksOf } from './blocks.ts';
import type { Row } from './greenlet-row.ts';
import type { HistoryStore, NamedSwitch } from './history-store.ts';
import { placeText } from './place.ts';

export type HistoryNode =
  | { kind: 'switch'; key: string; row: NamedSwitch }
  | { kind: 'block'; key: string; block: Block }
  | { kind: 'dropped'; key: string; count: number };

/** At least so many of the newest switches stand outside any block. */
const NEWEST = 100;

/** The rows under a node, newest first; without one, the rows of the view. */
export function historyNodes(store: HistoryStore, node?: HistoryNode): HistoryNode[] {
  if (node?.kind === 'block') {
    const blocks = blocksOf(node.block.members);
    return blocks?.map(blockNode).reverse() ?? switchNodes(store, node.block.members);
  }
  if (node !== undefined) return [];
  const sequence = store.sequence;
  const edge = (sequence.at(-1) ?? 0) - NEWEST;
  const start = sequence.findIndex((seq) => seq >= edge - (edge % NEWEST));
  const older = blocksOf(sequence.slice(0, start), 0) ?? [];
  const nodes = [...switchNodes(store, sequence.slice(start)), ...older.map(blockNode).reverse()];
  if (store.dropped > 0) nodes.push({ kind: 'dropped', key: 'dropped', count: store.dropped });
  return nodes;
}

/** `#12 foo #2 → bar #3` and `sleep  main.ts:7`. */
export function historyRow(node: HistoryNode): Row {
  if (node.kind === 'switch') {
    const { seq, fromLabel, toLabel, reason, source, line } = node.row;
    const place = placeText(source, line);
    return {
      label: `#${seq} ${fromLabel} → ${toLabel}`,
      description: place === '' ? reason : `${reason}  ${place}`,
    };
  }
  if (node.kind === 'dropped') {
    return { label: '…', description: `${node.count} older switches are no longer kept` };
  }
  const { members } = node.block;
  return {
    label: `#${members.at(-1)} … #${members[0]}`,
    description: `${members.length} older switches`,
  };
}

/** What a pointer that rests on a switch shows. */
export function switchTooltip(row: NamedSwitch): string {
  const at = row.source === '' ? '' : `\nat ${row.source}:${row.line}:${row.column}`;
  const next = row.to === 0 ? 'nothing was ready' : `then ${row.toLabel} ran`;
  return `${row.time.toFixed(6)} s: ${row.fromLabel} stopped running (${row.reason}), ${next}${at}`;
}

function switchNodes(store: HistoryStore, sequence: number[]): HistoryNode[] {
  const nodes: HistoryNode[] = [];
  for (const seq of sequence) {
    const row = store.get(seq);
    if (row !== undefined) nodes.push({ kind: 'switch', key: `switch ${seq}`, row });
  }
  return nodes.reverse();
}

function blockNode(block: Block): HistoryNode {
  return { kind: 'block', key: `block ${block.size} ${block.first}`, block };
}
