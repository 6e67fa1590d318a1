/**
 * Random programs of every primitive (events, results, queues, channels, locks, pools, kills, links, nested `try` and `finally`,
 * time limits) have the trace that gevent gave them, those that use time on a virtual clock. `semantics/random/` says how to make more.
 */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { greenlets } from '../support/cli.ts';
import { repositoryPath } from '../support/fixture.ts';

const CASES = repositoryPath('test/sync/semantics/random/cases.jsonl');
const INTERPRETER = repositoryPath('test/sync/semantics/random/interpreter.ts');

test('random programs have the traces of gevent', async () => {
  const { stdout, stderr } = await greenlets(['run', INTERPRETER, CASES]);
  assert.equal(stderr, '');
  const traces = stdout.trimEnd().split('\n');
  const cases = readFileSync(CASES, 'utf8').trimEnd().split('\n');
  assert.equal(traces.length, cases.length);
  for (const [i, line] of cases.entries()) {
    const { program, trace } = JSON.parse(line);
    assert.deepEqual(JSON.parse(traces[i] as string), trace, `the program of seed ${program.seed}`);
  }
});
