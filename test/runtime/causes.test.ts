/** Who woke whom, and the marks: what the recorder knows besides the switches themselves. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Freezer } from '../../runtime/src/core/freezer.ts';
import { Greenlet } from '../../runtime/src/core/greenlet.ts';
import { hub } from '../../runtime/src/core/hub.ts';
import { joinAll } from '../../runtime/src/core/join.ts';
import { kill } from '../../runtime/src/core/kill.ts';
import { registerSites } from '../../runtime/src/core/sites.ts';
import { sleep } from '../../runtime/src/core/sleep.ts';
import { Recorder } from '../../runtime/src/instrument/recorder.ts';
import { savedTrace } from '../../runtime/src/protocol/export.ts';
import {
  PACKED_CAUSE,
  PACKED_REASON,
  PACKED_SITE,
  PACKED_TO,
  PACKED_WIDTH,
} from '../../runtime/src/protocol/packed.ts';
import { toPerfetto } from '../../runtime/src/protocol/perfetto.ts';
import { Event } from '../../runtime/src/sync/event.ts';
import { Queue } from '../../runtime/src/sync/queue.ts';
import { call, callAt, callOn, dual, onVirtualTime } from '../support/virtual.ts';

type Steps = Generator<undefined, void, unknown>;

function record(program: () => Steps, limit?: number): Recorder {
  const recorder = new Recorder(limit);
  hub.probe = recorder;
  try {
    onVirtualTime(program);
  } finally {
    hub.probe = null;
  }
  return recorder;
}

/** `waker → woken: reason of the waker's turn`, for each row that has a cause which is not its own. */
function wakes(recorder: Recorder): string[] {
  const { switches } = recorder.history();
  return switches.flatMap(({ cause, to }) => {
    const by = switches.find((row) => row.seq === cause);
    if (by === undefined || by.from === to) return [];
    return [`${nameOf(recorder, by.from)} → ${nameOf(recorder, to)}: ${by.reason}`];
  });
}

function nameOf(recorder: Recorder, id: number): string {
  return recorder.find(id)?.name ?? `#${id}`;
}

test('a row says in whose turn its greenlet was woken', () => {
  const recorder = record(function* main(): Steps {
    const event = new Event();
    const jobs = new Queue<number>();
    const waiter = Greenlet.spawn(
      dual(function* waiter(): Steps {
        yield* callOn(event, event.wait);
        yield* callOn(jobs, jobs.get);
      }),
    );
    const setter = Greenlet.spawn(
      dual(function* setter(): Steps {
        yield* call(sleep, 0);
        event.set();
        yield* call(sleep, 0);
        jobs.putNowait(1);
      }),
    );
    yield* call(joinAll, [waiter, setter]);
  });
  assert.deepEqual(wakes(recorder), [
    'main → waiter: joinAll',
    'main → setter: joinAll',
    'setter → waiter: sleep',
    'setter → waiter: exit',
    'waiter → main: exit',
  ]);
});

test('who gives way by sleep(0) is its own cause; a timer is none, and says how late it was', () => {
  const { clock } = hub;
  const recorder = record(function* main(): Steps {
    yield* call(sleep, 0);
    yield* call(sleep, 1);
  });
  const { switches } = recorder.history();
  const [first, , wake] = switches;
  assert.deepEqual([first?.reason, first?.cause], ['sleep', 1]);
  assert.deepEqual([wake?.reason, wake?.cause, wake?.late], ['wake', undefined, undefined]);
  assert.equal(hub.clock, clock);
  assert.equal(hub.cause, 0);
});

