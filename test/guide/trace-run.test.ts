/** An exercise runs in a process of its own, whatever it does. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { traceRun } from '../../extension/tutorial/trace-run.ts';
import { repositoryPath, withProgram } from '../support/fixture.ts';

const options = { runtimePath: repositoryPath('runtime/dist'), timeLimit: 10_000 };

test('what it printed and how it switched is known', async () => {
  const text =
    "import { sleep, spawn } from 'greenlets';\nspawn(function foo() { console.log('foo'); });\nsleep(0);\n";
  await withProgram(text, {}, async ({ path }) => {
    const { output, errors, exitCode, switches } = await traceRun(path, options);
    assert.deepEqual({ output, errors, exitCode }, { output: ['foo'], errors: [], exitCode: 0 });
    assert.deepEqual(
      switches.map(({ from, to, reason }) => `${from} ${to} ${reason}`),
      ['1 2 sleep', '2 1 exit', '1 0 exit'],
    );
  });
});

test('one that does not end is ended', async () => {
  await withProgram("console.log('on'); for (;;) {}\n", {}, async ({ path }) => {
    const run = await traceRun(path, { ...options, timeLimit: 700 });
    assert.equal(run.exitCode, null);
    assert.deepEqual(run.switches, []);
  });
});

test('it can be canceled', async () => {
  await withProgram('for (;;) {}\n', {}, async ({ path }) => {
    const controller = new AbortController();
    const running = traceRun(path, { ...options, signal: controller.signal });
    controller.abort();
    assert.equal((await running).exitCode, null);
  });
});
