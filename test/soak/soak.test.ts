/**
 * Greenlets at random, under the checked hub: spawned, parked on everything, killed, timed out, linked. Afterwards nobody waits anywhere, no
 * timer is left, and the memory is what it was. SOAK=n sets how many (`.ci/run`: a million).
 */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { repositoryPath } from '../support/fixture.ts';

const COUNT = Number(process.env.SOAK ?? 5000);

test(`${COUNT} greenlets at random leave nothing behind`, async () => {
  const part = repositoryPath('test/soak/soak-part.ts');
  const args = ['--expose-gc', '--import', 'tsx', part, String(COUNT)];
  const output = await new Promise<string>((resolve, reject) => {
    execFile(process.execPath, args, { cwd: repositoryPath('.') }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${error.message}\n${stderr}`));
    });
  });
  const outcome = JSON.parse(output);
  assert.deepEqual(
    { ...outcome, ended: undefined, grown: undefined },
    {
      ended: undefined,
      grown: undefined,
      living: 0,
      ready: 0,
      timers: 0,
      collected: true,
      warnings: [],
    },
  );
  assert.equal(outcome.ended.total >= COUNT, true);
  for (const [how, count] of Object.entries(outcome.ended)) {
    assert.notEqual(count, 0, `nobody has ${how}`);
  }
  // What V8 compiles meanwhile stays.
  assert.equal(outcome.grown < 4_000_000, true, `the heap has grown by ${outcome.grown} bytes`);
});