test('marks tell of spawns, kills, time limits and errors', () => {
  const { handleError } = hub;
  hub.handleError = () => {};
  const recorder = record(function* main(): Steps {
    const event = new Event();
    const victim = Greenlet.spawn(
      dual(function* victim(): Steps {
        yield* callOn(event, event.wait);
      }),
    );
    const impatient = Greenlet.spawn(
      dual(function* impatient(): Steps {
        yield* callOn(event, event.wait, 0.5);
        throw new Error('out of patience');
      }),
    );
    yield* call(sleep, 0);
    kill(victim);
    yield* call(joinAll, [victim, impatient]);
  });
  hub.handleError = handleError;
  const { marks = [], switches } = recorder.history({ marks: 0 });
  assert.deepEqual(
    marks.map(({ kind, greenlet, by }) => [kind, nameOf(recorder, greenlet), nameOf(recorder, by)]),
    [
      ['spawn', 'main', '#0'],
      ['spawn', 'victim', 'main'],
      ['spawn', 'impatient', 'main'],
      ['kill', 'victim', 'main'],
      ['timeout', 'impatient', '#0'],
      ['error', 'impatient', '#0'],
    ],
  );
  const spawned = marks[1];
  assert.equal(spawned?.turn, switches.find((row) => row.reason === 'sleep')?.seq);
  assert.equal(marks.at(-1)?.time, 0.5);
  assert.deepEqual(
    recorder.history({ marks: 4 }).marks?.map((mark) => mark.number),
    [5, 6],
  );
  assert.equal(recorder.history().marks, undefined);
});

test('a debugger that freezes leaves marks', () => {
  const recorder = new Recorder();
  const greenlet = new Greenlet();
  recorder.froze(greenlet, true);
  recorder.froze(greenlet, false);
  assert.deepEqual(
    recorder.history({ marks: 0 }).marks?.map((mark) => mark.kind),
    ['freeze', 'thaw'],
  );
  assert.equal(new Freezer(hub).has(greenlet), false);
});

const site = registerSites('/p/causes.ts', ['worker'], [0, 7, 5, 0]);

test('the packed form says the same as the rows', () => {
  const recorder = record(function* main(): Steps {
    const worker = dual(function* worker(): Steps {
      yield* callAt(site, sleep, 0);
      yield* callAt(site, sleep, 1);
    });
    yield* call(joinAll, [Greenlet.spawn(worker), Greenlet.spawn(worker)]);
    yield* call(sleep, 1);
  });
  const { switches } = recorder.history();
  const packed = recorder.packed({ since: 2, count: 5 });
  const { first, length, total, dropped } = packed;
  assert.deepEqual([first, length, total, dropped], [3, 5, switches.length, 0]);
  const numbers = new Int32Array(bytesOf(packed.numbers));
  const times = new Float64Array(bytesOf(packed.times));
  for (let i = 0; i < packed.length; i++) {
    const row = switches[i + 2];
    const [from, ...others] = numbers.subarray(i * PACKED_WIDTH, (i + 1) * PACKED_WIDTH);
    const at = (place: number) => others[place - 1] as number;
    const place = packed.places.find((each) => each.site === at(PACKED_SITE));
    assert.deepEqual(
      {
        from,
        to: at(PACKED_TO),
        reason: packed.reasons[at(PACKED_REASON)],
        time: times[i],
        source: place?.path ?? '',
        line: place?.line ?? 0,
        cause: at(PACKED_CAUSE) > 0 ? at(PACKED_CAUSE) : undefined,
      },
      {
        from: row?.from,
        to: row?.to,
        reason: row?.reason,
        time: row?.time,
        source: row?.source,
        line: row?.line,
        cause: row?.cause,
      },
    );
  }
  assert.equal(recorder.packed({}).marks?.length, 3);
  assert.equal(recorder.packed({ since: switches.length }).length, 0);
});

test('the Perfetto trace has arrows from waker to woken, and instants', () => {
  const recorder = record(function* main(): Steps {
    const worker = dual(function* worker(): Steps {
      yield* call(sleep, 1);
    });
    yield* call(joinAll, [Greenlet.spawn(worker)]);
  });
  const { switches, marks } = recorder.history({ marks: 0 });
  const { greenlets } = recorder.snapshot();
  const { traceEvents } = toPerfetto(savedTrace(switches, 0, greenlets, marks)) as {
    traceEvents: { ph: string; id?: number; tid: number; name: string }[];
  };
  const starts = traceEvents.filter((each) => each.ph === 's');
  const ends = traceEvents.filter((each) => each.ph === 'f');
  assert.equal(starts.length, 2);
  assert.deepEqual(
    starts.map((each) => each.id),
    ends.map((each) => each.id),
  );
  const instants = traceEvents.filter((each) => each.ph === 'i').map((each) => each.name);
  assert.deepEqual(instants, ['spawn', 'spawn']);
});

function bytesOf(text: string): ArrayBuffer {
  const bytes = Buffer.from(text, 'base64');
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
}
