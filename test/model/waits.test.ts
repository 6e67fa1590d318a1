import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { WaitTree, type WaitTreeNode } from '../../extension/model/wait-tree.ts';
import type { WaitEdge, WaitGraph, WaitNode } from '../../runtime/src/protocol/waits.ts';

describe('the tree of waits', () => {
  const graph: WaitGraph = {
    nodes: [
      ...['main #1', 'first #2', 'second #3', 'reader #4'].map(greenlet),
      ...['right', 'left'].map((name) => object(name, 'Semaphore')),
      object('jobs', 'Queue'),
    ],
    edges: [
      edge('g1', 'g2', 'joinAll'),
      edge('g1', 'g3', 'joinAll'),
      edge('g2', 'right', 'Semaphore.acquire'),
      edge('right', 'g3', 'held by'),
      edge('g3', 'left', 'Semaphore.acquire'),
      edge('left', 'g2', 'held by'),
      edge('g4', 'jobs', 'Queue.get'),
      { ...edge('jobs', 'g1', 'so far filled only by'), likely: true },
    ],
    cycles: [{ greenlets: [2, 3], text: 'first #2 waits for …; second #3 waits for …' }],
  };
  const tree = new WaitTree(graph);

  it('explains a circle, step by step, before anything else', () => {
    const [cycle] = tree.children();
    assert.deepEqual(cycle && tree.row(cycle), {
      label: 'Deadlock',
      description: 'first #2 → second #3 → first #2',
    });
    assert.deepEqual(texts(tree, cycle), [
      'first #2: waits for right (Semaphore.acquire), held by second #3 — main.ts:2',
      'second #3: waits for left (Semaphore.acquire), held by first #2 — main.ts:3',
    ]);
    assert(cycle !== undefined);
    assert.match(tree.tooltip(cycle), /^None of these greenlets can ever go on:\nfirst #2 waits/);
    assert.deepEqual(
      [2, 3, 4].map((id) => tree.isStuck(id)),
      [true, true, false],
    );
  });

  it('lists objects with their owners and waiters, those of a circle first', () => {
    const objects = tree.children().filter((node) => node.kind === 'object');
    assert.deepEqual(
      objects.map((node) => `${tree.row(node).label}: ${tree.row(node).description}`),
      [
        'right: Semaphore · held by second #3 · 1 waiter',
        'left: Semaphore · held by first #2 · 1 waiter',
        'first #2: greenlet · 1 waiter',
        'second #3: greenlet · 1 waiter',
        'jobs: Queue · so far filled only by main #1 · 1 waiter',
      ],
    );
    assert.deepEqual(texts(tree, objects[0]), [
      'second #3: holds it — main.ts:3',
      'first #2: waits: Semaphore.acquire — main.ts:2',
    ]);
    assert.deepEqual(texts(tree, objects[2]), [
      'first #2: must end — main.ts:2',
      'main #1: waits: joinAll — main.ts:1',
    ]);
    assert.deepEqual(texts(tree, objects[4])[0], 'main #1: has filled it so far — main.ts:1');
    assert.deepEqual(
      objects.map((node) => tree.isInCycle(node.id)),
      [true, true, false, false, false],
    );
    assert.equal(tree.waiters, 4);
  });

  it('lists objects that nobody waits for last, the held ones first', () => {
    const calm = new WaitTree({
      nodes: [
        greenlet('main #1', 0),
        ...['idle', 'held', 'busy'].map((name) => object(name, 'Semaphore')),
      ],
      edges: [edge('held', 'g1', 'held by'), edge('g1', 'busy', 'Semaphore.acquire')],
      cycles: [],
    });
    assert.deepEqual(texts(calm, undefined), [
      'busy: Semaphore · 1 waiter',
      'held: Semaphore · held by main #1 · nobody waits',
      'idle: Semaphore · nobody waits',
    ]);
    const [, held, idle] = calm.children();
    assert.deepEqual(texts(calm, held), ['main #1: holds it — main.ts:1']);
    assert.deepEqual(texts(calm, idle), []);
  });

  it('knows a greenlet that waits for itself', () => {
    const self = new WaitTree({
      nodes: [greenlet('lonely #1', 0), object('lock', 'Semaphore')],
      edges: [edge('g1', 'lock', 'Semaphore.acquire'), edge('lock', 'g1', 'held by')],
      cycles: [{ greenlets: [1], text: 'lonely #1 waits for itself' }],
    });
    const [cycle] = self.children();
    assert.deepEqual(texts(self, cycle), [
      'lonely #1: waits for lock (Semaphore.acquire), held by lonely #1 — main.ts:1',
    ]);
  });

  it('stays small with ten thousand waiters', () => {
    const waiters = Array.from({ length: 10_000 }, (_, i) => greenlet(`w #${i + 1}`, i));
    const large = new WaitTree({
      nodes: [...waiters, object('go', 'Event')],
      edges: waiters.map(({ id }) => edge(id, 'go', 'Event.wait')),
      cycles: [],
    });
    const [event] = large.children();
    const ends = large.children(event);
    assert.equal(ends.length, 201);
    assert.deepEqual(large.row(ends[200] as WaitTreeNode).description, 'and 9800 more');
  });
});

function texts(tree: WaitTree, node: WaitTreeNode | undefined): string[] {
  return tree.children(node).map((each) => {
    const { label, description } = tree.row(each);
    return `${label}: ${description}`;
  });
}

function greenlet(label: string, index: number): WaitNode {
  const location = { path: '/p/main.ts', line: index + 1, column: 1, function: 'f' };
  const id = index + 1;
  return { id: `g${id}`, kind: 'greenlet', label, greenlet: id, state: 'waiting', location };
}

function object(name: string, type: string): WaitNode {
  return { id: name, kind: 'object', label: name, type, text: `<${type}>` };
}

function edge(from: string, to: string, relation: string): WaitEdge {
  return { from, to, relation };
}
