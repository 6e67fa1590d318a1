/** Programs that are bundled with the plugins run in plain Node, and their maps lead to the original text. */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { marksOf, repositoryPath, withProgram } from '../support/fixture.ts';

const MAIN = `import { joinAll, sleep, spawn } from 'greenlets';
import { Queue } from 'greenlets/queue';
import { work } from './work.ts';
const queue = new Queue<number>();
spawn(function keeps() { sleep(1e6); });
const all = [spawn(work, 1, queue), spawn(work, 2, queue)];
joinAll(all);
console.log(all.map((each) => each.value).join(), queue.qsize(), (await import('./late.ts')).late);
try { work(3, queue); } catch (error) { console.log((error as Error).stack!.split('\\n')[1]); }
`;
const WORK = `import { sleep } from 'greenlets';
import type { Queue } from 'greenlets/queue';
sleep(0);
export function work(n: number, queue: Queue<number>): number {
  sleep(0);
  queue.put(n);
  if (n === 3) throw new Error('three'); // @throw
  return n;
}
`;
const FILES = {
  'work.ts': WORK,
  'late.ts': "import { sleep } from 'greenlets';\nsleep(0);\nexport const late: string = 'late';\n",
  'package.json': '{ "type": "module" }',
};

/** Runs a script in a project that has installed this package and the bundlers. */
async function inProject(
  files: Readonly<Record<string, string>>,
  use: (run: (...args: string[]) => Promise<string>, folder: string) => Promise<void>,
): Promise<void> {
  await withProgram(MAIN, { files: { ...FILES, ...files } }, async ({ folder }) => {
    mkdirSync(join(folder, 'node_modules'), { recursive: true });
    for (const name of ['esbuild', 'rollup', 'vite', 'vitest'])
      symlinkSync(repositoryPath(`node_modules/${name}`), join(folder, 'node_modules', name));
    symlinkSync(repositoryPath('runtime'), join(folder, 'node_modules/greenlets'));
    const env = { ...process.env, NO_COLOR: '1', NODE_TEST_CONTEXT: undefined };
    const run = (...args: string[]) =>
      new Promise<string>((resolve) => {
        execFile(
          process.execPath,
          args,
          { cwd: folder, env, timeout: 20_000 },
          (_error, stdout, stderr) => resolve(stdout + stderr),
        );
      });
    await use(run, folder);
  });
}

describe('a bundle', () => {
  const works = (script: string, output: string) =>
    inProject({ 'build.js': script }, async (run, folder) => {
      assert.equal(await run('build.js'), '');
      const place = `${join(folder, 'work.ts')}:${marksOf(WORK).get('throw')}:22`;
      const ran = await run('--enable-source-maps', output);
      assert.equal(ran, `1,2 2 late\n    at work (${place})\n`);
    });

  test('of esbuild', () =>
    works(
      `import { build } from 'esbuild';
import { greenlets } from 'greenlets/esbuild';
await build({ entryPoints: ['main.ts'], bundle: true, platform: 'node', format: 'esm', sourcemap: true, outfile: 'out/main.mjs', plugins: [greenlets()] });
`,
      'out/main.mjs',
    ));

  test('of esbuild, in parts and with packages left outside', () =>
    works(
      `import { build } from 'esbuild';
import { greenlets } from 'greenlets/esbuild';
await build({ entryPoints: ['./main.ts'], bundle: true, platform: 'node', format: 'esm', splitting: true, packages: 'external', sourcemap: true, outdir: 'out', plugins: [greenlets()] });
`,
      'out/main.js',
    ));

  test('of Rollup', () =>
    works(
      `import { rollup } from 'rollup';
import { greenlets } from 'greenlets/rollup';
const bundle = await rollup({ input: 'main.ts', external: /^greenlets/, plugins: [greenlets()] });
await bundle.write({ dir: 'out', format: 'es', sourcemap: true });
`,
      'out/main.js',
    ));

  test('of Vite', () =>
    works(
      `import { build } from 'vite';
import { greenlets } from 'greenlets/vite';
await build({ logLevel: 'error', build: { ssr: 'main.ts', outDir: 'out', sourcemap: true }, plugins: [greenlets()] });
`,
      'out/main.js',
    ));
});

