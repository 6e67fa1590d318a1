/** Who waits for what, as a tree: the circles first, explained step by step, then every object with its owner and its waiters. */

import * as l10n from '@vscode/l10n';
import type { Location } from '../../runtime/src/protocol/snapshot.ts';
import type { WaitEdge, WaitGraph, WaitNode } from '../../runtime/src/protocol/waits.ts';
import type { Row } from './greenlet-row.ts';
import { placeText } from './place.ts';
import { inRelation } from './runtime-text.ts';

export type WaitTreeNode =
  /** Greenlets that wait for each other. */
  | { kind: 'cycle'; key: string; parent: undefined; cycle: number }
  /** One of them, with what it waits for and who has that. */
  | { kind: 'step'; key: string; parent: WaitTreeNode; greenlet: number; next: number }
  | { kind: 'object'; key: string; parent: undefined; id: string }
  | { kind: 'owner'; key: string; parent: WaitTreeNode; greenlet: number; relation: string }
  | { kind: 'waiter'; key: string; parent: WaitTreeNode; greenlet: number; relation: string }
  /** What is not shown, because there is too much. */
  | { kind: 'rest'; key: string; parent: WaitTreeNode | undefined; count: number };

/** So many waiters of one object have rows. */
const SHOWN_WAITERS = 200;
/** So many objects have rows: those with the most waiters. */
const SHOWN_OBJECTS = 300;

export class WaitTree {
  readonly graph: WaitGraph;
  readonly #nodes: Map<string, WaitNode>;
  readonly #from = new Map<string, WaitEdge[]>();
  readonly #to = new Map<string, WaitEdge[]>();
  readonly #stuck: Set<number>;

