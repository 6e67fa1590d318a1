/** What the marks in the source say, and where. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { GreenletStore } from '../../extension/model/greenlet-store.ts';
import {
  greenletLines,
  greenletsDetail,
  greenletsText,
  lastYield,
} from '../../extension/model/line-marks.ts';
import { mentionedNames, valueTexts } from '../../extension/model/mentions.ts';
import { lineOfPackageUse } from '../../extension/model/package-use.ts';
import { lineMarks, YieldCounts, yieldText } from '../../extension/model/yield-texts.ts';
import type { GreenletInfo, SwitchRow } from '../../runtime/src/protocol/snapshot.ts';
import type { SwitchPoint } from '../../runtime/src/protocol/switch-points.ts';

describe('a file uses the package', () => {
  it('where it imports or requires it, or one of its entries', () => {
    for (const text of [
      "import { sleep } from 'greenlets';",
      'import * as queue from "greenlets/queue"',
      "import 'greenlets/monkey';",
      "import type { Queue } from 'greenlets/queue';",
      "export { sleep } from 'greenlets';",
      "const { sleep } = require('greenlets');",
      "const it = await import('greenlets/event');",
      "import {\n  sleep,\n  spawn,\n} from 'greenlets';",
    ]) {
      assert.equal(lineOfPackageUse(`// a program\n${text}`), 1, text);
    }
  });

  it('and not where it only names it', () => {
    for (const text of [
      '',
      "// import { sleep } from 'greenlets';",
      " * const { sleep } = require('greenlets');",
      "import { sleep } from './greenlets';",
      "import { x } from 'greenlets-extra';",
      "const name = 'greenlets'; import x from 'x';",
      "import x from 'x'; call('greenlets')",
    ]) {
      assert.equal(lineOfPackageUse(text), undefined, text);
    }
  });
});

describe('marks at calls', () => {
  const point = (line: number, why: SwitchPoint['why'], rest = {}): SwitchPoint => ({
    line,
    column: 3,
    function: 'f',
    callee: 'call',
    why,
    ...rest,
  });

  it('are one a line, the most telling one', () => {
    const points = [
      point(2, 'unknown'),
      point(1, 'unknown'),
      point(2, 'runtime'),
      point(3, 'calls'),
    ];
    const counts = new YieldCounts([{ line: 3, column: 3, reasons: { sleep: 2 }, suspended: 0 }]);
    const all = [
      { line: 0, kind: 'unknown' },
      { line: 1, kind: 'yields' },
      { line: 2, kind: 'switched' },
    ];
    assert.deepEqual(lineMarks(points, counts, true), all);
    assert.deepEqual(lineMarks(points, counts, false), all.slice(1));
    assert.equal(lineMarks(points, undefined, true)[2]?.kind, 'yields');
  });

  it('say why a call may switch, and how often it did', () => {
    assert.deepEqual(yieldText(point(1, 'runtime', { what: 'Queue.get' }), undefined), [
      'Queue.get may switch: other greenlets run until it goes on.',
    ]);
    const leads = point(1, 'calls', { callee: 'rest', what: 'sleep', leadsTo: 7 });
    const twice = { line: 1, column: 3, reasons: { sleep: 2, 'Queue.get': 5 }, suspended: 3 };
    assert.deepEqual(yieldText(leads, new YieldCounts([twice])), [
      'rest may switch: it leads to sleep in line 7.',
      'Greenlets have given way here 7× in this run: Queue.get 5, sleep 2.',
      'The call has given way on its way 3× in this run.',
    ]);
    assert.match(yieldText(point(1, 'await'), new YieldCounts([]))[1] ?? '', /has not given way/);
  });

  it('count a file that was loaded twice as one', () => {
    const once = { line: 1, column: 3, reasons: { sleep: 2 }, suspended: 1 };
    const other = { ...once, reasons: { sleep: 1, join: 1 } };
    const sum = new YieldCounts([once, other]).at({ line: 1, column: 3 });
    assert.deepEqual(sum, { ...once, reasons: { sleep: 3, join: 1 }, suspended: 2 });
  });
});

describe('marks behind lines', () => {
  const greenlet = (id: number, line: number | null, path = '/p/a.ts'): GreenletInfo => ({
    id,
    name: 'foo',
    state: 'waiting',
    spawner: 1,
    waitingOn: { kind: 'Queue.get', name: 'jobs' },
    location: line === null ? null : { path, line, column: 1, function: 'foo' },
    switches: 1,
  });

  it('name the greenlets of a line, and count the others', () => {
    const store = new GreenletStore();
    const greenlets = [
      greenlet(2, 5),
      greenlet(3, 5),
      greenlet(4, null),
      greenlet(5, 5, '/p/b.ts'),
    ];
    for (let id = 6; id < 40; id++) greenlets.push(greenlet(id, 5));
    const hub = { ready: 0, timers: 0, nextTimer: null };
    greenlets.push({ ...greenlet(40, 5), state: 'finished' });
    store.fold({ time: 0, hub, version: 1, greenlets });
    const lines = greenletLines(store, ['/p/a.ts']).get('/p/a.ts');
    assert.deepEqual([...(lines?.keys() ?? [])], [5]);
    const there = lines?.get(5) ?? [];
    assert.equal(greenletsText(there), 'foo #2, foo #3, foo #6 + 33 more');
    assert.equal(greenletsText(there.slice(0, 2)), 'foo #2, foo #3');
    const detail = greenletsDetail(there);
    assert.equal(detail[0], 'foo #2: waiting: Queue.get (jobs)');
    assert.equal(detail.at(-1), 'and 16 more');
  });

  it('tell where the last yield has led, by way of the hub, too', () => {
    const row = (seq: number, from: number, to: number, reason: string): SwitchRow => ({
      ...{ seq, time: 0, from, to, reason },
      ...(reason === 'wake'
        ? { source: '', line: 0, column: 0 }
        : { source: '/p/a.ts', line: 9, column: 2 }),
    });
    const label = (id: number) => (id === 0 ? 'hub' : `foo #${id}`);
    const slept = row(4, 2, 3, 'sleep');
    assert.deepEqual(lastYield([slept], label), {
      path: '/p/a.ts',
      line: 9,
      text: '→ foo #3',
      detail: 'Switch 4: foo #2 gave way (sleep) → foo #3',
    });
    const [idle, wake] = [row(5, 3, 0, 'sleep'), row(6, 0, 2, 'wake')];
    assert.equal(lastYield([slept, idle], label)?.text, '→ hub');
    assert.equal(lastYield([idle, wake], label)?.text, '→ hub → foo #2');
    assert.equal(lastYield([], label), undefined);
    assert.equal(lastYield([wake], label), undefined);
  });
});

describe('inline values', () => {
  const values = new Map([
    ['n', '3'],
    ['name', "'x'"],
    ['jobs', `[${'1, '.repeat(50)}]`],
  ]);

  it('stand behind the lines that mention the variables', () => {
    const lines = [
      'const n = name.length + other;',
      "log('n', obj.name, obj?.n); // name",
      'for (const job of jobs) n++, n--;',
      '/* n */',
    ];
    const [first, second, third, last] = valueTexts(lines, values);
    assert.equal(first, "n = 3, name = 'x'");
    assert.equal(second, '');
    assert.match(third ?? '', /^jobs = \[1, .{50,60}…, n = 3$/);
    assert.equal(last, '');
  });

  it('know names from other words', () => {
    assert.deepEqual(mentionedNames('a.b(c, "d", $e, #f, g0) // h'), ['a', 'c', '$e', 'g0']);
  });
});