describe('a server of Vite', () => {
  test('runs modules, again after one has failed', () =>
    inProject(
      {
        'serve.js': `import { createServer } from 'vite';
import { greenlets } from 'greenlets/vite';
const server = await createServer({ logLevel: 'silent', server: { middlewareMode: true, ws: false }, optimizeDeps: { noDiscovery: true }, plugins: [greenlets()] });
await server.ssrLoadModule('/fails.ts').catch((error) => console.log(error.message));
await server.ssrLoadModule('/main.ts');
await server.close();
`,
        'fails.ts': "import { sleep } from 'greenlets'; sleep(0); throw new Error('boom');",
      },
      async (run) => {
        assert.match(await run('serve.js'), /^boom\n1,2 2 late\n {4}at work.*work\.ts.*\n$/);
      },
    ));
});

describe('an option', () => {
  test('that there is not, is an error', () =>
    inProject(
      { 'build.js': "import { greenlets } from 'greenlets/vite';\ngreenlets({ include: [] });\n" },
      async (run) => {
        assert.match(await run('build.js'), /greenlets: there is no option "include"; there is/);
      },
    ));

  test('of the wrong type is an error', () =>
    inProject(
      {
        'build.js':
          "import { greenlets } from 'greenlets/esbuild';\ngreenlets({ transform: 'a' });\n",
      },
      async (run) => {
        assert.match(await run('build.js'), /"transform" has to be a list of names of packages/);
      },
    ));
});

describe('a test of Vitest', () => {
  const REPORTERS = ['--reporter=tap-flat', '--reporter=default'];
  const TESTS = `import { beforeEach, describe, expect, it, vi } from 'vitest';
import { getCurrent, joinAll, sleep, spawn } from 'greenlets';
import { Event } from 'greenlets/event';
import { late } from './late.ts';
vi.mock('./late.ts', () => ({ late: 'mocked' }));
let ready = 0;
beforeEach(() => { sleep(0); ready++; });
it('waits', () => { sleep(0); expect(ready).toBe(1); });
it('is mocked', () => { sleep(0); expect(late).toBe('mocked'); });
it('fails', () => {
  sleep(0);
  expect(1).toBe(2); // @assert
});
it('times out', () => { new Event().wait(); }, 50); // @timeout
it('spawns', () => {
  const all = [1, 2].map((n) => spawn(() => { sleep(0); return n; }));
  joinAll(all);
  expect(all.map((each) => each.value)).toEqual([1, 2]);
});
const met = [new Event(), new Event()];
describe.concurrent('suite', () => {
  for (const [name, own, other] of [['one', 0, 1], ['two', 1, 0]] as const)
    it(name, () => {
      const me = getCurrent();
      met[own].set();
      met[other].wait();
      expect(getCurrent()).toBe(me);
    });
  it('awaits', async () => { await null; sleep(0); });
  it('imports', async () => { expect((await import('./dynamic.ts')).v).toBe(1); });
});
`;

  test('is a greenlet', () =>
    inProject(
      {
        'some.test.ts': TESTS,
        'dynamic.ts': "import { sleep } from 'greenlets'; sleep(0); export const v: number = 1;",
        'vitest.config.js': `import { greenlets } from 'greenlets/vite';
export default { plugins: [greenlets()] };
`,
      },
      async (run) => {
        const said = await run('node_modules/vitest/vitest.mjs', 'run', ...REPORTERS);
        const results = [
          ...said.matchAll(/^((?:not )?ok) \d+ - some\.test\.ts > (.*?)(?: # .*)?$/gm),
        ];
        assert.deepEqual(
          results.map(([, result, name]) => `${result} ${name}`),
          [
            'ok waits',
            'ok is mocked',
            'not ok fails',
            'not ok times out',
            'ok spawns',
            'ok suite > one',
            'ok suite > two',
            'ok suite > awaits',
            'ok suite > imports',
          ],
          said,
        );
        const marks = marksOf(TESTS);
        assert.ok(said.includes(`some.test.ts:${marks.get('assert')}:13`), said);
        assert.match(said, /Test timed out in 50ms/);
      },
    ));
});
