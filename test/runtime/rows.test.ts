/** The history's rows and the clock: quick ones share a reading, slow ones have their own. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hub } from '../../runtime/src/core/hub.ts';
import { Rows } from '../../runtime/src/instrument/rows.ts';

/** Begins rows that follow each other by so many seconds; what was really the time of each, and how often it was asked. */
function rowsAfter(rows: Rows, gaps: readonly number[]): { times: number[]; readings: number } {
  const { clock } = hub;
  let now = 100;
  let readings = 0;
  hub.clock = {
    ...clock,
    now: () => {
      readings++;
      return now;
    },
  };
  try {
    const times = gaps.map((gap) => {
      now += gap;
      rows.begin(1, 'sleep', -1);
      return now;
    });
    return { times, readings };
  } finally {
    hub.clock = clock;
  }
}

const timesOf = (rows: Rows) => rows.read({}).switches.map((row) => row.time);

test('slow rows have exact times', () => {
  const rows = new Rows(100);
  const { times } = rowsAfter(rows, new Array(50).fill(0.01));
  assert.deepEqual(timesOf(rows), times);
});

test('quick rows share readings of the clock; their times rise, and are nearly right', () => {
  const rows = new Rows(1000);
  const { times, readings } = rowsAfter(rows, new Array(800).fill(1e-6));
  assert.ok(readings < 120, `${readings} readings`);
  const shown = timesOf(rows);
  for (const [i, time] of shown.entries()) {
    assert.ok(Math.abs(time - (times[i] as number)) < 8e-6, `row ${i}`);
    if (i > 0) assert.ok(time >= (shown[i - 1] as number), `row ${i} does not come earlier`);
  }
});

test('after a slow row among quick ones the next are exact', () => {
  const rows = new Rows(1000);
  const { times } = rowsAfter(rows, [...new Array(40).fill(1e-6), ...new Array(20).fill(0.1)]);
  assert.deepEqual(timesOf(rows).slice(-10), times.slice(-10));
});

test('a ring that has gone round begins with an exact or a later time', () => {
  const rows = new Rows(10);
  const { times } = rowsAfter(rows, new Array(101).fill(1e-6));
  const shown = timesOf(rows);
  assert.equal(shown.length, 10);
  for (const [i, time] of shown.entries())
    assert.ok(Math.abs(time - (times[91 + i] as number)) < 8e-6);
});

test('a limit of 0 keeps nothing', () => {
  const rows = new Rows(0);
  rowsAfter(rows, [1, 1]);
  const nothing = { switches: [], dropped: 0, newest: 0, reasons: [] };
  assert.deepEqual(rows.read({}), nothing);
});
