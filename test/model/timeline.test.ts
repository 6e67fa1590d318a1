/** The timeline's model: lanes out of rows, what is in sight, figures, files. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Axis, timeText } from '../../extension/model/timeline/axis.ts';
import { Lanes } from '../../extension/model/timeline/lanes.ts';
import { hit, paint, type Scene, type Surface } from '../../extension/model/timeline/scene.ts';
import { histogramOf, stretchOf, stretchText } from '../../extension/model/timeline/stretches.ts';
import { Trace } from '../../extension/model/timeline/trace.ts';
import { readTrace, savedOf } from '../../extension/model/timeline/trace-file.ts';
import { fitted, panned, zoomed } from '../../extension/model/timeline/viewport.ts';
import { exportTrace } from '../../runtime/src/protocol/export.ts';
import type { GreenletInfo, Mark, SwitchRow } from '../../runtime/src/protocol/snapshot.ts';
import { madeTrace } from '../support/made-trace.ts';

type Row = [time: number, from: number, to: number, reason: string, more?: Partial<SwitchRow>];

/** main waits for two workers; the first sets an event that the second waits for. */
const ROWS: Row[] = [
  [1, 1, 2, 'joinAll', { cause: 1 }],
  [2, 2, 3, 'sleep', { cause: 1 }],
  [3, 3, 2, 'Event.wait', { cause: 2 }],
  [4, 2, 3, 'exit', { cause: 4 }],
  [5, 3, 0, 'sleep'],
  [9, 0, 3, 'wake', { late: 1 }],
  [10, 3, 1, 'exit', { cause: 7 }],
];

function lanesOf(rows: Row[], marks: Mark[] = []): Lanes {
  const switches = rows.map(([time, from, to, reason, more], i) => {
    const place = { source: '/p/main.ts', line: from, column: 1 };
    return { seq: i + 1, time, from, to, reason, ...place, ...more };
  });
  const info = (id: number, name: string, spawner: number | null) =>
    ({ id, name, spawner, state: 'ready', waitingOn: null, location: null, switches: 1 }) as const;
  const greenlets: GreenletInfo[] = [info(1, 'main', null), info(2, 'foo', 1), info(3, 'bar', 1)];
  const text = JSON.stringify({ version: 1, switches, dropped: 0, greenlets, marks });
  const lanes = new Lanes(readTrace(text));
  lanes.update();
  return lanes;
}

/** `state@position` for each change of a lane. */
function changes(lanes: Lanes, id: number): string[] {
  const lane = lanes.get(id);
  assert(lane !== undefined);
  return Array.from({ length: lane.count }, (_, i) => `${lane.stateAt(i)}@${lane.positions[i]}`);
}

test('a lane runs, waits by kind, is ready from when it was woken, and ends', () => {
  const lanes = lanesOf(ROWS);
  assert.deepEqual(
    lanes.list.map((lane) => lane.id),
    [0, 1, 2, 3],
  );
  assert.deepEqual(changes(lanes, 1), ['running@0', 'join@1', 'running@7']);
  // Its sleep was a sleep(0): it was ready at once.
  assert.deepEqual(changes(lanes, 2), ['running@1', 'ready@2', 'running@3', 'finished@4']);
  // Its timer was due a second before it ran: a quarter of the poll.
  assert.deepEqual(changes(lanes, 3), [
    ...['running@2', 'event@3', 'running@4', 'time@5'],
    ...['ready@5.75', 'running@6', 'finished@7'],
  ]);
  assert.deepEqual(changes(lanes, 0), ['polling@5', 'none@6']);
});

test('marks: a lane begins with its spawn, a failure is one, ice lies over a wait', () => {
  const mark = (number: number, kind: Mark['kind'], greenlet: number, turn: number): Mark => ({
    ...{ number, kind, greenlet, by: 1, turn, time: turn },
  });
  const marks = [
    mark(1, 'spawn', 2, 1),
    mark(2, 'spawn', 3, 1),
    mark(3, 'freeze', 1, 2),
    mark(4, 'thaw', 1, 3),
    mark(5, 'error', 2, 4),
  ];
  const lanes = lanesOf(ROWS, marks);
  assert.deepEqual(changes(lanes, 3).slice(0, 2), ['ready@1', 'running@2']);
  assert.equal(changes(lanes, 2).at(-1), 'failed@4');
  assert.deepEqual(changes(lanes, 1), ['running@0', 'join@1', 'frozen@2', 'join@3', 'running@7']);
});

