/** The benchmarks' own parts: a work that measures nothing, or a chart that hides what is slower, would go unnoticed. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chartOf } from '../bench/chart.mjs';
import { greenlets, runPeer } from '../bench/peers.mjs';
import { verdictOf } from '../bench/table.mjs';

const WORKS: [string, string, ...number[]][] = [
  ['pool', 'time', 100, 3],
  ['kill', 'time', 100],
  ['timers', 'late', 20],
];

for (const [name, unit, ...numbers] of WORKS) {
  test(`greenlets can do the work ${name}`, () => {
    const result = runPeer(greenlets(), [name, 0, ...numbers]);
    assert.ok(typeof result === 'object' && result !== null, String(result));
    assert.ok((result[unit] ?? 0) > 0, JSON.stringify(result));
  });
}

test('a peer that is missing, or fails, or has no such work says so', () => {
  const missing = { name: 'x', command: [], env: {}, missing: 'not installed' };
  assert.equal(runPeer(missing, ['spawn', 0, 1]), 'not installed');
  const failing = { name: 'x', command: [process.execPath, '-e', 'throw "oops"'], env: {} };
  assert.equal(typeof runPeer(failing, []), 'string');
  assert.equal(runPeer(greenlets(), ['no such work', 0, 1]), null);
});

test('a row is compared with its base and its goal', () => {
  assert.deepEqual(verdictOf({ name: 'x', value: 5, base: 100, goal: 0.1 }), {
    compared: 0.05,
    met: true,
  });
  assert.equal(verdictOf({ name: 'x', value: 30, goal: 20 }).met, false);
});

test('a chart has a bar for each comparison, and shows which way it goes', () => {
  const rows = [
    { name: 'faster', value: 1, against: 'them', base: 10 },
    { name: 'slower & <odd>', value: 10, against: 'them', base: 1 },
    { name: 'alone', value: 1 },
  ];
  const svg = chartOf([{ title: 'Against them', unit: 'ns', rows }]);
  assert.equal(svg.match(/class="faster"/g)?.length, 1);
  assert.equal(svg.match(/class="slower"/g)?.length, 1);
  assert.match(svg, /slower &amp; &lt;odd>/);
  assert.doesNotMatch(svg, /alone/);
});
