/** Who leaks, with a heap of the test's; and the book that keeps what was found. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Greenlet } from '../../runtime/src/core/greenlet.ts';
import type { Place } from '../../runtime/src/core/sites.ts';
import { sleep } from '../../runtime/src/core/sleep.ts';
import { Timeout } from '../../runtime/src/core/timeout.ts';
import { LintBook } from '../../runtime/src/instrument/lints/book.ts';
import { leaked } from '../../runtime/src/instrument/lints/leaks.ts';
import { Event } from '../../runtime/src/sync/event.ts';
import { Queue } from '../../runtime/src/sync/queue.ts';
import { call, callOn } from '../support/virtual.ts';
import { lint, on, type Steps, start } from './under-lints.ts';

describe('a leak', () => {
  const none = () => new Set<object>();

  /** The names of those who leak when the program stands as `program` leaves it. */
  function leaksOf(program: () => Steps, reach: Parameters<typeof leaked>[0]): string[] {
    let names: string[] = [];
    lint(function* () {
      const before = new Set(Greenlet.live());
      yield* program();
      names = leaked((objects, from, notBy) =>
        reach(
          objects,
          from.filter((each) => !before.has(each)),
          notBy,
        ),
      ).map((each) => each.name);
    });
    return names;
  }

  it('waits for what nobody can reach, and so does who waits for it', () => {
    const event = new Event();
    const names = leaksOf(function* () {
      const waits = start('waits', () => on(1, event, 'wait'));
      start('joins', () => callOn(waits, waits.join));
      yield* call(sleep, 0);
    }, none);
    assert.deepEqual(names, ['waits', 'joins']);
  });

  it('does not wait with a time limit, or for time', () => {
    const event = new Event();
    const names = leaksOf(function* () {
      start('limited', () => on(1, event, 'wait', 5));
      start('sleeps', () => call(sleep, 5));
      start('throws', function* () {
        Timeout.startNew(5);
        yield* on(2, event, 'wait');
      });
      yield* call(sleep, 0);
    }, none);
    assert.deepEqual(names, []);
  });

  it('is none that somebody who can go on can reach, over others, too', () => {
    const [jobs, results] = [new Queue(), new Queue()];
    let asked: string[][] = [];
    const names = leaksOf(
      function* () {
        start('feeds', () => call(sleep, 5));
        start('works', () => on(1, jobs, 'get'));
        start('collects', () => on(2, results, 'get'));
        start('forgotten', () => on(3, new Queue(), 'get'));
        yield* call(sleep, 0);
      },
      (_objects, from) => {
        const names = from.map((each) => each.name);
        asked = [...asked, names];
        return new Set(names.includes('works') ? [jobs, results] : [jobs]);
      },
    );
    assert.deepEqual(names, ['forgotten']);
    assert.deepEqual(asked.slice(0, 2), [['feeds'], ['feeds', 'works']]);
  });

  it('is not claimed where the heap cannot be asked', () => {
    const names = leaksOf(
      function* () {
        start('sleeps', () => call(sleep, 5));
        start('waits', () => on(1, new Event(), 'wait'));
        yield* call(sleep, 0);
      },
      () => null,
    );
    assert.deepEqual(names, []);
  });
});

describe('the book', () => {
  const place = (line: number): Place => ({
    path: '/p/app.ts',
    line,
    column: 1,
    function: 'f',
    guarded: false,
  });
  const finding = (line: number, code: 'leak' | 'blocked' = 'leak') => ({
    code,
    greenlet: null,
    subject: '',
    stack: [place(line)],
  });

  it('keeps one finding for a place, and counts', () => {
    const told: number[] = [];
    const book = new LintBook((each) => told.push(each.id));
    for (const line of [1, 2, 1]) book.add(finding(line));
    book.add(finding(1, 'blocked'));
    const { version, lints } = book.read();
    assert.equal(version, 4);
    assert.deepEqual(
      lints.map(({ id, code, count }) => [id, code, count]),
      [
        [1, 'leak', 2],
        [2, 'leak', 1],
        [3, 'blocked', 1],
      ],
    );
    assert.deepEqual(told, [1, 2, 1, 3]);
  });

  it('reads what has changed since a version', () => {
    const book = new LintBook(() => {});
    for (const line of [1, 2]) book.add(finding(line));
    const { version } = book.read();
    assert.deepEqual(book.read(version).lints, []);
    book.add(finding(1));
    assert.deepEqual(
      book.read(version).lints.map((each) => each.id),
      [1],
    );
  });

  it('does not fill the memory', () => {
    const book = new LintBook(() => {});
    for (let line = 1; line <= 3000; line++) book.add(finding(line));
    assert.equal(book.read().lints.length, 1000);
  });
});
