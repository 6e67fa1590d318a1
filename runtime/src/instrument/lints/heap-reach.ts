/** What can be reached on the heap, as V8 tells it in a snapshot. For the end of a program: a snapshot takes a fifth of a second. */

import { Session } from 'node:inspector';
import type { Greenlet } from '../../core/greenlet.ts';

/** A snapshot of a larger heap would take too long, in bytes. */
const LARGEST = 100_000_000;
/** Where the objects lie that the inspector is told to look at. */
const HANDLE = 'greenlets.reach';

/** See `Reach`. */
export function reachOnHeap(
  objects: readonly object[],
  from: readonly Greenlet[],
  notBy: readonly Greenlet[],
): ReadonlySet<object> | null {
  if (process.memoryUsage().heapUsed > LARGEST) return null;
  const session = new Session();
  session.connect();
  try {
    const graph = new HeapGraph(snapshotOf(session));
    // Not before: V8 numbers objects when it takes a snapshot.
    const ids = idsOf(session, [...objects, ...from, ...notBy]);
    const wanted = ids.slice(0, objects.length);
    const starts = ids.slice(objects.length, objects.length + from.length);
    const reached = graph.reach(starts, ids.slice(objects.length + from.length));
    return new Set(objects.filter((_, i) => reached.has(wanted[i] as number)));
  } finally {
    session.disconnect();
  }
}

/** V8's numbers of objects, by which a snapshot names them. */
function idsOf(session: Session, objects: readonly object[]): number[] {
  const home = globalThis as { [key: symbol]: unknown };
  home[Symbol.for(HANDLE)] = objects;
  try {
    return objects.map((_, i) => {
      const expression = `globalThis[Symbol.for('${HANDLE}')][${i}]`;
      let id = -1;
      session.post('Runtime.evaluate', { expression }, (_error, evaluated) => {
        const objectId = evaluated?.result.objectId;
        if (objectId === undefined) return;
        session.post('HeapProfiler.getHeapObjectId', { objectId }, (_failed, found) => {
          id = Number(found?.heapSnapshotObjectId ?? -1);
        });
        session.post('Runtime.releaseObject', { objectId });
      });
      return id;
    });
  } finally {
    delete home[Symbol.for(HANDLE)];
  }
}

function snapshotOf(session: Session): HeapSnapshot {
  const chunks: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ params }) => {
    chunks.push(params.chunk);
  });
  session.post('HeapProfiler.takeHeapSnapshot', {});
  return JSON.parse(chunks.join(''));
}

/** The parts of V8's format that are used: rows of numbers, whose columns `meta` names. */
interface HeapSnapshot {
  snapshot: {
    meta: { node_fields: string[]; edge_fields: string[]; edge_types: [string[], ...unknown[]] };
  };
  nodes: number[];
  edges: number[];
}

class HeapGraph {
  private readonly snapshot: HeapSnapshot;
  private readonly nodeWidth: number;
  private readonly edgeWidth: number;
  private readonly idAt: number;
  private readonly typeAt: number;
  private readonly targetAt: number;
  private readonly weak: number;
  /** Where the edges of each node begin. */
  private readonly firstEdge: Uint32Array;

  constructor(snapshot: HeapSnapshot) {
    const { node_fields, edge_fields, edge_types } = snapshot.snapshot.meta;
    this.snapshot = snapshot;
    this.nodeWidth = node_fields.length;
    this.edgeWidth = edge_fields.length;
    this.idAt = node_fields.indexOf('id');
    this.typeAt = edge_fields.indexOf('type');
    this.targetAt = edge_fields.indexOf('to_node');
    this.weak = edge_types[0].indexOf('weak');
    const { nodes } = snapshot;
    const countAt = node_fields.indexOf('edge_count');
    this.firstEdge = new Uint32Array(nodes.length / this.nodeWidth + 1);
    for (let node = 0; node + 1 < this.firstEdge.length; node++) {
      const count = nodes[node * this.nodeWidth + countAt] as number;
      this.firstEdge[node + 1] = (this.firstEdge[node] as number) + count * this.edgeWidth;
    }
  }

  /**
   * The ids of all objects that can be reached.
   *
   * @param starts the ids where to begin.
   * @param closed the ids of objects that lead nowhere.
   */
  reach(starts: readonly number[], closed: readonly number[]): Set<number> {
    const { nodes, edges } = this.snapshot;
    const first = new Set(starts);
    const dead = new Set(closed);
    const seen = new Uint8Array(this.firstEdge.length);
    const ids = new Set<number>();
    const queue: number[] = [];
    const visit = (node: number) => {
      if (seen[node] === 1) return;
      seen[node] = 1;
      const id = nodes[node * this.nodeWidth + this.idAt] as number;
      if (dead.has(id)) return;
      ids.add(id);
      queue.push(node);
    };
    for (let node = 0; node + 1 < this.firstEdge.length; node++) {
      if (first.has(nodes[node * this.nodeWidth + this.idAt] as number)) visit(node);
    }
    for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
      const end = this.firstEdge[node + 1] as number;
      for (let edge = this.firstEdge[node] as number; edge < end; edge += this.edgeWidth) {
        if (edges[edge + this.typeAt] === this.weak) continue;
        visit((edges[edge + this.targetAt] as number) / this.nodeWidth);
      }
    }
    return ids;
  }
}
