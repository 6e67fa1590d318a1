/** The body of a test of `node:test` is a greenlet, on every version of Node that is here. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { runProgram } from '../support/fixture.ts';
import { findNodes } from '../support/nodes.ts';

const TESTS = `import assert from 'node:assert/strict';
import { before, beforeEach, describe, it, test } from 'node:test';
import { getCurrent, joinAll, sleep, spawn } from 'greenlets';
import { Event } from 'greenlets/event';

let ready = false;
before(() => { sleep(0); ready = true; });
test('waits', () => { sleep(0); assert.ok(ready); });
test('fails', () => { // @fails
  sleep(0);
  assert.equal(1, 2); // @assert
});
test('times out', { timeout: 50 }, () => { sleep(0.3); });
test('spawns', () => {
  const all = [1, 2].map((n) => spawn(() => { sleep(0); return n; }));
  joinAll(all);
  assert.deepEqual(all.map((each) => each.value), [1, 2]);
});
const met = [new Event(), new Event()];
describe('suite', { concurrency: true }, () => {
  const seen = new Set<unknown>();
  beforeEach(() => { sleep(0); });
  for (const [name, own, other] of [['one', 0, 1], ['two', 1, 0]] as const)
    it(name, () => {
      const me = getCurrent();
      seen.add(me);
      met[own].set();
      met[other].wait();
      assert.equal(getCurrent(), me);
      assert.equal(seen.size, 2);
    });
  it('awaits', async () => { await null; sleep(0); });
});
test('has tests inside', (t) => { t.test('inner', () => { sleep(0); }); sleep(0); });
`;

for (const { version, path: node } of findNodes()) {
  describe(`a test under Node ${version}`, () => {
    test('waits, fails and times out by itself', async () => {
      const { stdout, stderr, path, marks, code } = await runProgram(TESTS, {
        name: 'main.test.ts',
        nodeArgs: ['--test', '--test-reporter=tap'],
        node,
        // It is not a part of this run.
        env: { NODE_TEST_CONTEXT: undefined },
      });
      const results = [...stdout.matchAll(/^ *((?:not )?ok) \d+ - (.*)$/gm)].map(
        ([, result, name]) => `${result} ${name}`,
      );
      assert.deepEqual(
        results.filter((each) => !each.endsWith('main.test.ts')),
        [
          'ok waits',
          'not ok fails',
          'not ok times out',
          'ok spawns',
          'ok one',
          'ok two',
          'ok awaits',
          'ok suite',
          'ok inner',
          'ok has tests inside',
        ],
        stdout + stderr,
      );
      assert.equal(code, 1);
      assert.ok(stdout.includes(`location: '${path}:${marks.get('fails')}:1'`), stdout);
      assert.ok(stdout.includes(`${path}:${marks.get('assert')}:10`), stdout);
      assert.match(stdout, /test timed out after 50ms/);
    });
  });
}