test('rows that come in pieces make the same lanes, also where the newest was not complete', () => {
  const whole = lanesOf(ROWS);
  const trace = new Trace();
  const lanes = new Lanes(trace);
  for (const chunk of whole.trace.chunks(1)) {
    const isOpen = { ...chunk, numbers: chunk.numbers.slice() };
    isOpen.numbers[1] = 0;
    trace.append(isOpen);
    lanes.update();
    trace.append(chunk);
    lanes.update();
  }
  for (const id of [1, 2, 3]) assert.deepEqual(changes(lanes, id), changes(whole, id));
});

test('axes count switches or seconds', () => {
  const { trace } = lanesOf(ROWS);
  const time = new Axis('virtual', trace);
  assert.deepEqual(time.range, { from: 0, to: 10 });
  assert.equal(time.value(5.5), 7);
  assert.equal(time.position(7), 5.5);
  assert.deepEqual(new Axis('switch', trace).range, { from: 0, to: 7 });
  assert.deepEqual([0, 1.5e-6, 0.25, 12].map(timeText), ['0 s', '1.5 µs', '250 ms', '12 s']);
});

test('zooming keeps a place where it is; nothing goes beyond the ends', () => {
  const range = { from: 0, to: 100 };
  const near = zoomed(fitted(range), 4, 20, range);
  assert.deepEqual([near.from, near.to], [15, 40]);
  assert.deepEqual(panned(near, -10, -50, range), { from: 0, to: 25, top: 0 });
  assert.deepEqual(zoomed(near, 0.01, 20, range), fitted(range));
});

test('the picture has boxes, arrows and marks; what is narrower than a pixel is summed up', () => {
  const lanes = lanesOf(ROWS);
  const axis = new Axis('switch', lanes.trace);
  const scene: Scene = {
    lanes,
    axis,
    view: fitted(axis.range),
    width: 860,
    height: 200,
    showArrows: true,
  };
  const { calls, surface } = recording();
  paint(scene, surface);
  assert(calls.includes('box running 160 100'), calls.join('\n'));
  assert.equal(calls.filter((call) => call.startsWith('arrow')).length, 4);
  const found = hit(scene, 160 + 350, 24 + 3 * 22 + 5);
  assert.deepEqual([found?.lane.id, found?.lane.stateAt(found.index)], [3, 'event']);
  const large = new Lanes(madeTrace(100_000, 4));
  large.update();
  const dense = recording();
  const all = new Axis('switch', large.trace);
  paint({ ...scene, lanes: large, axis: all, view: fitted(all.range) }, dense.surface);
  assert(dense.calls.length < 8000, `${dense.calls.length} calls`);
});

test('figures and sentences', () => {
  const lanes = lanesOf(ROWS);
  const bar = lanes.get(3);
  assert(bar !== undefined);
  assert.deepEqual(histogramOf(lanes, bar, 'running'), {
    ...{ count: 3, sum: 3, median: 1, p95: 1, longest: 1 },
    bars: [{ below: 10, count: 3 }],
  });
  assert.equal(histogramOf(lanes, bar, 'frozen'), undefined);
  const stretch = stretchOf(lanes, bar, 2);
  assert(stretch !== undefined);
  assert.equal(
    stretchText(lanes, stretch),
    'bar #3: running for 1 s · from 4 s, after switch 4 · sleep · woken by foo #2 · main.ts:3',
  );
});

test('a trace is read as it was written; what is no trace is told', () => {
  const lanes = lanesOf(ROWS);
  const saved = savedOf(lanes.trace);
  assert.deepEqual(savedOf(readTrace(exportTrace('json', saved))), saved);
  const problem = (text: string): string => {
    try {
      readTrace(text);
      return '';
    } catch (error) {
      return (error as Error).message;
    }
  };
  assert.match(problem('PNG'), /^This is not JSON/);
  assert.match(problem('{"traceEvents": []}'), /^This is JSON, but no trace of greenlets/);
  assert.match(problem(JSON.stringify({ ...saved, version: 9 })), /has version 9; version 1 can/);
  const [first, , third] = saved.switches;
  assert.match(problem(JSON.stringify({ ...saved, switches: [first, third] })), /switches\[1\]/);
  assert.match(problem(JSON.stringify({ ...saved, greenlets: [{ id: 'x' }] })), /greenlets\[0\]/);
});

function recording(): { calls: string[]; surface: Surface } {
  const calls: string[] = [];
  const surface: Surface = {
    box: (state, x, _y, width) => calls.push(`box ${state} ${x} ${width}`),
    arrow: (...ends) => calls.push(`arrow ${ends.join(' ')}`),
    mark: (kind) => calls.push(`mark ${kind}`),
    tick: (_x, text) => calls.push(`tick ${text}`),
    name: (text) => calls.push(`name ${text}`),
    frame: () => calls.push('frame'),
  };
  return { calls, surface };
}
