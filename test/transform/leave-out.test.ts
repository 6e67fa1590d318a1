/** `greenlets: off`: which code stays as it is, and what it can do then. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SourceError, transform } from '../../runtime/src/transform.ts';
import { runProgram } from '../support/fixture.ts';

const filename = '/program/main.ts';
const outputOf = (code: string) => transform(code, { filename, format: 'module' }).code;

describe('a file', () => {
  const body = `import { sleep } from 'greenlets';
export function f(n: number): number { sleep(n); return [1, 2].map((x) => g(x) as number)[0]!; }
const g = async (n: number) => { for (const x of [n, ...(await other())]) sleep(x); return n; };
class C { async m(): Promise<void> { await g.bind(null)(1); } *i() { yield* this.m as any; } }
`;
  const erased = `import { sleep } from 'greenlets';
export function f(n) { sleep(n); return [1, 2].map((x) => g(x))[0]; }
const g = async (n) => { for (const x of [n, ...(await other())]) sleep(x); return n; };
class C { async m() { await g.bind(null)(1); } *i() { yield* this.m; } }
`;
  const tight = (text: string) => text.replaceAll(/\s+(?=[),;\]])|(?<=\S)\s+(?= )/g, '').trim();

  test('keeps its text but for the types', () => {
    for (const mark of [
      '// greenlets: off',
      '/* greenlets: off */',
      '/** greenlets: off */',
      '#!/usr/bin/env node\n//greenlets:off',
      '// A header.\n// greenlets: off\n\n// More of it.',
    ]) {
      assert.equal(tight(outputOf(`${mark}\n${body}`)), tight(`${mark}\n${erased}`));
    }
    const strict = `// greenlets: off\n'use strict';\n${body}`;
    assert.equal(tight(outputOf(strict)), tight(`// greenlets: off\n'use strict';\n${erased}`));
  });

  test('is transformed when the words stand in a string or among others', () => {
    for (const mark of ["'greenlets: off';", '// greenlets: off by one', '// not greenlets: off'])
      assert.match(outputOf(`${mark}\n${body}`), /function\* f\$g/);
  });

  test('cannot switch, and the others still can', async () => {
    const { stdout, stderr } = await runProgram(
      `import { joinAll, sleep, spawn } from 'greenlets';
import { nap, value } from './plain.ts';
function caller() {
  sleep(0);
  try { nap(); } catch (e) { console.log(e.name); }
  sleep(0);
  console.log('goes on', value);
}
joinAll([spawn(caller)], { raiseError: true });
`,
      {
        files: {
          'plain.ts': `// greenlets: off
import { sleep } from 'greenlets';
export function nap(): void { sleep(0); }
export let value = '';
try { sleep(0); } catch (e) { value = (e as Error).name; }
`,
        },
      },
    );
    assert.equal(stdout, 'CannotSwitchError\ngoes on CannotSwitchError\n', stderr);
  });

  test('awaits natively', async () => {
    const { stdout, stderr } = await runProgram(
      `import { sleep } from 'greenlets';\nimport { value } from './plain.ts';\nsleep(0);\nconsole.log(value);\n`,
      {
        files: {
          'plain.ts': `// greenlets: off
const later = (n: number) => new Promise<number>((resolve) => setImmediate(() => resolve(n)));
export const value: number = await later(7);
`,
        },
      },
    );
    assert.equal(stdout, '7\n', stderr);
  });
});

describe('a function', () => {
  /** Each is called as `off()` by a greenlet and calls `sleep`; the mark stands directly before it. */
  const forms: Readonly<Record<string, string>> = {
    declaration: '// greenlets: off\nfunction off() { sleep(0); }',
    'declaration behind a doc comment':
      '/* greenlets: off */\n/** Why. */\nfunction off() { sleep(0); }',
    'arrow function': 'const off = /* greenlets: off */ () => sleep(0);',
    'variable of an arrow function': '// greenlets: off\nconst off = (): void => sleep(0);',
    'function expression': 'const off = /* greenlets: off */ function () { sleep(0); };',
    'nested function':
      '// greenlets: off\nfunction off() { const inner = () => { sleep(0); }; inner(); }',
    'object method': 'const { off } = { /* greenlets: off */ off() { sleep(0); } };',
    'object property': 'const { off } = {\n// greenlets: off\noff: () => { sleep(0); } };',
    'class method':
      'class C { // greenlets: off\n m() { sleep(0); } on() {} }\nconst off = () => new C().m();',
    'static method':
      'class C { /* greenlets: off */ static m() { sleep(0); } }\nconst off = () => C.m();',
    'private method':
      'class C { /* greenlets: off */ #m() { sleep(0); } m() { this.#m(); } }\nconst off = () => new C().m();',
    field:
      'class C { /* greenlets: off */ m = () => { sleep(0); }; }\nconst off = () => new C().m();',
    assignment: 'let off;\n// greenlets: off\noff = () => { sleep(0); };',
    'function below one that is left out':
      'function on() { sleep(0); }\n// greenlets: off\nfunction off() { on(); }',
  };
  for (const [name, text] of Object.entries(forms)) {
    test(name, { concurrency: true }, async () => {
      const { stdout, stderr } =
        await runProgram(`import { joinAll, sleep, spawn } from 'greenlets';
${text}
function on2(n: number) { sleep(0); return n; }
joinAll([spawn(() => {
  console.log(on2(1));
  try { off(); } catch (e) { console.log(e.name); }
  console.log(on2(2));
})], { raiseError: true });
`);
      assert.equal(stdout, '1\nCannotSwitchError\n2\n', stderr);
    });
  }

  test('that begins the file is left out by a block comment, the file by a line comment', () => {
    const text = 'function off() { f(); }\nfunction on() { f(); }\n';
    assert.match(outputOf(`/* greenlets: off */ ${text}`), /function\* on\$g/);
    assert.doesNotMatch(outputOf(`/* greenlets: off */ ${text}`), /off\$g/);
    assert.doesNotMatch(outputOf(`// greenlets: off\n${text}`), /on\$g/);
  });

  test('keeps its text', () => {
    const text = '{ for (const x of list) g.bind(x)(...h(x)); return import("./x.js"); }';
    for (const head of [
      'export function f()',
      'export default function ()',
      'export const f = () =>',
    ])
      assert.ok(outputOf(`f();\n// greenlets: off\n${head} ${text}`).includes(`${head} ${text}`));
  });

  test('has to follow the comment', () => {
    const wrong = 'f();\n// greenlets: off\nconst x = 1, y = () => {};\n';
    assert.throws(
      () => outputOf(wrong),
      (error: unknown) =>
        error instanceof SourceError &&
        /main\.ts:2:1: `greenlets: off` leaves out nothing here/.test(error.message),
    );
    for (const rest of ['class C {}', 'f(() => {});', '', 'x = 1;'])
      assert.throws(() => outputOf(`f();\n/* greenlets: off */ ${rest}`), SourceError);
  });
});
