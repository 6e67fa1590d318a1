/** The wait-for graph as data: who waits for what, who could end the wait, and where that goes round in a circle. */

import { Greenlet } from '../core/greenlet.ts';
import type { Hub } from '../core/hub.ts';
import { labelsOf, ownersOf } from '../core/label.ts';
import { Several } from '../core/several.ts';
import { wakersOf } from '../core/wait-graph.ts';
import type { WaitEdge, WaitGraph, WaitNode } from '../protocol/waits.ts';
import { SimpleQueue } from '../sync/queue.ts';
import { MadeObjects } from './made-objects.ts';
import { locationOf } from './rows.ts';

export class Waits {
  private readonly hub: Hub;
  /** The objects that were seen keep their ids. */
  private readonly ids = new WeakMap<object, string>();
  private lastId = 0;
  private readonly made = new MadeObjects();

  constructor(hub: Hub) {
    this.hub = hub;
    this.made.listen();
  }

  /**
   * The graph as it is now.
   *
   * @param likely whether those who wait for a queue or a signal count as a circle, too, that only others of the circle have served
   *     so far: at the end of a program, when nobody else can come.
   */
  graph(likely: boolean): WaitGraph {
    const nodes = new Map<string, WaitNode>();
    const edges: WaitEdge[] = [];
    const known = new Set<string>();
    for (const greenlet of Greenlet.live()) {
      if (greenlet.state !== 'waiting') continue;
      const from = this.add(nodes, greenlet);
      for (const object of objectsOf(greenlet.waitOn)) {
        const to = this.add(nodes, object);
        edges.push({ from, to, relation: greenlet.waitKind });
        if (object instanceof Greenlet) continue;
        for (const edge of this.wakerEdges(nodes, to, greenlet)) {
          const name = `${edge.from} ${edge.to}`;
          if (!known.has(name)) edges.push(edge);
          known.add(name);
        }
      }
    }
    for (const object of this.made.known()) {
      const from = this.idOf(object);
      if (nodes.has(from)) continue;
      this.add(nodes, object);
      for (const owner of ownersOf(object)) {
        edges.push({ from, to: this.add(nodes, owner), relation: 'held by' });
      }
    }
    const deadlocks = this.hub.findDeadlocks({ likely });
    const cycles = deadlocks.map(({ greenlets, text }) => ({
      greenlets: greenlets.map((each) => each.id),
      text,
    }));
    return { nodes: [...nodes.values()], edges, cycles };
  }

  private wakerEdges(nodes: Map<string, WaitNode>, from: string, waiter: Greenlet): WaitEdge[] {
    const wakers = wakersOf(waiter);
    if (wakers === undefined) return [];
    const { relation, certain } = wakers;
    return wakers.greenlets.map((each) => ({
      from,
      to: this.add(nodes, each),
      relation,
      ...(!certain && { likely: true as const }),
    }));
  }

  private add(nodes: Map<string, WaitNode>, object: object): string {
    const id = object instanceof Greenlet ? `g${object.id}` : this.idOf(object);
    if (!nodes.has(id)) nodes.set(id, nodeOf(id, object));
    return id;
  }

  private idOf(object: object): string {
    let id = this.ids.get(object);
    if (id === undefined) {
      id = `o${++this.lastId}`;
      this.ids.set(object, id);
    }
    return id;
  }
}

function nodeOf(id: string, object: object): WaitNode {
  if (object instanceof Greenlet) {
    const place = object.places()[0];
    return {
      id,
      kind: 'greenlet',
      label: object.label,
      greenlet: object.id,
      state: object.state,
      location: place === undefined ? null : locationOf(place),
    };
  }
  const type = object.constructor?.name ?? 'object';
  const name = labelsOf(object);
  return { id, kind: 'object', label: name === '' ? type : name, type, text: textOf(object, type) };
}

/** An object in its own terms. A queue without its items, of which there may be many. */
function textOf(object: object, type: string): string {
  if (!(object instanceof SimpleQueue)) return String(object);
  const { maxsize } = object;
  return `<${type}${maxsize === undefined ? '' : ` maxsize=${maxsize}`} qsize=${object.qsize()}>`;
}

/** What a greenlet waits for; nothing where it is only time. */
function objectsOf(on: unknown): object[] {
  if (on instanceof Several) return on.objects.flatMap(objectsOf);
  return typeof on === 'object' && on !== null ? [on] : [];
}
