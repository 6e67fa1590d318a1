/** What a run looks like to the recorder: the history's rows, the snapshot and its deltas, the printed trace. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Greenlet } from '../../runtime/src/core/greenlet.ts';
import { hub } from '../../runtime/src/core/hub.ts';
import { joinAll } from '../../runtime/src/core/join.ts';
import { registerSites } from '../../runtime/src/core/sites.ts';
import { sleep } from '../../runtime/src/core/sleep.ts';
import { Recorder } from '../../runtime/src/instrument/recorder.ts';
import { SiteCounts } from '../../runtime/src/instrument/site-counts.ts';
import { formatTrace } from '../../runtime/src/instrument/trace.ts';
import { savedTrace } from '../../runtime/src/protocol/export.ts';
import { toPerfetto } from '../../runtime/src/protocol/perfetto.ts';
import type { SwitchRow } from '../../runtime/src/protocol/snapshot.ts';
import { Event } from '../../runtime/src/sync/event.ts';
import { call, callAt, callOn, dual, onVirtualTime } from '../support/virtual.ts';

/** Runs a program under a recorder. */
function record(program: () => Generator<undefined, unknown, unknown>, limit?: number): Recorder {
  const recorder = new Recorder(limit);
  hub.probe = recorder;
  try {
    onVirtualTime(program);
  } finally {
    hub.probe = null;
  }
  return recorder;
}

/** `from → to: reason`, with names. */
function lines(recorder: Recorder, rows: readonly SwitchRow[]): string[] {
  const name = (id: number) => (id === 0 ? 'hub' : recorder.find(id)?.name);
  return rows.map((row) => `${name(row.from)} → ${name(row.to)}: ${row.reason}`);
}

const site = registerSites('/p/app.ts', ['worker'], [0, 12, 3, 0]);

function* twoWorkers(): Generator<undefined, void, unknown> {
  const worker = dual(function* worker() {
    yield* callAt(site, sleep, 0);
    return 'done';
  });
  yield* call(joinAll, [Greenlet.spawn(worker), Greenlet.spawn(worker)]);
  yield* call(sleep, 1);
}

test('a row is begun when a greenlet stops, and completed by the next one or by the hub', () => {
  const recorder = record(twoWorkers);
  const { switches, dropped } = recorder.history();
  assert.equal(dropped, 0);
  assert.deepEqual(lines(recorder, switches), [
    'twoWorkers → worker: joinAll',
    'worker → worker: sleep',
    'worker → worker: sleep',
    'worker → worker: exit',
    'worker → twoWorkers: exit',
    'twoWorkers → hub: sleep',
    'hub → twoWorkers: wake',
    'twoWorkers → hub: exit',
  ]);
  const [, second] = switches;
  assert.deepEqual([second?.source, second?.line, second?.column], ['/p/app.ts', 12, 3]);
  assert.deepEqual(
    switches.map((row) => row.seq),
    [1, 2, 3, 4, 5, 6, 7, 8],
  );
  assert.equal(switches.at(-1)?.time, 1);
});

test('since and limit choose rows; a full ring drops the oldest and counts them', () => {
  const recorder = record(twoWorkers);
  const seqs = (args: object) => recorder.history(args).switches.map((row) => row.seq);
  assert.deepEqual(seqs({ since: 6 }), [7, 8]);
  assert.deepEqual(seqs({ limit: 3 }), [6, 7, 8]);
  assert.deepEqual(seqs({ since: 8 }), []);
  assert.deepEqual(seqs({ since: 2, limit: 1 }), [8]);
  const small = record(twoWorkers, 3);
  assert.deepEqual(
    small.history().switches.map((row) => row.seq),
    [6, 7, 8],
  );
  assert.equal(small.history().dropped, 5);
});

test('a snapshot tells all, its delta only what has changed', () => {
  let middle: ReturnType<Recorder['snapshot']> | undefined;

  const recorder = record(function* program() {
    const worker = dual(function* worker() {
      yield* callAt(site, sleep, 5);
      throw new RangeError('too far');
    });
    const failing = Greenlet.spawn(worker);
    yield* call(sleep, 1);
    middle = (hub.probe as Recorder).snapshot();
    yield* call(joinAll, [failing]);
  });
  const before = middle?.greenlets.find((each) => each.name === 'worker');
  const spawner = middle?.greenlets.find((each) => each.name === 'program');
  assert.equal(before?.state, 'waiting');
  assert.deepEqual(before?.waitingOn, { kind: 'sleep', name: '5' });
  assert.deepEqual(before?.location, {
    path: '/p/app.ts',
    line: 12,
    column: 3,
    function: 'worker',
  });
  assert.equal(before?.spawner, spawner?.id);
  assert.equal(spawner?.state, 'running');
  const delta = recorder.snapshot(middle?.version);
  assert.deepEqual(delta.removed, []);
  assert.deepEqual(
    delta.greenlets.map((each) => [each.name, each.state]),
    [
      ['program', 'finished'],
      ['worker', 'failed'],
    ],
  );
  assert.equal(delta.greenlets[1]?.exception, 'RangeError: too far');
  assert.deepEqual(recorder.snapshot(delta.version).greenlets, []);
});

