/** The packages of `node_modules` that a project lists are transformed, and only they. */

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, describe, test } from 'node:test';
import {
  isListed,
  listedPackages,
  listPackages,
  projectFolder,
} from '../../runtime/src/loader/project.ts';
import { runProgram } from '../support/fixture.ts';
import { findNodes } from '../support/nodes.ts';

const root = mkdtempSync(join(tmpdir(), 'greenlets-project-'));
after(() => rmSync(root, { recursive: true }));

describe('the list', () => {
  const listIn = (json: string, env: NodeJS.ProcessEnv = {}) => {
    writeFileSync(join(root, 'package.json'), json);
    mkdirSync(join(root, 'src/deep'), { recursive: true });
    return listedPackages(join(root, 'src/deep'), env);
  };

  test('is that of the nearest package.json, and of the environment', () => {
    const json = '{ "greenlets": { "transform": ["a", "@scope/*"] } }';
    assert.deepEqual(listIn(json), ['a', '@scope/*']);
    assert.deepEqual(listIn('{}', { GREENLETS_TRANSFORM: 'b, @c/d,' }), ['b', '@c/d']);
    assert.deepEqual(listIn(json, { GREENLETS_TRANSFORM: 'b' }), ['a', '@scope/*', 'b']);
  });

  test('that cannot be understood is an error that says why', () => {
    const cases: [string, RegExp][] = [
      ['{ nonsense', /package\.json: .*JSON/],
      ['{ "greenlets": [] }', /"greenlets" has to be an object/],
      ['{ "greenlets": null }', /"greenlets" has to be an object/],
      ['{ "greenlets": { "transfrom": [] } }', /has no option "transfrom"; there is "transform"/],
      ['{ "greenlets": { "transform": "a" } }', /"greenlets\.transform" has to be a list of names/],
    ];
    for (const [json, message] of cases) assert.throws(() => listIn(json), message);
  });

  test('is that of the entry’s folder; of the current one for a tool', () => {
    assert.equal(projectFolder('/p/src/main.ts', '/cwd'), '/p/src');
    assert.equal(projectFolder('main.ts', '/cwd'), '/cwd');
    assert.equal(projectFolder('/p/node_modules/mocha/bin/mocha.js', '/cwd'), '/cwd');
    assert.equal(projectFolder(undefined, '/cwd'), '/cwd');
  });
});

describe('a file', () => {
  afterEach(() => listPackages([]));

  test('is listed if its own package is', () => {
    listPackages(['a', '@scope/*', 'b.js']);
    const listed = (path: string) => isListed(`file:///p/node_modules/${path}`);
    for (const path of ['a/x.js', '@scope/one/x.js', 'b.js/x.js', '.pnpm/a@1/node_modules/a/x.js'])
      assert.ok(listed(path), path);
    for (const path of ['ab/x.js', 'a/node_modules/c/x.js', '@other/a/x.js', 'bxjs/x.js'])
      assert.ok(!listed(path), path);
    assert.ok(!isListed('file:///p/a/x.js'));
    assert.ok(!isListed('node:fs'));
  });
});

for (const { version, path: node } of findNodes())
  test(`a listed package can switch, others cannot, under Node ${version}`, async () => {
    const call = 'exports.each = (list, use) => { for (const item of list) use(item); };';
    const { stdout, stderr } = await runProgram(
      `import { sleep } from 'greenlets';
import { run } from 'modern';
for (const name of ['listed', 'other', '@scope/listed'])
  try {
    const { each } = (await import(name)).default;
    each([1, 2], (n: number) => { sleep(0); console.log(name, n); });
  } catch (error) {
    console.log(name, (error as Error).name);
  }
run(() => sleep(0));
`,
      {
        node,
        env: { GREENLETS_TRANSFORM: 'modern' },
        files: {
          'package.json':
            '{ "type": "module", "greenlets": { "transform": ["listed", "@scope/*"] } }',
          'node_modules/listed/index.js': call,
          'node_modules/other/index.js': call,
          'node_modules/@scope/listed/index.js': call,
          'node_modules/modern/package.json': '{ "type": "module", "exports": "./i.js" }',
          'node_modules/modern/i.js': "export function run(use) { use(); console.log('run'); }",
        },
      },
    );
    const expected = ['listed 1', 'listed 2', 'other CannotSwitchError'];
    expected.push('@scope/listed 1', '@scope/listed 2', 'run', '');
    assert.deepEqual([stdout, stderr], [expected.join('\n'), '']);
  });

test('a package.json that cannot be understood ends the program before it begins', async () => {
  const { stderr, stdout, code, folder } = await runProgram("console.log('never');", {
    files: { 'package.json': '{ "greenlets": { "include": [] } }' },
  });
  assert.ok(stderr.includes(`${folder}/package.json: "greenlets" has no option "include"`), stderr);
  assert.deepEqual([stdout, code], ['', 1]);
});
