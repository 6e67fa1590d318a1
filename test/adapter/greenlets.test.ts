/** What the adapter knows of the greenlets: a fold of the program's deltas, which answers with deltas itself. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Greenlets } from '../../extension/adapter/greenlets.ts';
import type { GreenletInfo, GreenletState, Snapshot } from '../../runtime/src/protocol/snapshot.ts';

const HUB = { ready: 0, timers: 0, nextTimer: null };

function info(id: number, state: GreenletState = 'waiting'): GreenletInfo {
  return { id, name: 'foo', state, spawner: 1, waitingOn: null, location: null, switches: 0 };
}

function batch(version: number, greenlets: GreenletInfo[], removed?: number[]): Snapshot {
  return { version, time: version, hub: HUB, greenlets, ...(removed && { removed }) };
}

function idsOf({ greenlets }: Snapshot): number[] {
  return greenlets.map((each) => each.id);
}

test('answers are sorted, and deltas hold what has changed since', () => {
  const known = new Greenlets();
  assert.deepEqual(known.snapshot(), batch(0, []));
  assert.deepEqual(known.update(batch(5, [info(3), info(1)])), { started: [3, 1], ended: [] });
  assert.deepEqual(known.update(batch(7, [info(2), info(3, 'failed')], [])), {
    started: [2],
    ended: [3],
  });
  assert.deepEqual(known.snapshot(), batch(7, [info(1), info(2), info(3, 'failed')]));
  assert.deepEqual(known.snapshot(5), batch(7, [info(2), info(3, 'failed')], []));
  assert.deepEqual(known.snapshot(7), batch(7, [], []));
  assert.deepEqual(
    known.alive().map((each) => each.id),
    [1, 2],
  );
});

test('what is no longer known is told once, also where a whole snapshot leaves it out', () => {
  const known = new Greenlets();
  known.update(batch(1, [info(1), info(2), info(3)]));
  assert.deepEqual(known.update(batch(2, [], [2])), { started: [], ended: [2] });
  assert.deepEqual(known.update(batch(4, [info(1)])), { started: [], ended: [3] });
  assert.deepEqual(idsOf(known.snapshot()), [1]);
  assert.deepEqual(known.snapshot(1).removed, [2, 3]);
  assert.deepEqual(known.snapshot(2).removed, [3]);
});

test('who asks for changes that are too old gets everything anew', () => {
  const known = new Greenlets();
  const many = Array.from({ length: 10_001 }, (_, index) => index + 2);
  known.update(batch(1, [info(1), ...many.map((id) => info(id))]));
  known.update(batch(2, [], many.slice(0, 1)));
  known.update(batch(3, [], many.slice(1)));
  assert.deepEqual([idsOf(known.snapshot(1)), known.snapshot(1).removed], [[1], undefined]);
  assert.equal(known.snapshot(2).removed?.length, 10_000);
});
