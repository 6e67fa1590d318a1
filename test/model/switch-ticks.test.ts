/** The list of expected switches is ticked off as they happen, and says what came instead. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Switch, Switches } from '../../extension/model/chapter.ts';
import { guideTexts } from '../../extension/model/guide-texts.ts';
import { tickSwitches } from '../../extension/model/switch-ticks.ts';

const NAMES = ['hub', 'main', 'foo', 'bar', 'bar'];
const ORDER: Switch[] = [
  ['main', 'foo', 'joinAll'],
  ['foo', 'bar #3', 'sleep'],
  ['bar', 'main', 'exit'],
];

describe('switches in a fixed order', () => {
  it('are done one after the other', () => {
    assert.deepEqual(states(ORDER, []), ['open', 'open', 'open']);
    assert.deepEqual(states(ORDER, ['1 2 joinAll']), ['done', 'open', 'open']);
    assert.deepEqual(states(ORDER, ['1 2 joinAll', '2 3 sleep', '3 1 exit']), [
      'done',
      'done',
      'done',
    ]);
  });

  it('are wrong where another one came, and nothing is said of those after it', () => {
    const ticks = tick(ORDER, ['1 2 joinAll', '2 4 sleep', '4 1 exit']);
    assert.deepEqual(
      ticks.map(({ state }) => state),
      ['done', 'wrong', 'open'],
    );
    assert.equal(ticks[1]?.text, 'foo → bar #3 (sleep) — instead: foo #2 → bar #4 (sleep)');
  });

  it('wait for a switch that is not complete', () => {
    assert.deepEqual(states(ORDER, ['1 2 joinAll', '2 0 sleep']), ['done', 'open', 'open']);
    assert.deepEqual(states(ORDER, ['1 2 joinAll', '2 0 sleep'], true), ['done', 'wrong', 'open']);
  });

  it('are missing at the end, or too many', () => {
    assert.deepEqual(states(ORDER, ['1 2 joinAll'], true), ['done', 'wrong', 'open']);
    const more = tick(ORDER, ['1 2 joinAll', '2 3 sleep', '3 1 exit', '1 4 exit'], true);
    assert.deepEqual(more.at(-1), { text: 'instead: main #1 → bar #4 (exit)', state: 'wrong' });
  });
});

describe('switches whose order is not fixed', () => {
  it('are found wherever they are', () => {
    const expected: Switches = { includes: [ORDER[0] as Switch, ORDER[2] as Switch] };
    assert.deepEqual(states(expected, ['1 2 joinAll', '2 4 x', '3 1 exit']), ['done', 'done']);
    assert.deepEqual(states(expected, ['3 1 exit']), ['open', 'open']);
    assert.deepEqual(states(expected, ['3 1 exit'], true), ['open', 'open']);
  });

  it('may never come', () => {
    const expected: Switches = { excludes: [['foo', 'foo', 'sleep']] };
    assert.equal(tick(expected, [])[0]?.text, 'never: foo → foo (sleep)');
    assert.deepEqual(states(expected, []), ['open']);
    assert.deepEqual(states(expected, ['2 2 sleep']), ['wrong']);
    assert.deepEqual(states(expected, ['2 3 sleep'], true), ['done']);
  });

  it('are counted', () => {
    const of: Switch = ['*', '*', 'sleep'];
    const twice: Switches = { counts: [{ of, is: 2 }] };
    assert.equal(tick(twice, ['2 3 sleep'])[0]?.text, '* → * (sleep): 1 of 2');
    assert.deepEqual(states(twice, ['2 3 sleep', '3 2 sleep']), ['open']);
    assert.deepEqual(states(twice, ['2 3 sleep', '3 2 sleep'], true), ['done']);
    assert.deepEqual(states(twice, ['2 3 sleep', '3 2 sleep', '2 3 sleep']), ['wrong']);
    const some: Switches = { counts: [{ of, atLeast: 1 }] };
    assert.deepEqual(states(some, ['2 3 sleep']), ['done']);
    assert.deepEqual(states(some, [], true), ['open']);
    const few: Switches = { counts: [{ of, atMost: 1 }] };
    assert.deepEqual(states(few, ['2 3 sleep', '3 2 sleep']), ['wrong']);
    assert.deepEqual(states(few, [], true), ['done']);
  });

  it('are told for each greenlet of a name', () => {
    const expected: Switches = { perGreenlet: { bar: ['sleep', 'exit'] } };
    assert.deepEqual(states(expected, ['3 2 sleep', '4 2 sleep']), ['open']);
    assert.deepEqual(states(expected, ['3 2 join']), ['wrong']);
    const both = ['3 2 sleep', '4 2 sleep', '3 2 exit', '4 2 exit'];
    assert.deepEqual(states(expected, both, true), ['done']);
    assert.deepEqual(states(expected, both.slice(1), true), ['wrong']);
  });
});

function states(expected: Switches, rows: string[], hasEnded = false): string[] {
  return tick(expected, rows, hasEnded).map(({ state }) => state);
}

/** @param rows `from to reason`, by id. */
function tick(expected: Switches, rows: string[], hasEnded = false) {
  const switches = rows.map((text, i) => {
    const [from = '', to = '', reason = ''] = text.split(' ');
    const place = { source: '', line: 0, column: 0 };
    return { seq: i + 1, time: i, from: Number(from), to: Number(to), reason, ...place };
  });
  const greenlets = NAMES.map((name, id) => ({ id, name })).slice(1);
  return tickSwitches(guideTexts('en'), expected, switches, greenlets, hasEnded);
}