  constructor(graph: WaitGraph) {
    this.graph = graph;
    this.#nodes = new Map(graph.nodes.map((node) => [node.id, node]));
    this.#stuck = new Set(graph.cycles.flatMap((each) => each.greenlets));
    for (const edge of graph.edges) {
      put(this.#from, edge.from, edge);
      put(this.#to, edge.to, edge);
    }
  }

  /** How many greenlets wait for something that is not just time. */
  get waiters(): number {
    return new Set(this.graph.edges.filter((edge) => this.#waits(edge)).map((edge) => edge.from))
      .size;
  }

  /** Whether a greenlet is one of a circle. */
  isStuck(greenlet: number): boolean {
    return this.#stuck.has(greenlet);
  }

  /** The nodes below a node; without one, the roots. */
  children(node?: WaitTreeNode): WaitTreeNode[] {
    if (node === undefined) return [...this.#cycles(), ...this.#objects()];
    if (node.kind === 'cycle') return this.#steps(node);
    return node.kind === 'object' ? this.#ends(node) : [];
  }

  /** How a node reads. */
  row(node: WaitTreeNode): Row {
    switch (node.kind) {
      case 'cycle':
        return this.#cycleRow(node.cycle);
      case 'step':
        return this.#stepRow(node.greenlet, node.next);
      case 'object':
        return this.#objectRow(node.id);
      case 'owner':
      case 'waiter':
        return this.#endRow(node);
      case 'rest':
        return { label: '…', description: l10n.t('and {0} more', node.count) };
    }
  }

  /** All that is known, for a tooltip. */
  tooltip(node: WaitTreeNode): string {
    if (node.kind === 'cycle') {
      const steps = this.children(node).map((each) => {
        const { label, description } = this.row(each);
        return `${label} ${description}`;
      });
      return [l10n.t('None of these greenlets can ever go on:'), ...steps].join('\n');
    }
    if (node.kind === 'object') {
      const object = this.#nodes.get(node.id);
      return object?.kind === 'object' ? object.text : (object?.label ?? '');
    }
    const { label, description } = this.row(node);
    return `${label} ${description}`;
  }

  /** What kind of thing an object is, for its icon: its class, or `Greenlet`. */
  typeOf(id: string): string {
    const node = this.#nodes.get(id);
    return node?.kind === 'object' ? node.type : 'Greenlet';
  }

  /** Whether the object is part of a circle. */
  isInCycle(id: string): boolean {
    const waiters = this.#waitersOf(id).map((edge) => this.#greenletAt(edge.from));
    const owners = this.#ownersOf(id).map(({ greenlet }) => greenlet);
    return (
      waiters.some((each) => this.#stuck.has(each)) && owners.some((each) => this.#stuck.has(each))
    );
  }

  #cycles(): WaitTreeNode[] {
    return this.graph.cycles.map(({ greenlets }, cycle) => {
      return { kind: 'cycle', key: `cycle ${greenlets.join()}`, parent: undefined, cycle };
    });
  }

  #objects(): WaitTreeNode[] {
    // A greenlet counts as an object when it is waited for.
    const all = [...this.#nodes.values()]
      .map(({ id, kind }) => ({ id, kind, weight: this.#waitersOf(id).length }))
      .filter(({ kind, weight }) => kind === 'object' || weight > 0)
      .map((each) => ({
        ...each,
        inCycle: this.isInCycle(each.id),
        held: this.#ownersOf(each.id).length,
      }))
      .sort(
        (a, b) => Number(b.inCycle) - Number(a.inCycle) || b.weight - a.weight || b.held - a.held,
      );
    const objects = all.slice(0, SHOWN_OBJECTS).map(({ id }): WaitTreeNode => {
      return { kind: 'object', key: `object ${id}`, parent: undefined, id };
    });
    return [...objects, ...restOf(all.length - objects.length, '', undefined)];
  }

  #steps(node: WaitTreeNode & { kind: 'cycle' }): WaitTreeNode[] {
    const { greenlets } = this.graph.cycles[node.cycle] ?? { greenlets: [] };
    return greenlets.map((greenlet, i) => {
      const next = greenlets[(i + 1) % greenlets.length] as number;
      return { kind: 'step', key: `${node.key} ${greenlet}`, parent: node, greenlet, next };
    });
  }

  #ends(node: WaitTreeNode & { kind: 'object' }): WaitTreeNode[] {
    const { id, key } = node;
    const owners = this.#ownersOf(id).map(({ greenlet, relation }): WaitTreeNode => {
      return { kind: 'owner', key: `${key} by ${greenlet}`, parent: node, greenlet, relation };
    });
    const all = this.#waitersOf(id);
    const waiters = all.slice(0, SHOWN_WAITERS).map((edge): WaitTreeNode => {
      const greenlet = this.#greenletAt(edge.from);
      const { relation } = edge;
      return { kind: 'waiter', key: `${key} for ${greenlet}`, parent: node, greenlet, relation };
    });
    return [...owners, ...waiters, ...restOf(all.length - waiters.length, key, node)];
  }

  #cycleRow(cycle: number): Row {
    const { greenlets } = this.graph.cycles[cycle] ?? { greenlets: [] };
    const names = greenlets.map((each) => this.#labelOf(`g${each}`));
    return { label: l10n.t('Deadlock'), description: [...names, names[0] ?? ''].join(' → ') };
  }

  /** `first #2` and `waits for right (Semaphore.acquire), held by second #3 — main.ts:12`. */
  #stepRow(greenlet: number, next: number): Row {
    const id = `g${greenlet}`;
    const waits = (this.#from.get(id) ?? []).filter((edge) => this.#waits(edge));
    const leads = waits.find((edge) => this.#leadsTo(edge.to, next)) ?? waits[0];
    const label = this.#labelOf(id);
    if (leads === undefined) return { label, description: '' };
    const owner = this.#ownersOf(leads.to).find((each) => each.greenlet === next);
    const what = l10n.t('waits for {0} ({1})', this.#labelOf(leads.to), leads.relation);
    const whose =
      owner === undefined || leads.to === `g${next}`
        ? what
        : l10n.t('{0}, {1}', what, inRelation(`${owner.relation} ${this.#labelOf(`g${next}`)}`));
    return { label, description: withPlace(whose, this.#placeOf(id)) };
  }

  #objectRow(id: string): Row {
    const node = this.#nodes.get(id);
    const label = this.#labelOf(id);
    const waiters = this.#waitersOf(id).length;
    const owners = this.#ownersOf(id);
    const type = node?.kind === 'object' ? node.type : l10n.t('greenlet');
    const parts = [
      ...(type === label ? [] : [type]),
      ...(owners.length === 0 || node?.kind === 'greenlet' ? [] : [ownersText(owners, this)]),
      waitersText(waiters),
    ];
    return { label, description: parts.join(' · ') };
  }

  #endRow(node: WaitTreeNode & { kind: 'owner' | 'waiter' }): Row {
    const id = `g${node.greenlet}`;
    const text =
      node.kind === 'waiter'
        ? l10n.t('waits: {0}', node.relation)
        : this.#nodes.has(id) && node.parent.kind === 'object' && node.parent.id === id
          ? l10n.t('must end')
          : ownerText(node.relation);
    return { label: this.#labelOf(id), description: withPlace(text, this.#placeOf(id)) };
  }

  /** The name of a greenlet or an object. */
  labelOf(greenlet: number): string {
    return this.#labelOf(`g${greenlet}`);
  }

  #labelOf(id: string): string {
    return this.#nodes.get(id)?.label ?? id.replace(/^g/, '#');
  }

  #placeOf(id: string): Location | null {
    const node = this.#nodes.get(id);
    return node?.kind === 'greenlet' ? node.location : null;
  }

  /** Whether an edge leads from who waits to what is waited for. */
  #waits({ from }: WaitEdge): boolean {
    return this.#nodes.get(from)?.kind === 'greenlet';
  }

  #waitersOf(id: string): WaitEdge[] {
    return (this.#to.get(id) ?? []).filter((edge) => this.#waits(edge));
  }

  /** Who could end the waits for it: a greenlet that is waited for, itself. */
  #ownersOf(id: string): { greenlet: number; relation: string }[] {
    const node = this.#nodes.get(id);
    if (node?.kind === 'greenlet') return [{ greenlet: node.greenlet, relation: 'is' }];
    return (this.#from.get(id) ?? []).map(({ to, relation }) => {
      return { greenlet: this.#greenletAt(to), relation };
    });
  }

  #leadsTo(id: string, greenlet: number): boolean {
    return this.#ownersOf(id).some((each) => each.greenlet === greenlet);
  }

  #greenletAt(id: string): number {
    const node = this.#nodes.get(id);
    return node?.kind === 'greenlet' ? node.greenlet : 0;
  }
}

function ownersText(
  owners: readonly { greenlet: number; relation: string }[],
  tree: WaitTree,
): string {
  const [first] = owners;
  const names = owners.map(({ greenlet }) => tree.labelOf(greenlet)).slice(0, 3);
  const more = owners.length > names.length ? ' …' : '';
  return inRelation(`${first?.relation ?? ''} ${names.join(', ')}${more}`);
}

function waitersText(count: number): string {
  if (count === 0) return l10n.t('nobody waits');
  return count === 1 ? l10n.t('1 waiter') : l10n.t('{0} waiters', count);
}

/** What the owner does, from its own side. */
function ownerText(relation: string): string {
  switch (relation) {
    case 'held by':
      return l10n.t('holds it');
    case 'so far released only by':
      return l10n.t('has released it so far');
    case 'so far emptied only by':
      return l10n.t('has emptied it so far');
    case 'so far filled only by':
      return l10n.t('has filled it so far');
    case 'so far received from only by':
      return l10n.t('has received from it so far');
    case 'so far sent into only by':
      return l10n.t('has sent into it so far');
    default:
      return relation;
  }
}

function restOf(count: number, key: string, parent: WaitTreeNode | undefined): WaitTreeNode[] {
  return count > 0 ? [{ kind: 'rest', key: `${key} rest`, parent, count }] : [];
}

function withPlace(text: string, place: Location | null): string {
  return place === null ? text : `${text} — ${placeText(place.path, place.line)}`;
}

function put(map: Map<string, WaitEdge[]>, key: string, edge: WaitEdge): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [edge]);
  else list.push(edge);
}
