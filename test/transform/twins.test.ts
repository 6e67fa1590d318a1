/**
 * The twins of built-in functions against the built-in functions themselves: each case runs with a callback that is native for the
 * runtime, and with one that switches. Results, errors and every operation on lists, iterators and patterns are equal.
 */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { runProgram } from '../support/fixture.ts';
import { findNodes } from '../support/nodes.ts';

const PLAIN =
  'export const plain = (f) => function (...args) { return Reflect.apply(f, this, args); };';

for (const { version, path: node } of findNodes()) {
  test(`a callback that switches changes nothing on Node ${version}`, async () => {
    const program = readFileSync(new URL('twins.txt', import.meta.url), 'utf8');
    const { stdout, stderr } = await runProgram(program, {
      node,
      files: {
        'node_modules/pkg/package.json': '{ "name": "pkg", "exports": "./index.mjs" }',
        'node_modules/pkg/index.mjs': PLAIN,
      },
    });
    const [count, ...differences] = stdout.trim().split('\n');
    assert.deepEqual(differences, [], stderr);
    assert.ok(Number(count) >= 200, stderr || count);
  });
}
