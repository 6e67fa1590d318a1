/** What imports mean: `paths` and `baseUrl` of tsconfig.json, and JSON. */

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { candidatesOf } from '../../runtime/src/loader/paths.ts';
import { readTsconfig } from '../../runtime/src/loader/tsconfig.ts';
import { runProgram } from '../support/fixture.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'greenlets-resolve-')));
after(() => rmSync(root, { recursive: true }));

/** Writes files into a new folder and returns it. */
function written(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(root, 'f-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

async function prints(text: string, files: Readonly<Record<string, string>>, expected: string) {
  const { stdout, stderr } = await runProgram(text, { files });
  assert.equal(stdout, expected, stderr);
}

describe('paths', () => {
  const config = (paths: Record<string, string[]>, baseUrl?: string) => ({
    paths: new Map(Object.entries(paths)),
    baseUrl,
    language: {},
    problem: undefined,
  });

  test('the exact pattern counts first, then the one with the longest beginning', () => {
    const some = config({
      '*': ['/all/*'],
      '@/*': ['/a/*', '/b/*'],
      '@/x/*.js': ['/x/*'],
      '@/one': ['/1'],
    });
    assert.deepEqual(candidatesOf('@/one', some), ['/1']);
    assert.deepEqual(candidatesOf('@/y/z', some), ['/a/y/z', '/b/y/z']);
    assert.deepEqual(candidatesOf('@/x/y.js', some), ['/x/y']);
    assert.deepEqual(candidatesOf('@/x/y.ts', some), ['/a/x/y.ts', '/b/x/y.ts']);
    assert.deepEqual(candidatesOf('other', some), ['/all/other']);
    assert.deepEqual(candidatesOf('@/$&', some), ['/a/$&', '/b/$&']);
  });

  test('baseUrl counts where no pattern does', () => {
    assert.deepEqual(candidatesOf('a/b', config({ '@/*': ['/x/*'] }, '/base')), ['/base/a/b']);
    assert.deepEqual(candidatesOf('@/b', config({ '@/*': ['/x/*'] }, '/base')), ['/x/b']);
    assert.deepEqual(candidatesOf('#own', config({}, '/base')), []);
    assert.deepEqual(candidatesOf('a/b', config({})), []);
  });
});

describe('a tsconfig.json', () => {
  const read = (files: Readonly<Record<string, string>>) => {
    const folder = written(files);
    const { baseUrl, paths, problem } = readTsconfig(join(folder, 'tsconfig.json'));
    const short = (text: string) => text.replaceAll(folder, '');
    return {
      baseUrl: baseUrl && short(baseUrl),
      paths: Object.fromEntries([...paths].map(([key, list]) => [key, list.map(short)])),
      problem: problem && short(problem),
    };
  };

  test('may have comments, commas at the end, and strings that look like them', () => {
    const text = `\uFEFF{
      // A comment with a "quote.
      "compilerOptions": { /* another, ] */
        "paths": { "//*": ["./a//*",], "/*,]": ["./\\"b//,}"], },
      },
    }`;
    const { paths, problem } = read({ 'tsconfig.json': text });
    assert.deepEqual([paths, problem], [{ '//*': ['/a/*'], '/*,]': ['/"b/,}'] }, undefined]);
  });

  test('extends others; its own options count more, and each is relative to its own file', () => {
    const { baseUrl, paths, problem } = read({
      'tsconfig.json': '{ "extends": ["./base/first", "shared/base.json", "@org/config"] }',
      'base/first.json': '{ "compilerOptions": { "baseUrl": "src", "paths": { "a": ["a"] } } }',
      'node_modules/shared/package.json': '{ "exports": {} }',
      'node_modules/shared/base.json': '{ "extends": "./more.json" }',
      'node_modules/shared/more.json': `{ "compilerOptions": { "paths": { "b": ["b"], "c": ["$\{configDir}/c"] } } }`,
      'node_modules/@org/config/tsconfig.json': '{}',
    });
    assert.equal(baseUrl, '/base/src');
    assert.deepEqual(paths, { b: ['/base/src/b'], c: ['/c'] });
    assert.equal(problem, undefined);
  });

  test('without baseUrl the paths are relative to the file that has them', () => {
    const { paths } = read({
      'tsconfig.json': '{ "extends": "./config/base.json" }',
      'config/base.json': '{ "compilerOptions": { "paths": { "@/*": ["../src/*"] } } }',
    });
    assert.deepEqual(paths, { '@/*': ['/src/*'] });
  });

  test('says what is wrong with it, and the rest counts', () => {
    const options = '"compilerOptions": { "paths": { "a": ["./a"] } }';
    const cases: [Record<string, string>, RegExp, Record<string, string[]>][] = [
      [{ 'tsconfig.json': '{ nonsense }' }, /^\/tsconfig\.json: .*JSON/, {}],
      [
        { 'tsconfig.json': `{ "extends": "./gone", ${options} }` },
        /extends ".\/gone", which cannot be found/,
        { a: ['/a'] },
      ],
      [
        { 'tsconfig.json': `{ "extends": "gone", ${options} }` },
        /extends "gone", which cannot/,
        { a: ['/a'] },
      ],
      [
        {
          'tsconfig.json': `{ "extends": "./b.json", ${options} }`,
          'b.json': '{ "extends": "./tsconfig" }',
        },
        /^\/tsconfig\.json extends itself$/,
        { a: ['/a'] },
      ],
      [
        { 'tsconfig.json': '{ "compilerOptions": { "paths": { "a": "./a" } } }' },
        /list of strings/,
        {},
      ],
      [
        { 'tsconfig.json': '{ "compilerOptions": { "baseUrl": 1 } }' },
        /baseUrl has to be a string/,
        {},
      ],
    ];
    for (const [files, problem, paths] of cases) {
      const found = read(files);
      assert.match(found.problem ?? 'nothing', problem);
      assert.deepEqual(found.paths, paths);
    }
  });
});

describe('a program', () => {
  test('imports by the paths of the tsconfig.json that is nearest to the importing file', async () => {
    await prints(
      `import { sleep } from 'greenlets';
import { a } from '@/a';
import { b } from '@/b.js';
import { own } from 'own';
import { c } from 'lib/c';
import { sep } from 'path';
import { mod } from 'mod';
import { typed } from 'typed';
sleep(0);
console.log(a, b, own, c, sep, mod, typed, (await import('@/late')).default);
`,
      {
        'tsconfig.json': `{ "extends": "./base.json", // the paths
"compilerOptions": { "baseUrl": ".", } }`,
        'base.json':
          '{ "compilerOptions": { "paths": { "@/*": ["missing/*", "src/*"], "own": ["sub"], "typed": ["types/typed"] } } }',
        'src/a.ts': "import { sleep } from 'greenlets'; sleep(0); export const a: number = 1;",
        'src/b.ts': 'export const b: number = 2;',
        'src/late/index.ts': "export default 'late';",
        'lib/c.ts': 'export const c: number = 4;',
        'path.ts': 'export const sep = 0;',
        'sub/index.ts': "export { own } from '@/own';",
        'sub/tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./*"] } } }',
        'sub/own.ts': 'export const own: number = 3;',
        'types/typed.d.ts': 'export const typed: string;',
        'node_modules/typed/package.json': '{ "type": "module", "exports": "./i.js" }',
        'node_modules/typed/i.js': "export const typed = 'typed';",
        'node_modules/mod/package.json': '{ "type": "module", "exports": "./i.js" }',
        'node_modules/mod/i.js': "export { inner as mod } from 'own';",
        'node_modules/own/package.json': '{ "type": "module", "exports": "./i.js" }',
        'node_modules/own/i.js': "export const inner = 'mod';",
      },
      '1 2 3 4 / mod typed late\n',
    );
  });

  test('hears of a broken tsconfig.json where a module is missing, and only there', async () => {
    const files = { 'tsconfig.json': '{ "extends": "gone" }' };
    await prints("import { sep } from 'node:path';\nconsole.log(sep);\n", files, '/\n');
    const { stderr, folder } = await runProgram("import '@/a';\n", { files });
    assert.match(stderr, /Cannot find package '@\/a'/);
    assert.ok(
      stderr.includes(`${folder}/tsconfig.json extends "gone", which cannot be found`),
      stderr,
    );
  });
});

describe('JSON', () => {
  test('is imported without attributes, as a whole and by name', async () => {
    await prints(
      `import { sleep } from 'greenlets';
import data, { name, 'a-b' as ab } from './data.json';
import * as all from './data.json';
import list from '@/list.json';
import { native } from './native.ts';
sleep(0);
console.log(data.name, name, ab, data.delete, data.default, Object.keys(all).length, all.nested === data.nested);
console.log(list.length, native.name, (await import('./data.json')).default === data, Object.keys(data).join());
`,
      {
        'data.json':
          '\uFEFF{ "name": "n", "a-b": 2, "delete": 3, "default": 4, "nested": {}, "\\ud800": 5, "__proto__": 6, "$0": 7 }',
        'list.json': '[1, 2]',
        'native.ts':
          "import native from './data.json' with { type: 'json' };\nexport { native };\n",
        'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./*"] } } }',
      },
      'n n 2 3 4 7 true\n2 n true name,a-b,delete,default,nested,\ufffd,__proto__,$0\n',
    );
  });

  test('that is none is named', async () => {
    const { stderr, folder } = await runProgram(
      "import data from './data.json';\nconsole.log(data);\n",
      {
        files: { 'data.json': '{ "a": }' },
      },
    );
    assert.ok(stderr.includes(`${folder}/data.json: Unexpected token`), stderr);
  });
});
