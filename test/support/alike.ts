/** Runs programs plainly, and inside a greenlet with a switch at every call, to compare what they log. */

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Greenlet, getHub, spawn } from 'greenlets';
import { transform } from '../../runtime/src/transform.ts';
import { repositoryPath } from './fixture.ts';

/** A program: logs what it does; what it returns may be a promise. */
export type Program = (log: (value: unknown) => void) => unknown;

/** The same programs, once as they are and once with two forms and a switch at every call. */
export interface Pair {
  plain: readonly Program[];
  switching: readonly Program[];
}

interface Runtime {
  spawn: typeof spawn;
  getHub: typeof getHub;
}

const DIST = process.env.DIST ?? pathToFileURL(repositoryPath('runtime/dist/')).href;

/** The built runtime; errors of greenlets are not printed. */
export async function loadRuntime(): Promise<Runtime> {
  const runtime: Runtime = await import(`${DIST}index.js`);
  runtime.getHub().handleError = () => {};
  return runtime;
}

/** Loads programs, each the text of a function `(log) => …`, in both ways. */
export async function loadPair(texts: readonly string[]): Promise<Pair> {
  const text = `export const programs = [\n${texts.join(',\n')}\n];\n`;
  const { code } = transform(text, { filename: '/programs.mjs', injectSwitches: true });
  const switching = code.replace('"greenlets/calls"', JSON.stringify(`${DIST}calls.js`));
  const folder = mkdtempSync(join(tmpdir(), 'greenlets-alike-'));
  const load = async (name: string, content: string): Promise<Program[]> => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return (await import(pathToFileURL(path).href)).programs;
  };
  try {
    return {
      plain: await load('plain.mjs', text),
      switching: await load('switching.mjs', switching),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a program logs and ends with when it runs plainly. */
export async function runPlainly(program: Program): Promise<unknown[]> {
  const log: unknown[] = [];
  try {
    const returned = program((value) => log.push(show(value)));
    log.push('returns', show(returned instanceof Promise ? await returned : returned));
  } catch (error) {
    log.push('throws', show(error));
  }
  return log;
}

/** The same inside a greenlet. */
export async function runSwitching(runtime: Runtime, program: Program): Promise<unknown[]> {
  const log: unknown[] = [];
  const greenlet = runtime.spawn(program, (value) => log.push(show(value))) as Greenlet;
  await new Promise<void>((resolve) => greenlet.rawlink(() => resolve()));
  if (!greenlet.successful()) return [...log, 'throws', show(greenlet.exception)];
  try {
    log.push('returns', show(await greenlet.value));
  } catch (error) {
    log.push('throws', show(error));
  }
  return log;
}

/**
 * A test that a body behaves alike in both ways; it may use `log`.
 *
 * @param logs the log, where it is to be seen in the test.
 */
export function behavesAlike(name: string, body: string, logs?: string): void {
  test(name, async () => {
    const runtime = await loadRuntime();
    const { plain, switching } = await loadPair([`function (log) {\n${body}\n}`]);
    const expected = await runPlainly(plain[0] as Program);
    if (logs !== undefined) assert.equal(expected.slice(0, -2).join(' '), logs);
    assert.deepEqual(await runSwitching(runtime, switching[0] as Program), expected);
  });
}

/** A value as text that is the same in both runs; V8 writes long callees in ways of its own. */
function show(value: unknown): string {
  return textOf(value)
    .replace(/TypeError: .* (?=is not a (?:function|constructor))/gs, 'TypeError: ')
    .replace(/TypeError: (?:.* is not iterable.*|Cannot destructure .*)/s, 'TypeError: no list');
}

function textOf(value: unknown): string {
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (typeof value === 'function') return `function ${value.name}/${value.length}`;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
