/**
 * Random programs, each run plainly and inside a greenlet with a switch at every call: their logs must be equal. `SEEDS=n` runs
 * more of them, `SEED=n` one alone.
 */

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Greenlet, getHub, spawn } from 'greenlets';
import { transform } from '../../runtime/src/transform.ts';
import { repositoryPath } from '../support/fixture.ts';
import { randomProgram } from './random-program.ts';

type Program = (log: (value: unknown) => void) => unknown;

const DIST = process.env.DIST ?? pathToFileURL(repositoryPath('runtime/dist/')).href;
const PROGRAMS_PER_FILE = 50;
const seeds = process.env.SEED
  ? [Number(process.env.SEED)]
  : Array.from({ length: Number(process.env.SEEDS ?? 200) }, (_, index) => index + 1);

test('a program behaves the same with switches', async () => {
  const runtime: { spawn: typeof spawn; getHub: typeof getHub } = await import(`${DIST}index.js`);
  runtime.getHub().handleError = () => {};
  const folder = mkdtempSync(join(tmpdir(), 'greenlets-differential-'));
  try {
    for (let at = 0; at < seeds.length; at += PROGRAMS_PER_FILE) {
      const part = seeds.slice(at, at + PROGRAMS_PER_FILE);
      const text = `export const programs = [\n${part.map(randomProgram).join(',\n')}\n];\n`;
      const plain = await load(join(folder, `plain-${at}.mjs`), text);
      const switching = await load(join(folder, `switching-${at}.mjs`), switchingCode(text));
      for (const [index, seed] of part.entries()) {
        const expected = runPlainly(plain[index] as Program);
        const actual = await runSwitching(runtime.spawn, switching[index] as Program);
        assert.deepEqual(actual, expected, `SEED=${seed}\n${randomProgram(seed)}`);
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

function switchingCode(text: string): string {
  const { code } = transform(text, { filename: '/differential.mjs', injectSwitches: true });
  return code.replace('"greenlets/calls"', JSON.stringify(`${DIST}calls.js`));
}

async function load(path: string, code: string): Promise<Program[]> {
  writeFileSync(path, code);
  return (await import(pathToFileURL(path).href)).programs;
}

function runPlainly(program: Program): unknown[] {
  const log: unknown[] = [];
  try {
    log.push(
      'returns',
      program((value) => log.push(show(value))),
    );
  } catch (error) {
    log.push('throws', show(error));
  }
  return log;
}

async function runSwitching(spawnOne: typeof spawn, program: Program): Promise<unknown[]> {
  const log: unknown[] = [];
  const greenlet = spawnOne(program, (value) => log.push(show(value))) as Greenlet;
  await new Promise<void>((resolve) => greenlet.rawlink(() => resolve()));
  if (greenlet.successful()) log.push('returns', greenlet.value);
  else log.push('throws', show(greenlet.exception));
  return log;
}

/** A value as text that is the same in both runs; V8 writes long callees in ways of its own. */
function show(value: unknown): string {
  return textOf(value).replace(/TypeError: .* (?=is not a function)/gs, 'TypeError: ');
}

function textOf(value: unknown): string {
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (typeof value === 'function') return `function ${value.name}/${value.length}`;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
