/**
 * Random programs, each run plainly and inside a greenlet with a switch at every call: their logs must be equal. `SEEDS=n` runs
 * more of them, `SEED=n` one alone.
 */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadPair, loadRuntime, type Program, runPlainly, runSwitching } from '../support/alike.ts';
import { randomProgram } from './random-program.ts';

const PROGRAMS_PER_FILE = 50;
const seeds = process.env.SEED
  ? [Number(process.env.SEED)]
  : Array.from({ length: Number(process.env.SEEDS ?? 200) }, (_, index) => index + 1);

test('a program behaves the same with switches', async () => {
  const runtime = await loadRuntime();
  for (let at = 0; at < seeds.length; at += PROGRAMS_PER_FILE) {
    const part = seeds.slice(at, at + PROGRAMS_PER_FILE);
    const { plain, switching } = await loadPair(part.map(randomProgram));
    for (const [index, seed] of part.entries()) {
      const expected = await runPlainly(plain[index] as Program);
      const actual = await runSwitching(runtime, switching[index] as Program);
      assert.deepEqual(actual, expected, `SEED=${seed}\n${randomProgram(seed)}`);
    }
  }
});
