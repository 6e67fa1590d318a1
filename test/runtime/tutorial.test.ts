/** A program of the tutorial runs without the command `greenlets`, and is traced; test/tutorial has what each of them does. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { greenlets } from '../support/cli.ts';

const program = (name: string) =>
  fileURLToPath(new URL(`../../media/tutorial/${name}`, import.meta.url));

const CONTEXT_SWITCH = [
  'Running in foo',
  'Explicit context to bar',
  'Explicit context switch to foo again',
  'Implicit context switch back to bar',
];

test('01 runs with node alone, when the loader is preloaded', () => {
  const args = ['--import', 'greenlets/register', program('01-context-switch/en/program.ts')];
  const cwd = fileURLToPath(new URL('../..', import.meta.url));
  const output = execFileSync(process.execPath, args, { cwd, encoding: 'utf8' });
  assert.deepEqual(output.trimEnd().split('\n'), CONTEXT_SWITCH);
});

test('trace prints the switches of 01 in gevent’s order, and writes them', async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'greenlets-'));
  context.after(() => rmSync(folder, { recursive: true }));
  const files = { json: join(folder, 'run.json'), perfetto: join(folder, 'run.trace') };
  const { stdout, code } = await greenlets([
    'trace',
    program('01-context-switch/en/program.ts'),
    ...['--json', files.json, '--perfetto', files.perfetto],
  ]);
  assert.equal(code, 0);
  const [output, trace] = stdout.split('\n\nSwitches\n');
  assert.deepEqual(output?.split('\n'), CONTEXT_SWITCH);
  const rows = trace?.split('\n\n')[0]?.split('\n');
  const source = readFileSync(program('01-context-switch/en/program.ts'), 'utf8').split('\n');
  const shown = rows?.map((row) => {
    const [, switched, reason, line] = /s {2}(.+?) {2,}(\w+)(?: +\S+?:(\d+):\d+)?$/.exec(row) ?? [];
    return `${switched}, ${reason}${line === undefined ? '' : `, ${source[Number(line) - 1]?.trim()}`}`;
  });
  assert.deepEqual(shown, [
    'main #1 → foo #2, joinAll, joinAll([spawn(foo), spawn(bar)]);',
    'foo #2 → bar #3, sleep, sleep(0);',
    'bar #3 → foo #2, sleep, sleep(0);',
    'foo #2 → bar #3, exit',
    'bar #3 → main #1, exit',
    'main #1 → hub, exit',
  ]);
  assert.match(
    trace ?? '',
    /\nmain #1 {2}finished\n├─ foo #2 {2}finished\n└─ bar #3 {2}finished\n/,
  );
  const saved = JSON.parse(readFileSync(files.json, 'utf8'));
  assert.deepEqual([saved.switches.length, saved.greenlets.length], [6, 3]);
  assert.equal(JSON.parse(readFileSync(files.perfetto, 'utf8')).displayTimeUnit, 'ms');
});
