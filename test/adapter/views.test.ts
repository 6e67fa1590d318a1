/** What views ask besides snapshots: stacks, a look at one greenlet, the last state at the end, the history in pages. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { History, Snapshot, Stacks } from '../../runtime/src/protocol/snapshot.ts';
import { debug } from '../support/session.ts';

const PROGRAM = `
import { joinAll, sleep, spawn } from 'greenlets';
import { Pool } from 'greenlets/pool';
function rest() {
  sleep(0); // @rest
}
function worker() {
  rest(); // @call
  new Pool(1).map(() => sleep(0.01), [1]);
}
const all = [spawn(worker), spawn(worker)]; // @spawn
joinAll(all); // @join
`;

test('what views ask, from the first stop to the end, which is held until they have read it', async () => {
  await debug(PROGRAM, { filters: ['switch', 'uncaught'] }, async (client) => {
    await client.stopped();
    await client.request('greenlet/hold');

    // Stacks, of the running one and of parked ones; a look at one.
    await client.to('continue', 2);
    await client.to('continue', 2);
    const first: Snapshot = await client.request('greenlet/snapshot');
    const again: Snapshot = await client.request('greenlet/snapshot');
    assert.equal(again.time, first.time, 'time stands still at a stop');
    const { stacks }: Stacks = await client.request('greenlet/stacks', { ids: [1, 2, 3] });
    const ofWorker = [client.line('rest'), client.line('call')];
    assert.deepEqual(
      stacks.map(({ frames }) => frames.map(({ line }) => line)),
      [[client.line('join')], ofWorker, ofWorker],
    );
    assert.equal(stacks[1]?.spawned[0]?.line, client.line('spawn'));
    await client.request('greenlet/focus', { id: 1 });
    const { threadId, allThreadsStopped } = await client.stopped();
    assert.deepEqual([threadId, allThreadsStopped], [1, true]);
    assert.match(await client.failure('greenlet/focus', { id: 99 }), /no stack/);
    assert.match(await client.failure('greenlet/stacks'), /"ids" must be a list/);

    // The end.
    await client.request('setExceptionBreakpoints', { filters: [] });
    await client.request('continue', { threadId: 1 });
    await client.event('greenlet/ending');
    const { greenlets, time, hub }: Snapshot = await client.request('greenlet/snapshot');
    assert.deepEqual(
      greenlets.slice(0, 3).map(({ id, state }) => `${id} ${state}`),
      ['1 finished', '2 finished', '3 finished'],
    );
    assert.deepEqual(
      greenlets.filter((each) => each.internal).map(({ name }) => name),
      ['map', 'map'],
    );
    for (const { since = -1 } of greenlets) assert(since >= 0 && since <= time);
    assert.deepEqual(hub, { ready: 0, timers: 0, nextTimer: null });

    // The history, in pages, by greenlet and by reason.
    const history = (wanted: object): Promise<History> =>
      client.request('greenlet/history', wanted);
    const { switches, newest, reasons, dropped } = await history({});
    assert.deepEqual([switches.length, dropped], [newest, 0]);
    assert.deepEqual([...new Set(switches.map((row) => row.reason))].sort(), [...reasons].sort());
    assert.deepEqual((await history({ before: 4, limit: 2 })).switches, switches.slice(1, 3));
    const sleeps = switches.filter(
      ({ reason, from, to }) => reason === 'sleep' && (from === 2 || to === 2),
    );
    assert(sleeps.length > 0);
    assert.deepEqual((await history({ greenlet: 2, reason: 'sleep' })).switches, sleeps);
    assert.deepEqual((await history({ reason: 'nothing' })).switches, []);
    switches.slice(1).forEach((row, i) => {
      const ran = row.time - (switches[i]?.time ?? 0);
      assert(Math.abs((row.duration ?? -1) - ran) < 1e-9);
    });
    assert(
      switches.some((row) => row.from === 0),
      'the hub waited for the sleep',
    );

    await client.request('greenlet/release');
    await client.event('terminated');
  });
});
