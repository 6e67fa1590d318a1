/** What is in the VSIX, and that it needs nothing else. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { readZip } from '../support/zip.ts';
import { VSIX } from './prepare.mjs';

const MEGABYTE = 2 ** 20;

/** Everything that ships is one of these. */
const ALLOWED = [
  /^(package\.json|package\.nls(\.zh-cn)?\.json|readme\.md|readme\.zh-cn\.md|changelog\.md|LICENSE\.txt)$/i,
  /^dist\/(extension\.cjs|outline-worker\.cjs|adapter\.js|guide\.js|timeline\.js)$/,
  /^dist\/types\/(@types\/node|undici-types)\/([\w-]+\/)*[\w.-]+\.(d\.ts|json)$|^dist\/types\/.*\/LICENSE$/,
  /^media\/(guide|timeline|walkthrough\/[\w-]+)\/[\w-]+\.(css|png)$/,
  /^node_modules\/greenlets-typescript-plugin\/(package\.json|plugin\.js)$/,
  /^docs\/diagnostics(\.zh-cn)?\.md$/,
  /^media\/icons\/[\w-]+\.(png|svg)$/,
  /^media\/tutorial\/([\w-]+\/)*[\w.-]+\.(ts|json|md)$/,
  /^runtime\/(package\.json|LICENSE|bin\/[\w-]+\.js)$/,
  /^runtime\/dist\/(build-id|forms\.json|([\w-]+\/)*[\w-]+\.(c?js|d\.ts))$/,
];

const NEEDED = [
  'package.json',
  'package.nls.json',
  'package.nls.zh-cn.json',
  'LICENSE.txt',
  'readme.md',
  'dist/extension.cjs',
  'dist/adapter.js',
  'dist/guide.js',
  'dist/timeline.js',
  'dist/types/@types/node/index.d.ts',
  'media/guide/guide.css',
  'media/timeline/timeline.css',
  'dist/outline-worker.cjs',
  'node_modules/greenlets-typescript-plugin/package.json',
  'node_modules/greenlets-typescript-plugin/plugin.js',
  'docs/diagnostics.md',
  'docs/diagnostics.zh-cn.md',
  'media/icons/greenlets.png',
  'media/tutorial/01-context-switch/en/program.ts',
  'runtime/package.json',
  'runtime/dist/index.js',
  'runtime/dist/debug.js',
  'runtime/dist/pause.cjs',
  'runtime/dist/build-id',
  'runtime/dist/forms.json',
];

describe('the VSIX', () => {
  const files = readZip(VSIX);
  const shipped = [...files.keys()]
    .filter((name) => name.startsWith('extension/'))
    .map((name) => name.slice('extension/'.length));
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'greenlets-vsix-'));
    for (const [name, data] of files) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), data);
    }
  });

  after(() => rmSync(folder, { recursive: true }));

  it('holds what is allowed, and nothing else', () => {
    const others = shipped.filter((name) => !ALLOWED.some((pattern) => pattern.test(name)));
    assert.deepEqual(others, []);
  });

  it('holds what is needed', () => {
    const missing = NEEDED.filter((name) => !shipped.includes(name));
    assert.deepEqual(missing, []);
  });

  it('holds every file that its manifests name', () => {
    const manifest = JSON.parse(String(files.get('extension/package.json')));
    assert(shipped.includes(manifest.main.replace('./', '')), manifest.main);
    const runtime = JSON.parse(String(files.get('extension/runtime/package.json')));
    const named = [...textsIn(runtime.exports), ...textsIn(runtime.bin)];
    const missing = named.filter((name) => !shipped.includes(join('runtime', name)));
    assert.deepEqual(missing, []);
  });

  it('is small', () => {
    assert(statSync(VSIX).size < 5 * MEGABYTE);
  });

  it('runs a program in a folder where nothing is installed', () => {
    const program = join(folder, 'elsewhere/program.ts');
    mkdirSync(dirname(program));
    writeFileSync(
      program,
      "import { sleep, spawn, joinAll } from 'greenlets';\n" +
        'function hello(): void { sleep(0); console.log(`hello`); }\n' +
        'joinAll([spawn(hello)]);\n',
    );
    const command = join(folder, 'extension/runtime/bin/greenlets.js');
    const output = execFileSync(process.execPath, [command, 'run', program], { encoding: 'utf8' });
    assert.equal(output, 'hello\n');
  });
});

/** All strings in a value of JSON. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}
