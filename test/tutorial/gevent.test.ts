/**
 * Where gevent's output does not vary, the tutorial's is the same. `gevent/*.out` is what the programs of gevent's tutorial printed on
 * gevent 22.10.
 */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import type { Line } from '../../extension/model/chapter.ts';
import { chapters, numberOf } from '../support/tutorial.ts';

const FOLDER = new URL('gevent/', import.meta.url);

/** By chapter: which of gevent's lines do not vary. */
const EXACT: Record<string, (lines: string[]) => string[]> = {
  '01': all,
  '02': all,
  '05': (lines) => lines.slice(-1),
  '06': all,
  '07': all,
  '08': (lines) => [...lines.slice(0, 2), ...lines.slice(lines.indexOf('You win!'))],
  '10': all,
  '12': all,
  '14': all,
  '15': all,
  '16': all,
  '17': all,
  '18': all,
  '19': (lines) => lines.slice(lines.indexOf('Ordered')),
  '20': all,
  '22': all,
  '23': all,
  '26': all,
  '27': (lines) => lines.slice(0, lines.indexOf('ping', 4) + 1),
  '28': all,
};

/** How JavaScript prints what Python prints. */
const WORDS = new Map([
  ['True', 'true'],
  ['False', 'false'],
  ['None', 'undefined'],
]);

describe('what gevent prints always', () => {
  for (const [number, exact] of Object.entries(EXACT)) {
    it(`is what chapter ${number} prints`, () => {
      const chapter = chapters.find((each) => numberOf(each) === number);
      assert.ok(chapter);
      const expected = exact(geventLines(number)).map((line) => WORDS.get(line) ?? line);
      assert.deepEqual(chapter.output.slice(-expected.length).map(fixed), expected);
      if (exact === all) assert.equal(chapter.output.length, expected.length);
    });
  }

  it('is the name of the error that ends chapter 11', () => {
    const chapter = chapters.find((each) => numberOf(each) === '11');
    assert.equal(geventLines('11').at(-1), 'TooLong');
    assert.ok(chapter?.errors?.includes('TooLong'));
  });
});

function all(lines: string[]): string[] {
  return lines;
}

/** What gevent's program printed, lines without text apart. */
function geventLines(number: string): string[] {
  const name = readdirSync(FOLDER).find((each) => each.startsWith(`${number}-`)) ?? '';
  const text = readFileSync(new URL(name, FOLDER), 'utf8');
  return text.split('\n').filter((line) => line !== '');
}

/** The line; of one with a time in it, the line as it is on a machine that keeps up. */
function fixed(line: Line): string {
  if (typeof line === 'string') return line;
  return 'match' in line && line.example !== undefined ? line.example : JSON.stringify(line);
}
