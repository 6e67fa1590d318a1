/** Lines of programs, found by what stands in them. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

/** The number of the first line of a file that contains a text, from the line on that contains another one. */
export function lineOf(path: string, text: string, after = ''): number {
  const lines = readFileSync(path, 'utf8').split('\n');
  const start = lines.findIndex((each) => each.includes(after));
  const found = lines.findIndex((each, index) => index >= start && each.includes(text));
  assert(found >= 0, `${path} has no line with ${text}.`);
  return found + 1;
}
