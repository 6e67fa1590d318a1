/** CommonJS in the loader, on every version of Node that is here. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type FixtureOptions, runProgram } from '../support/fixture.ts';
import { findNodes } from '../support/nodes.ts';

for (const { version, path: node } of findNodes()) {
  const run = (text: string, options: FixtureOptions) => runProgram(text, { node, ...options });
  const prints = async (text: string, expected: string, options: FixtureOptions) => {
    const { stdout, stderr } = await run(text, options);
    assert.deepEqual([stdout, stderr], [expected, '']);
  };

  describe(`CommonJS under Node ${version}`, () => {
    test('switches in the entry and in what it requires', () =>
      prints(
        `const { joinAll, sleep, spawn } = require('greenlets');
const { Queue } = require('greenlets/queue');
const { worker } = require('./worker.cjs');
sleep(0);
const jobs = new Queue();
const all = [1, 2].map((n) => spawn(worker, n, jobs));
joinAll(all);
console.log(all.map((each) => each.value).join(), jobs.qsize(), jobs.name, this === module.exports);
`,
        '10,20 2 jobs true\n',
        {
          name: 'main.cjs',
          files: {
            'worker.cjs': `const { sleep } = require('greenlets');
exports.worker = function worker(n, jobs) { sleep(0); jobs.put(n); sleep(0); return n * 10; };
`,
          },
        },
      ));

    test('finds what TypeScript finds', () =>
      prints(
        `const fs: { statSync: unknown } = require('node:fs');
const { a } = require('./a');
const { b } = require('./b.js');
const { c } = require('./c.cjs');
const folder = require('./folder');
const mapped = require('@/mapped');
const data = require('./data.json');
const up = require('..');
console.log(a, b, c, folder.name, mapped.name, data.x, typeof fs.statSync, up.up);
console.log(require.resolve('./a').endsWith('a.ts'), require.resolve('@/mapped').endsWith('mapped.ts'));
`,
        '1 2 3 folder mapped 5 function 6\ntrue true\n',
        {
          name: 'in/main.cts',
          files: {
            'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./lib/*"] } } }',
            'package.json': '{ "type": "commonjs" }',
            'index.ts': 'exports.up = 6;',
            'in/a.ts': 'const a: number = 1; exports.a = a;',
            'in/b.ts': 'enum B { Two = 2 } exports.b = B.Two;',
            'in/c.cts': 'exports.c = 3 as number;',
            'in/folder/index.ts': "exports.name = 'folder' as string;",
            'in/data.json': '{ "x": 5 }',
            'lib/mapped.ts': "exports.name = 'mapped' as string;",
          },
        },
      ));

    test('has all that CommonJS has', () =>
      prints(
        `const path = require('path');
const child = require('./child.cjs');
console.log(require.main === module, module.children.includes(require.cache[child.file]), require.cache[__filename] === module);
console.log(path.basename(__filename), path.dirname(__filename) === __dirname, typeof require.extensions['.js']);
console.log(child.parent === module, child.main === module, module.loaded, require.cache[child.file].exports === child);
console.log(require('./cycle-a.cjs').seen, require('node:module').createRequire(__filename)('./child.cjs') === child);
return;
console.log('not reached');
`,
        [
          'true true true',
          'main.cjs true function',
          'true true false true',
          'partial true',
          '',
        ].join('\n'),
        {
          name: 'main.cjs',
          files: {
            'child.cjs':
              'exports.parent = module.parent; exports.main = require.main; exports.file = __filename;',
            'cycle-a.cjs':
              "exports.early = 'partial'; exports.seen = require('./cycle-b.cjs').seen; exports.late = 1;",
            'cycle-b.cjs': `const a = require('./cycle-a.cjs');
exports.seen = 'late' in a ? 'whole' : a.early;
`,
          },
        },
      ));

    test('is imported by its names, and once', () =>
      prints(
        `import whole, { named, make } from './lib.cjs';
import { createRequire } from 'node:module';
import { sleep } from 'greenlets';
import { bar, reexported } from './compiled.cjs';
const again = createRequire(import.meta.url)('./lib.cjs');
sleep(0);
console.log(named, make(2), whole.named, again === whole, bar, reexported, (await import('./typed.cts')).typed);
`,
        'n 4 n true bar r t\n',
        {
          files: {
            'lib.cjs': `const { sleep } = require('greenlets');
exports.named = 'n';
exports.make = (n) => { sleep(0); return n * 2; };
`,
            'compiled.cjs': `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
var __exportStar = function (m, exports) { for (var p in m) if (!(p in exports)) exports[p] = m[p]; };
exports.bar = void 0;
__exportStar(require("./rest.cjs"), exports);
exports.bar = 'bar';
`,
            'rest.cjs': "exports.reexported = 'r';",
            'typed.cts': "const typed: string = 't'; exports.typed = typed;",
          },
        },
      ));

    test('that is not the entry cannot switch at its top level', async () => {
      const files = {
        'waits.cjs': "const { sleep } = require('greenlets');\nsleep(0);\n",
        'imported.cjs':
          "try { require('./waits.cjs'); } catch (error) { console.log(error.message); }",
      };
      const message = /^sleep would have to switch, but .*\n$/;
      const text = (require: string) => `${require}console.log('never');`;
      const required = await run(
        "try { require('./waits.cjs'); } catch (error) { console.log(error.message); }",
        { name: 'main.cjs', files },
      );
      assert.match(required.stdout, message, required.stderr);
      const imported = await run("import './imported.cjs';\n", { files });
      assert.match(imported.stdout, message, imported.stderr);
      const uncaught = await run(text("require('./waits.cjs');"), { name: 'main.cjs', files });
      assert.match(uncaught.stderr, /CannotSwitchError: sleep would have to switch/);
      assert.ok(uncaught.stderr.includes(`${uncaught.folder}/waits.cjs:2:1`), uncaught.stderr);
      assert.deepEqual([uncaught.stdout, uncaught.code], ['', 1]);
    });

    test('has errors with places in the original text', async () => {
      const files = {
        'typed.cts':
          'interface Removed { x: 1 }\nexports.f = (): void => { throw new Error("f"); };',
        'broken.cjs': 'const a = 1;\nconst = 2;\n',
      };
      const thrown = await run("require('./typed.cts').f();", { name: 'main.cjs', files });
      assert.match(thrown.stderr, /Error: f\n +at \S*exports\.f \(.*typed\.cts:2:33\)/);
      const broken = await run("require('./broken.cjs');", { name: 'main.cjs', files });
      assert.match(broken.stderr, /SyntaxError\]?: .*broken\.cjs:2:7: Unexpected token/);
      assert.match(broken.stderr, /^> 2 \| const = 2;\n +\| +\^$/m);
      const missing = await run("require('./missing');", { name: 'main.cjs', files });
      assert.match(missing.stderr, /Cannot find module '\.\/missing'/);
      const entry = await run("require('greenlets/nothing');", { name: 'main.cjs', files });
      assert.match(entry.stderr, /'greenlets\/nothing' is not defined by the package greenlets/);
    });

    const required = {
      name: 'main.cjs',
      files: {
        'module.mts': `import { other } from './other.mts';
export const own: string = [1].map(() => 'own').join();
export { other };
`,
        'other.mts': "export const other: string = [1].map(() => 'other').join();",
        'waits.mts': "import { sleep } from 'greenlets';\nsleep(0);\n",
      },
    };

    test(
      version === '20' ? 'cannot require modules' : 'requires modules that do not wait',
      async () => {
        const text = "const { own, other } = require('./module.mts'); console.log(own, other);";
        if (version !== '20') return prints(text, 'own other\n', required);
        const { stderr } = await run(text, required);
        assert.match(
          stderr,
          /Node 20\S+ cannot require the ES module .*module\.mts from .*main\.cjs/,
        );
      },
    );

    if (version !== '20')
      test('cannot require a module that switches', async () => {
        const { stderr } = await run("require('./waits.mts');", required);
        assert.match(stderr, /CannotSwitchError: sleep would have to switch/);
      });
  });
}