test('where a greenlet was spawned is known', () => {
  record(function* program() {
    const greenlet = Greenlet.spawn(dual(() => call(sleep, 0)));
    assert.match(greenlet.spawningStack[0] ?? '', /recorder\.test\.ts:\d+:\d+\)$/);
    yield* call(sleep, 0);
  });
});

test('the printed trace has a line a switch and the tree of greenlets', () => {
  const row = { time: 0.5, reason: 'sleep', source: '/p/app.ts', line: 4, column: 2 };
  const text = formatTrace(
    [
      { ...row, seq: 8, from: 1, to: 2 },
      { ...row, seq: 9, from: 2, to: 0, reason: 'exit', source: '', line: 0, column: 0 },
    ],
    7,
    [
      info(1, 'main', null, 'waiting', { waitingOn: { kind: 'join', name: 'a #2' } }),
      info(2, 'a', 1, 'finished', { value: "'x'" }),
      info(3, 'b', 2, 'failed', { exception: 'Error: no' }),
    ],
  );
  assert.equal(
    text,
    [
      'Switches',
      '(7 earlier switches were dropped)',
      '8  0.500s  main #1 → a #2  sleep  app.ts:4:2',
      '9  0.500s  a #2 → hub      exit',
      '',
      'Greenlets',
      'main #1  waiting: join (a #2)',
      "└─ a #2  finished: 'x'",
      '   └─ b #3  failed: Error: no',
      '',
    ].join('\n'),
  );
});

test('the Perfetto trace has a track a greenlet and slices that do not overlap', () => {
  const recorder = record(twoWorkers);
  const { greenlets } = recorder.snapshot();
  const { traceEvents } = toPerfetto(savedTrace(recorder.history().switches, 0, greenlets)) as {
    traceEvents: { ph: string; tid: number; ts: number; dur: number }[];
  };
  const slices = traceEvents.filter((each) => each.ph === 'X');
  assert.equal(slices.length, 8);
  slices.reduce((end, { ts, dur }) => {
    assert.ok(ts >= end);
    return ts + dur;
  }, 0);
  const named = new Set(traceEvents.filter((each) => each.ph === 'M').map((each) => each.tid));
  for (const { tid } of slices) assert.ok(named.has(tid), `track ${tid} has no name`);
});

function info(
  id: number,
  name: string,
  spawner: number | null,
  state: 'waiting' | 'finished' | 'failed',
  more: object,
) {
  return { id, name, spawner, state, waitingOn: null, location: null, switches: 1, ...more };
}

test('the calls of a file are counted that have given way, and those that had to wait for one', () => {
  const [inner, outer] = [0, 1].map((fn) => registerSites('/p/calls.ts', ['f'], [0, 5 + fn, 1, 0]));
  const event = new Event();
  const waiting = dual(function* waiting() {
    yield* callOn(event, event.wait, 1);
  });
  const nap = dual(function* nap(seconds: number) {
    yield* callAt(inner as number, sleep, seconds);
    yield* callAt(inner as number, sleep, seconds);
    yield* callAt(inner as number, waiting);
  });
  const recorder = record(function* main() {
    yield* callAt(outer as number, nap, 0);
    yield* callAt(outer as number, nap, 1);
  });
  assert.deepEqual(recorder.yieldPoints('/p/calls.ts'), {
    sites: 2,
    points: [
      { line: 5, column: 1, reasons: { sleep: 4, 'Event.wait': 2 }, suspended: 0 },
      { line: 6, column: 1, reasons: {}, suspended: 2 },
    ],
  });
  assert.deepEqual(recorder.yieldPoints('/p/other.ts'), { sites: 0, points: [] });
});

test('counters grow with the sites that are loaded', () => {
  const counts = new SiteCounts();
  const numbers = Array.from({ length: 9000 }, (_, index) => [0, index + 1, 1, 0]).flat();
  const first = registerSites('/p/large.ts', ['f'], numbers);
  for (const index of [8999, 0, 5000, 8999]) counts.add('sleep', first + index);
  counts.addCaller(first + 7000);
  const { sites, points } = counts.read('/p/large.ts');
  assert.equal(sites, 9000);
  assert.deepEqual(
    points.map(({ line, reasons, suspended }) => [line, reasons.sleep ?? 0, suspended]),
    [
      [1, 1, 0],
      [5001, 1, 0],
      [7001, 0, 1],
      [9000, 2, 0],
    ],
  );
});

test('of the greenlets that were forgotten long ago no more is kept: such a delta holds everything', () => {
  const recorder = new Recorder(0);
  const version = recorder.snapshot().version;
  const end = (count: number) => {
    for (let i = 0; i < count; i++) {
      const greenlet = new Greenlet();
      recorder.spawn(greenlet, null);
      recorder.exit(greenlet);
    }
  };
  end(20_000);
  assert.equal(recorder.snapshot(version).removed?.length, 10_000);
  end(1);
  assert.equal(recorder.snapshot(version).removed, undefined);
  assert.equal(recorder.snapshot(version).greenlets.length, 10_001, 'main is one of them');
  assert.deepEqual(recorder.snapshot(recorder.latest).removed, []);
});
