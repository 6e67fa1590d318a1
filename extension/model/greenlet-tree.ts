/** The greenlets as a tree: grouped, filtered, the identical ones merged. Nodes are made when they are asked for. */

import * as l10n from '@vscode/l10n';
import type { GreenletInfo } from '../../runtime/src/protocol/snapshot.ts';
import { blocksOf } from './blocks.ts';
import type { GreenletStore } from './greenlet-store.ts';
import { STATES, stateName } from './state-text.ts';
import { isWanted, type TreeOptions } from './tree-options.ts';

export type TreeNode =
  | { kind: 'hub'; key: string; parent: undefined }
  | { kind: 'greenlet'; key: string; parent: TreeNode | undefined; greenlet: number }
  /** All that a grouping puts together. */
  | { kind: 'group'; key: string; parent: undefined; heading: string; members: number[] }
  /** Siblings that do not differ. */
  | { kind: 'merged'; key: string; parent: TreeNode | undefined; members: number[] }
  /** A part of a long list. */
  | { kind: 'block'; key: string; parent: TreeNode | undefined; entries: number[][] };

/** So many siblings that do not differ become one row. */
const MERGED_FROM = 3;
/** The group of those that do not wait; no call is called so. */
const NOT_WAITING = '';

export class GreenletTree {
  readonly #store: GreenletStore;
  readonly #options: TreeOptions;
  readonly #pinned: ReadonlySet<number>;
  /** Which greenlets have a row: the wanted ones, and by spawner those above them. */
  readonly #shown = new Set<number>();
  readonly #known = new Map<string, TreeNode[]>();
  /** How many greenlets are wanted for their own sake. */
  readonly size: number;

  /**
   * The tree as the store is now: make a new one when that has changed.
   *
   * @param pinned ids that have rows of their own: the one that the program is paused in, those that are looked at.
   */
  constructor(store: GreenletStore, options: TreeOptions, pinned: ReadonlySet<number> = new Set()) {
    this.#store = store;
    this.#options = options;
    this.#pinned = pinned;
    let size = 0;
    for (const each of store.all()) {
      if (!isWanted(each, options)) continue;
      size++;
      this.#show(each.id);
    }
    this.size = size;
  }

  /** The nodes below a node; without one, the roots. */
  children(node?: TreeNode): TreeNode[] {
    const key = node?.key ?? '';
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const nodes = node === undefined ? this.#roots() : this.#below(node);
    this.#known.set(key, nodes);
    return nodes;
  }

  /** Whether there are nodes below one. */
  hasChildren(node: TreeNode): boolean {
    if (node.kind !== 'greenlet') return node.kind !== 'hub';
    return this.#options.groupBy === 'spawner' && this.#spawnedBy(node.greenlet).length > 0;
  }

