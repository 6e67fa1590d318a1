/** The tutorial's programs print what the text promises, and switch as gevent does. */

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

async function linesOf(name: string): Promise<string[]> {
  const { stdout, stderr, code } = await greenlets(['run', program(name)]);
  assert.deepEqual([stderr, code], ['', 0]);
  return stdout.trimEnd().split('\n');
}

const CONTEXT_SWITCH = [
  'Running in foo',
  'Explicit context to bar',
  'Explicit context switch to foo again',
  'Implicit context switch back to bar',
];

test('01: foo and bar hand over to each other', async () => {
  assert.deepEqual(await linesOf('01-context-switch/en/program.ts'), CONTEXT_SWITCH);
});

test('01 runs with node alone, when the loader is preloaded', () => {
  const args = ['--import', 'greenlets/register', program('01-context-switch/en/program.ts')];
  const cwd = fileURLToPath(new URL('../..', import.meta.url));
  const output = execFileSync(process.execPath, args, { cwd, encoding: 'utf8' });
  assert.deepEqual(output.trimEnd().split('\n'), CONTEXT_SWITCH);
});

test('02: two pollers take two seconds together', async () => {
  assert.deepEqual(await linesOf('02-select/en/program.ts'), [
    'Started Polling:  at 0.0 seconds',
    'Started Polling:  at 0.0 seconds',
    'Hey lets do some stuff while the greenlets poll, at 0.0 seconds',
    'Ended Polling:  at 2.0 seconds',
    'Ended Polling:  at 2.0 seconds',
  ]);
});

test('03: synchronous tasks end in order, asynchronous ones all end', async () => {
  const lines = await linesOf('03-tasks/en/program.ts');
  const done = (count: number, first: number) =>
    Array.from({ length: count }, (_, i) => `Task ${first + i} done`);
  assert.deepEqual(lines.slice(0, 11), ['Synchronous:', ...done(9, 1), 'Asynchronous:']);
  assert.deepEqual(lines.slice(11).sort(), done(10, 0));
});

test('04: nine fetches one after the other, nine at once', async () => {
  const lines = await linesOf('04-fetch/en/program.ts');
  const pids = lines.map((line) => /^Process {2}(\d) \d{4}-\d\d-\d\dT/.exec(line)?.[1] ?? line);
  const nine = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];
  assert.deepEqual(pids.slice(0, 11), ['Synchronous:', ...nine, 'Asynchronous:']);
  assert.deepEqual(pids.slice(11).sort(), nine);
});

test('13: a patched function is the same, and lets the others run', async () => {
  assert.deepEqual(await linesOf('13-monkeypatch/en/program.ts'), [
    'Patched: false',
    'The ticker stood still.',
    'Patched: true - the same function: true',
    'The ticker went on.',
  ]);
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
