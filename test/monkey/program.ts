/** Whole programs in plain blocking code, through the loader. */

import assert from 'node:assert/strict';
import { type FixtureOptions, runProgram } from '../support/fixture.ts';

/** Runs a program that must end well; what it prints, line by line. */
export async function output(text: string, options: FixtureOptions = {}): Promise<string[]> {
  const { stdout, stderr, code } = await runProgram(text, options);
  assert.deepEqual([stderr, code], ['', 0]);
  return stdout.trimEnd().split('\n');
}
