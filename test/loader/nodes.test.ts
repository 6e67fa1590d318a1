/** The loader on every version of Node that is here. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type FixtureOptions, runProgram } from '../support/fixture.ts';
import { findNodes } from '../support/nodes.ts';

for (const { version, path: node } of findNodes()) {
  const prints = async (text: string, expected: string, options: FixtureOptions = {}) => {
    const { stdout, stderr } = await runProgram(text, { node, ...options });
    assert.deepEqual([stdout, stderr], [expected, '']);
  };

  describe(`Node ${version}`, () => {
    test('runs modules that import each other, CommonJS and JSON, and wait', () =>
      prints(
        `import { joinAll, sleep, spawn } from 'greenlets';
import { a } from './a';
import type { Missing } from './missing';
import lib, { named } from './lib.cjs';
import data from '@/data.json';
enum Color { Red = 1 }
function worker(n: number): number { sleep(0); return n + a + Color.Red; }
const workers = [spawn(worker, 1), spawn(worker, 2)];
joinAll(workers);
console.log(workers.map((each) => each.value).join(), lib.base, named, data.x);
console.log((await import('./late.js')).v);
`,
        '12,13 other.js lib.cjs 5\nlate\n',
        {
          files: {
            'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./*"] } } }',
            'a.ts': "import { sleep } from 'greenlets'; sleep(0); export const a: number = 10;",
            'lib.cjs':
              "exports.base = require('./other').file; exports.named = __filename.split('/').pop();",
            'other.js': "exports.file = __filename.split('/').pop();",
            'data.json': '{ "x": 5 }',
            'late.ts': "import { sleep } from 'greenlets'; sleep(0); export const v = 'late';",
          },
        },
      ));

    test('runs a static import that waits for an import()', () =>
      prints(
        "import { v } from './early'; import { sleep } from 'greenlets'; sleep(0); console.log(v);",
        'late\n',
        {
          files: {
            'early.ts':
              "import { sleep } from 'greenlets'; sleep(0); export const v = (await import('./late')).v;",
            'late.ts': "import { sleep } from 'greenlets'; sleep(0); export const v = 'late';",
          },
        },
      ));

    test('runs modules that begin at the same time one after another', () =>
      prints("console.log((await import('./all')).all);", 'abcd\n', {
        files: {
          'all.ts': `import { a } from './a'; import { b } from './b'; import { c } from './c'; import { d } from './d';
export const all = a + b + c + d;
`,
          ...Object.fromEntries(
            ['a', 'b', 'c', 'd'].map((name) => [
              `${name}.ts`,
              `import { sleep } from 'greenlets'; sleep(0); sleep(0.001); export const ${name} = '${name}';`,
            ]),
          ),
        },
      }));

    test('gives places in the original text', async () => {
      const { stderr, path, marks } = await runProgram(
        `import { sleep } from 'greenlets';
interface Removed { x: number }
function fails(): void {
  sleep(0);
  throw new Error('boom'); // @throw
}
fails();
`,
        { node },
      );
      assert.match(stderr, /Error: boom/);
      assert.ok(stderr.includes(`at fails (${path}:${marks.get('throw')}:`), stderr);
    });

    test('runs a program as a worker', () =>
      prints(
        `import { Worker, isMainThread, parentPort } from 'node:worker_threads';
import { getCurrent, joinAll, sleep, spawn } from 'greenlets';
import { AsyncResult } from 'greenlets/event';
function work(n: number) { sleep(0); return n * 2; }
if (isMainThread) {
  const answer = new AsyncResult<string>();
  new Worker(new URL(import.meta.url)).on('message', (text) => answer.set(text));
  console.log(answer.get());
} else {
  const all = [spawn(work, 1), spawn(work, 2)];
  joinAll(all);
  parentPort!.postMessage(getCurrent()!.id + ': ' + all.map((each) => each.value).join());
}
`,
        '1: 2,4\n',
      ));
  });
}
