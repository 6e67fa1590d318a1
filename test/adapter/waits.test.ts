/** The wait-for graph, and the runtime's objects among the variables. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { YieldPoints } from '../../runtime/src/protocol/switch-points.ts';
import type { WaitGraph, WaitNode } from '../../runtime/src/protocol/waits.ts';
import { debug } from '../support/session.ts';

const PROGRAM = `
import { joinAll, sleep, spawn } from 'greenlets';
import { Event } from 'greenlets/event';
import { Semaphore } from 'greenlets/lock';
import { Queue } from 'greenlets/queue';
const left = new Semaphore(1);
const right = new Semaphore(1);
const jobs = new Queue<number>(2);
const go = new Event();
function first() {
  left.acquire();
  sleep(0);
  right.acquire(); // @first
}
function second() {
  right.acquire();
  sleep(0);
  left.acquire(); // @second
}
function reader() { jobs.get(); }
function ticker() {
  for (;;) sleep(0.01); // @tick
}
const all = [spawn(first), spawn(second), spawn(reader), spawn(ticker)];
joinAll(all); // @main
`;

/** Edges as text: \`first #2 -Semaphore.acquire-> right\`. */
function edgesOf({ nodes, edges }: WaitGraph): string[] {
  const label = (id: string) => nodes.find((each: WaitNode) => each.id === id)?.label;
  return edges.map((each) => `${label(each.from)} -${each.relation}-> ${label(each.to)}`);
}

test('the wait-for graph has greenlets, objects, holders and circles while others run', async () => {
  await debug(PROGRAM, { filters: [], breakpoints: ['tick'] }, async (client) => {
    await client.stopped();
    await client.to('continue', 5);
    const graph: WaitGraph = await client.request('greenlet/waitGraph');
    const edges = edgesOf(graph);
    for (const edge of [
      'first #2 -Semaphore.acquire-> right',
      'right -held by-> second #3',
      'second #3 -Semaphore.acquire-> left',
      'left -held by-> first #2',
      'reader #4 -Queue.get-> jobs',
      'main #1 -joinAll-> ticker #5',
    ]) {
      assert.ok(edges.includes(edge), `${edge} is not in\n${edges.join('\n')}`);
    }
    // Nobody waits for it.
    const go = graph.nodes.find(({ label }) => label === 'go');
    assert.ok(go?.kind === 'object' && go.text === '<Event clear links[0]>', JSON.stringify(go));
    assert.deepEqual(
      graph.cycles.map((each) => each.greenlets),
      [[2, 3]],
    );
    assert.match(graph.cycles[0]?.text ?? '', /first #2 waits .* second #3; second #3 waits /);
    const again: WaitGraph = await client.request('greenlet/waitGraph');
    assert.deepEqual(again, graph);
  });
});

test('the objects of the runtime are shown in their own terms', async () => {
  await debug(PROGRAM, { filters: [], breakpoints: ['tick'] }, async (client, { path, marks }) => {
    await client.stopped();
    await client.to('continue', 5);
    const locals = await client.locals((await client.stack(1))[0]);
    assert.match(locals.jobs ?? '', /^<Queue maxsize=2 /);
    assert.match(locals.left ?? '', /^<Semaphore counter=0 /);
    assert.match(locals.go ?? '', /^<Event clear /);
    const { sites, points }: YieldPoints = await client.request('greenlet/yieldPoints', { path });
    assert.ok(sites > points.length);
    const at = (mark: string) => points.find((each) => each.line === marks.get(mark));
    assert.deepEqual(at('main')?.reasons, { joinAll: 1 });
    assert.deepEqual(at('second')?.reasons, { 'Semaphore.acquire': 1 });
  });
});
