/** The tree of greenlets by spawner, as nodes that are made when they are asked for. */

import { type Block, blocksOf } from './blocks.ts';
import type { GreenletStore } from './greenlet-store.ts';

export type TreeNode =
  | { kind: 'greenlet'; key: string; id: number }
  | { kind: 'block'; key: string; parent: number | null; block: Block };

/** The children of a node, the roots without one. */
export function childNodes(store: GreenletStore, node?: TreeNode): TreeNode[] {
  if (node?.kind === 'block') return nodesOf(node.block.members, node.parent);
  const parent = node === undefined ? null : node.id;
  return nodesOf(store.children(parent), parent);
}

/** The node that stands above `node`; undefined for a root. An editor needs it to open the tree down to a node. */
export function parentNode(store: GreenletStore, node: TreeNode): TreeNode | undefined {
  const parent = node.kind === 'block' ? node.parent : store.parent(node.id);
  let above = parent === null ? undefined : greenletNode(parent);
  for (let siblings = store.children(parent); ; ) {
    const block = blocksOf(siblings)?.find((each) => holds(each, node));
    if (block === undefined) return above;
    const next = blockNode(block, parent);
    if (next.key === node.key) return above;
    above = next;
    siblings = block.members;
  }
}

export function greenletNode(id: number): TreeNode {
  return { kind: 'greenlet', key: `greenlet ${id}`, id };
}

function nodesOf(ids: number[], parent: number | null): TreeNode[] {
  const blocks = blocksOf(ids);
  if (blocks === undefined) return ids.map(greenletNode);
  return blocks.map((block) => blockNode(block, parent));
}

function blockNode(block: Block, parent: number | null): TreeNode {
  return { kind: 'block', key: `block ${parent} ${block.size} ${block.first}`, parent, block };
}

function holds({ first, size }: Block, node: TreeNode): boolean {
  const number = node.kind === 'block' ? node.block.first : node.id;
  return first <= number && number < first + size;
}
