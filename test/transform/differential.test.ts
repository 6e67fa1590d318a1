/**
 * Random programs, each run plainly and inside a greenlet with a switch at every call: their logs must be equal. `SEEDS=n` runs
 * more of them, `FIRST=n` begins with another seed, `SEED=n` runs one alone. A program that fails is made smaller.
 */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadPair, loadRuntime, type Program, runPlainly, runSwitching } from '../support/alike.ts';
import { givenChoices, seededChoices, shrink } from './choices.ts';
import { programOf, randomProgram } from './random-program.ts';

const PROGRAMS_PER_FILE = 50;
const first = Number(process.env.SEED ?? process.env.FIRST ?? 1);
const count = process.env.SEED ? 1 : Number(process.env.SEEDS ?? 200);
const seeds = Array.from({ length: count }, (_, index) => first + index);

type Logs = [actual: unknown[], expected: unknown[]];

test('a program behaves the same with switches', async () => {
  for (let at = 0; at < seeds.length; at += PROGRAMS_PER_FILE) {
    const part = seeds.slice(at, at + PROGRAMS_PER_FILE);
    const logs = await logsOf(part.map(randomProgram));
    for (const [index, seed] of part.entries()) {
      if (isAlike(logs[index] as Logs)) continue;
      const { text, actual, expected } = await smallest(seed);
      assert.deepEqual(actual, expected, `SEED=${seed}, made smaller:\n${text}`);
    }
  }
});

test('a program that fails is made smaller', async () => {
  const choices = seededChoices(7);
  programOf(choices);
  const small = await shrink(choices.taken, async (list) =>
    programOf(givenChoices(list)).includes('for ('),
  );
  const text = programOf(givenChoices(small));
  assert.ok(small.length < choices.taken.length / 4, `${small.length} of ${choices.taken.length}`);
  assert.match(text, /for \(/);
});

/** What the programs log in both ways. */
async function logsOf(texts: readonly string[]): Promise<Logs[]> {
  const runtime = await loadRuntime();
  const { plain, switching } = await loadPair(texts);
  const logs: Logs[] = [];
  for (const index of texts.keys()) {
    const expected = await runPlainly(plain[index] as Program);
    logs.push([await runSwitching(runtime, switching[index] as Program), expected]);
  }
  return logs;
}

/** The smallest program that was found to fail as that of a seed does. */
async function smallest(seed: number) {
  const choices = seededChoices(seed);
  programOf(choices);
  const small = await shrink(choices.taken, async (list) => {
    const logs = await logsOf([programOf(givenChoices(list))]).catch(() => []);
    return logs[0] !== undefined && !isAlike(logs[0]);
  });
  const text = programOf(givenChoices(small));
  const [logs] = await logsOf([text]);
  const [actual, expected] = logs as Logs;
  return { text, actual, expected };
}

function isAlike([actual, expected]: Logs): boolean {
  return JSON.stringify(actual) === JSON.stringify(expected);
}
