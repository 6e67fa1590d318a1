/** The check of a tutorial's program says what is wrong, and nothing where nothing is. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Chapter, Check, Switch } from '../../extension/model/chapter.ts';
import {
  checkChapter,
  checkExercise,
  type ProgramRun,
  tracedRun,
} from '../../extension/model/chapter-check.ts';

const SWITCHES: Switch[] = [
  ['main', 'foo', 'joinAll'],
  ['foo', 'hub', 'sleep'],
  ['hub', 'foo', 'wake'],
  ['foo', 'worker #3', 'exit'],
  ['worker', 'worker #4', 'Queue.get'],
  ['worker #4', 'main', 'exit'],
];

describe('what a program prints', () => {
  it('is compared line by line', () => {
    assert.deepEqual(check({ output: ['a', 'b'] }, { output: ['a', 'b'] }), []);
    assert.deepEqual(check({ output: ['a', 'b'] }, { output: ['a', 'c', 'd'] }), [
      'Line 2 of the output should be "b", but is "c".',
    ]);
    assert.deepEqual(check({ output: ['a', 'b'] }, { output: ['a'] }), [
      'The output has no line 2: "b".',
    ]);
    assert.deepEqual(check({ output: [] }, { output: ['a'] }), [
      'The output goes on in line 1: "a".',
    ]);
  });

  it('may match whole lines, or come in any order', () => {
    const output = [{ match: 'took \\d+' }, { anyOrder: ['a', 'b', { match: 'c.' }] }, 'end'];
    assert.deepEqual(check({ output }, { output: ['took 12', 'c1', 'b', 'a', 'end'] }), []);
    assert.deepEqual(check({ output }, { output: ['it took 12'] }), [
      'Line 1 of the output should be /took \\d+/, but is "it took 12".',
    ]);
    assert.deepEqual(check({ output }, { output: ['took 12', 'b', 'b'] }), [
      'Line 3 of the output should be "a" / /c./, but is "b".',
    ]);
    assert.deepEqual(check({ output }, { output: ['took 12', 'b', 'c1'] }), [
      'The output has no line 4: "a".',
    ]);
  });

  it('may have any number of lines of a kind', () => {
    const output = ['Error: x', { every: ' +at .*' }, 'end'];
    assert.deepEqual(check({ output }, { output: ['Error: x', '  at a', '  at b', 'end'] }), []);
    assert.deepEqual(check({ output }, { output: ['Error: x', 'end'] }), []);
    assert.deepEqual(check({ output }, { output: ['Error: x', '  at a', 'b'] }), [
      'Line 3 of the output should be "end", but is "b".',
    ]);
  });

  it('has no errors and the code 0, unless that is expected', () => {
    const failed = { errors: ['node:internal:1', '    ^', 'TypeError: x', '  at a'], exitCode: 1 };
    assert.deepEqual(check({ output: [] }, failed), [
      'An error was printed: TypeError: x',
      'The program should end with code 0, not 1.',
    ]);
    assert.deepEqual(check({ output: [], ...failed }, failed), []);
    const errors = ['node:internal:1'];
    assert.deepEqual(check({ output: [], exitCode: 1, errors }, failed), [
      'The errors go on in line 2: "    ^".',
    ]);
    assert.deepEqual(check({ output: [] }, { exitCode: null }), ['The program did not end.']);
  });
});

describe('the switches', () => {
  it('are compared one by one', () => {
    const wrong = SWITCHES.with(4, ['worker', 'worker #3', 'Queue.get']);
    assert.deepEqual(checkSwitches(SWITCHES), []);
    assert.deepEqual(checkSwitches(wrong), [
      'Switch 5 should be worker → worker #3 (Queue.get), but is worker #3 → worker #4 (Queue.get).',
    ]);
    assert.deepEqual(checkSwitches(SWITCHES.slice(0, 5)), [
      'Switch 6 is one too many: worker #4 → main #1 (exit).',
    ]);
    assert.deepEqual(checkSwitches([...SWITCHES, ['main', 'hub', 'exit']]), [
      'Switch 7 is missing: main → hub (exit).',
    ]);
  });

  it('may be described', () => {
    assert.deepEqual(
      checkSwitches({
        includes: [
          ['foo', '*', 'sleep'],
          ['foo', '*', 'exit'],
        ],
        excludes: [['foo', 'foo', '*']],
        counts: [{ of: ['*', '*', 'exit'], is: 2 }],
        perGreenlet: { foo: ['sleep', 'exit'], 'worker #3': ['Queue.get'] },
      }),
      [],
    );
    assert.deepEqual(
      checkSwitches({
        includes: [
          ['foo', '*', 'exit'],
          ['foo', '*', 'sleep'],
        ],
        excludes: [['worker', '*', '*']],
        counts: [
          { of: ['*', '*', 'exit'], atLeast: 3 },
          { of: ['foo', '*', '*'], atMost: 1 },
        ],
        perGreenlet: { foo: ['exit'], worker: ['Queue.get'], bar: [] },
      }),
      [
        'This switch should come: foo → * (sleep).',
        'This switch should not come: worker → * (*).',
        '* → * (exit) should come at least 3 times, not 2.',
        'foo → * (*) should come at most 1 times, not 2.',
        'foo should give way for exit, not for sleep, exit.',
        'worker should give way for Queue.get, not for exit.',
        'No greenlet bar has run.',
      ],
    );
  });
});

describe('the code of an exercise', () => {
  it('has what is required and not what is forbidden, comments not counted', () => {
    const source = { required: ['joinAll('], forbidden: ['setTimeout('] };
    const { exercise } = chapter({ output: [], source });
    const judge = (code: string) => checkExercise(chapter(exercise.check), code, run({}));
    assert.deepEqual(judge('joinAll([]); // no setTimeout(\n/* nor\nsetTimeout( */'), []);
    assert.deepEqual(judge('const a = "//"; setTimeout(f); // joinAll('), [
      'The program should contain joinAll(.',
      'The program should do without setTimeout(.',
    ]);
  });
});