  /** The row of a greenlet; undefined where the filter leaves it none. */
  find(id: number): TreeNode | undefined {
    if (!this.#shown.has(id)) return undefined;
    const path = [id];
    if (this.#options.groupBy === 'spawner') {
      for (let above = this.#store.parent(id); above !== null; above = this.#store.parent(above)) {
        if (!this.#isHidden(above)) path.unshift(above);
      }
    }
    let node: TreeNode | undefined;
    for (const each of path) {
      node = this.#locate(this.children(node), each);
      if (node === undefined) return undefined;
    }
    return node;
  }

  /** Whether a greenlet is wanted itself; others stand in the tree for those below them. */
  isWanted(id: number): boolean {
    const greenlet = this.#store.get(id);
    return greenlet !== undefined && isWanted(greenlet, this.#options);
  }

  #show(id: number): void {
    for (let each: number | null = id; each !== null && !this.#shown.has(each); ) {
      this.#shown.add(each);
      // One that is hidden has no row itself, but those below it have.
      each = this.#options.groupBy === 'spawner' ? this.#store.parent(each) : null;
    }
  }

  #roots(): TreeNode[] {
    const { groupBy, showsInternal } = this.#options;
    const hub: TreeNode[] = showsInternal ? [{ kind: 'hub', key: 'hub', parent: undefined }] : [];
    const nodes = groupBy === 'spawner' ? this.#list(this.#spawnedBy(null)) : this.#groups();
    return [...hub, ...nodes];
  }

  #below(node: TreeNode): TreeNode[] {
    switch (node.kind) {
      case 'hub':
        return [];
      case 'greenlet':
        return this.hasChildren(node) ? this.#list(this.#spawnedBy(node.greenlet), node) : [];
      case 'group':
        return this.#list(node.members, node);
      case 'merged':
        return this.#cut(
          node.members.map((id) => [id]),
          node,
        );
      case 'block':
        return this.#cut(node.entries, node);
    }
  }

  #spawnedBy(parent: number | null): number[] {
    return this.#store.children(parent).flatMap((id) => {
      if (!this.#shown.has(id)) return [];
      return this.#isHidden(id) ? this.#spawnedBy(id) : [id];
    });
  }

  /** What a helper of the runtime's has spawned stands in its place. */
  #isHidden(id: number): boolean {
    return !this.#options.showsInternal && this.#store.get(id)?.internal === true;
  }

  #groups(): TreeNode[] {
    const groups = new Map<string, number[]>();
    for (const greenlet of this.#store.all()) {
      if (!this.#shown.has(greenlet.id)) continue;
      const name = this.#groupOf(greenlet);
      const members = groups.get(name);
      if (members === undefined) groups.set(name, [greenlet.id]);
      else members.push(greenlet.id);
    }
    const isByState = this.#options.groupBy === 'state';
    const rank = (name: string) =>
      isByState ? STATES.indexOf(name as GreenletInfo['state']) : Number(name === NOT_WAITING);
    return [...groups]
      .sort((a, b) => rank(a[0]) - rank(b[0]) || b[1].length - a[1].length)
      .map(([name, members]) => {
        const heading = isByState ? stateName(name as GreenletInfo['state']) : nameOf(name);
        return { kind: 'group', key: `group ${name}`, parent: undefined, heading, members };
      });
  }

  #groupOf({ state, name, location, waitingOn }: GreenletInfo): string {
    switch (this.#options.groupBy) {
      case 'state':
      case 'spawner':
        return state;
      case 'function':
        return location === null ? name : location.function;
      case 'wait':
        if (waitingOn === null) return NOT_WAITING;
        return waitingOn.name === '' || isTime(waitingOn.name)
          ? waitingOn.kind
          : `${waitingOn.kind} (${waitingOn.name})`;
    }
  }

  /** Siblings: the identical ones merged, long lists cut. */
  #list(ids: number[], parent?: TreeNode): TreeNode[] {
    const entries: number[][] = [];
    const alike = new Map<string, number[]>();
    for (const id of ids) {
      const signature = this.#signature(id);
      const entry = signature === undefined ? undefined : alike.get(signature);
      if (entry !== undefined) entry.push(id);
      else {
        const first = [id];
        entries.push(first);
        if (signature !== undefined) alike.set(signature, first);
      }
    }
    const merged = entries.flatMap((entry) =>
      entry.length < MERGED_FROM ? entry.map((id) => [id]) : [entry],
    );
    return this.#cut(
      merged.sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0)),
      parent,
    );
  }

  /** What makes greenlets identical; undefined for one that must have a row of its own. */
  #signature(id: number): string | undefined {
    const greenlet = this.#store.get(id);
    if (greenlet === undefined || this.#pinned.has(id)) return undefined;
    if (this.#options.groupBy === 'spawner' && this.#spawnedBy(id).length > 0) return undefined;
    const { name, state, waitingOn, location, frozen, value, exception } = greenlet;
    const wait = waitingOn && `${waitingOn.kind}\n${waitingOn.name}\n${waitingOn.owner}`;
    const place = location && `${location.path}\n${location.line}\n${location.column}`;
    return `${name}\n${state}\n${wait}\n${place}\n${frozen}\n${value}\n${exception}`;
  }

  #cut(entries: number[][], parent: TreeNode | undefined): TreeNode[] {
    const byFirst = new Map(entries.map((entry) => [entry[0] as number, entry]));
    const blocks = blocksOf([...byFirst.keys()]);
    if (blocks === undefined) return entries.map((entry) => entryNode(entry, parent));
    return blocks.map(({ first, size, members }) => ({
      kind: 'block',
      key: `block ${parent?.key ?? ''} ${size} ${first}`,
      parent,
      entries: members.map((each) => byFirst.get(each) as number[]),
    }));
  }

  #locate(nodes: TreeNode[], id: number): TreeNode | undefined {
    for (const node of nodes) {
      if (node.kind === 'greenlet' && node.greenlet === id) return node;
      if (holds(node, id)) return this.#locate(this.children(node), id);
    }
    return undefined;
  }
}

/** All greenlets that a node stands for, without those below a single one. */
export function membersOf(node: TreeNode): number[] {
  switch (node.kind) {
    case 'hub':
      return [];
    case 'greenlet':
      return [node.greenlet];
    case 'group':
    case 'merged':
      return node.members;
    case 'block':
      return node.entries.flat();
  }
}

function nameOf(group: string): string {
  return group === NOT_WAITING ? l10n.t('not waiting') : group;
}

function entryNode(entry: number[], parent: TreeNode | undefined): TreeNode {
  const [first = 0] = entry;
  return entry.length === 1
    ? { kind: 'greenlet', key: `greenlet ${first}`, parent, greenlet: first }
    : { kind: 'merged', key: `merged ${first}`, parent, members: entry };
}

function holds(node: TreeNode, id: number): boolean {
  return node.kind !== 'greenlet' && membersOf(node).includes(id);
}

/** A wait for some time: how long differs, and says nothing. */
function isTime(name: string): boolean {
  return name.trim() !== '' && Number.isFinite(Number(name));
}