it('takes the output from in front of the trace’s table', () => {
  const switches = [
    { seq: 1, time: 0, from: 1, to: 0, reason: 'exit', source: '', line: 0, column: 0 },
  ];
  const trace = JSON.stringify({ version: 1, switches, greenlets: [{ id: 1, name: 'main' }] });
  const { output, errors, exitCode } = tracedRun('a\n\nb\n\nSwitches\n1 …\n', 'e\n', 0, trace);
  assert.deepEqual(
    { output, errors, exitCode },
    { output: ['a', '', 'b'], errors: ['e'], exitCode: 0 },
  );
  const expected = { output: ['a', '', 'b'], errors: ['e'], switches: [['main', 'hub', 'exit']] };
  const traced = tracedRun('a\n\nb\n\nSwitches\n1 …\n', 'e\n', 0, trace);
  assert.deepEqual(checkChapter(chapter(expected as Check), traced), []);
});

function check(expected: Check, actual: Partial<ProgramRun>): string[] {
  return checkChapter(chapter(expected), run(actual));
}

function checkSwitches(switches: Check['switches']): string[] {
  const ids: Record<string, number> = { hub: 0, main: 1, foo: 2, worker: 3 };
  const id = (name: string) => ids[name] ?? Number(name.split('#')[1]);
  const rows = SWITCHES.map(([from, to, reason], i) => ({
    ...{ seq: i + 1, time: i, from: id(from), to: id(to), reason },
    ...{ source: '', line: 0, column: 0 },
  }));
  return check({ output: [], switches }, { switches: rows });
}

function run(actual: Partial<ProgramRun>): ProgramRun {
  const names = ['main', 'foo', 'worker', 'worker'];
  const greenlets = names.map((name, i) => ({ id: i + 1, name }));
  return { output: [], errors: [], exitCode: 0, switches: [], greenlets, ...actual };
}

function chapter(expected: Check): Chapter {
  const text = { en: 'text', 'zh-cn': '文字' };
  return {
    ...{ part: 'core', title: text, question: text, answer: text, switches: {} },
    ...expected,
    watch: { view: 'greenlets.tree', ...text },
    exercise: { task: text, check: expected },
  };
}
