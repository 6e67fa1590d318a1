/** The cache of transformed files: what it saves, when it does not count, and that it is never in the way. */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { Cache } from '../../runtime/src/loader/cache.ts';
import { cacheFolder } from '../../runtime/src/loader/cache-folder.ts';
import {
  type FixtureOptions,
  repositoryPath,
  runProgram,
  withProgram,
} from '../support/fixture.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'greenlets-cache-')));
after(() => rmSync(root, { recursive: true, force: true }));
const newFolder = () => mkdtempSync(join(root, 'f-'));
const DAY = 24 * 60 * 60 * 1000;

describe('the folder', () => {
  const folderOf = (env: NodeJS.ProcessEnv, platform: NodeJS.Platform = 'linux') =>
    cacheFolder(env, platform);

  test('is what GREENLETS_CACHE says', () => {
    assert.equal(folderOf({ GREENLETS_CACHE: '0' }), undefined);
    assert.equal(folderOf({ GREENLETS_CACHE: '/some/where' }), '/some/where');
    assert.equal(folderOf({ GREENLETS_CACHE: 'here' }), join(process.cwd(), 'here'));
  });

  test('is by default in the user’s folder for caches', () => {
    assert.equal(folderOf({ XDG_CACHE_HOME: '/x' }), '/x/greenlets');
    assert.equal(folderOf({ XDG_CACHE_HOME: 'relative' }), join(homedir(), '.cache/greenlets'));
    assert.equal(folderOf({}, 'darwin'), join(homedir(), 'Library/Caches/greenlets'));
    assert.equal(folderOf({ LOCALAPPDATA: '/local' }, 'win32'), '/local/greenlets');
  });

  test('is among the temporary files where the user has none', () => {
    const { TMPDIR } = process.env;
    process.env.TMPDIR = newFolder();
    try {
      const folder = folderOf({}, 'win32') as string;
      assert.ok(folder.startsWith(join(process.env.TMPDIR, 'greenlets')), folder);
      assert.equal(statSync(folder).mode & 0o077, 0);
      chmodSync(folder, 0o777);
      assert.equal(folderOf({}, 'win32'), undefined, 'Others could put code there.');
    } finally {
      if (TMPDIR === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = TMPDIR;
    }
  });
});

describe('an entry', () => {
  const names = ['build', 'file:///a.ts'];
  const entryIn = (folder: string) =>
    join(folder, readdirSync(folder).find((name) => name.endsWith('.entry')) as string);

  test('is found again by the same names and text only', () => {
    const cache = new Cache(newFolder());
    cache.set(names, 'text', 'made');
    assert.equal(cache.get(names, 'text'), 'made');
    assert.equal(cache.get(names, 'text '), undefined);
    assert.equal(cache.get(['build2', 'file:///a.ts'], 'text'), undefined);
    assert.equal(cache.get(['buildfile:///a.ts'], 'text'), undefined);
  });

  test('gives way to that of a newer text, and leaves nothing behind', () => {
    const folder = newFolder();
    const cache = new Cache(folder);
    for (const text of ['1', '2', '3']) cache.set(names, text, `made of ${text}`);
    assert.equal(cache.get(names, '3'), 'made of 3');
    assert.equal(readdirSync(folder).filter((name) => name !== 'cleaned').length, 1);
  });

  test('does not count when it is damaged, and is replaced', () => {
    const folder = newFolder();
    const cache = new Cache(folder);
    cache.set(names, 'text', 'made of it');
    const whole = readFileSync(entryIn(folder), 'utf8');
    for (const damaged of [whole.slice(0, -1), `${whole}x`, whole.replace('made', 'maid'), '']) {
      writeFileSync(entryIn(folder), damaged);
      assert.equal(cache.get(names, 'text'), undefined);
    }
    cache.set(names, 'text', 'made again');
    assert.equal(cache.get(names, 'text'), 'made again');
  });

  test('may be impossible to keep', () => {
    const file = join(newFolder(), 'file');
    writeFileSync(file, '');
    for (const folder of [file, join(file, 'below')]) {
      const cache = new Cache(folder);
      cache.set(names, 'text', 'made');
      assert.equal(cache.get(names, 'text'), undefined);
    }
  });

  test('is removed when nobody has used it for 30 days', () => {
    const folder = newFolder();
    const cache = new Cache(folder);
    const age = (path: string, days: number) => {
      const time = (Date.now() - days * DAY) / 1000;
      utimesSync(path, time, time);
    };
    cache.set(['old'], 'text', 'made');
    const old = entryIn(folder);
    cache.set(['used'], 'text', 'made');
    const used = join(
      folder,
      readdirSync(folder).find(
        (name) => name.endsWith('.entry') && join(folder, name) !== old,
      ) as string,
    );
    writeFileSync(join(folder, 'left.aside'), '');
    writeFileSync(join(folder, 'foreign'), '');
    for (const path of [old, used, join(folder, 'left.aside'), join(folder, 'foreign')])
      age(path, 31);
    assert.equal(cache.get(['used'], 'text'), 'made');

    cache.set(['new'], 'text', 'made');
    assert.ok(existsSync(old), 'It was cleaned today already.');

    age(join(folder, 'cleaned'), 2);
    cache.set(['new'], 'text', 'made');
    const left = [old, used, join(folder, 'left.aside'), join(folder, 'foreign')].map(existsSync);
    assert.deepEqual(left, [false, true, false, true]);
  });
});

/** A copy of the package that can be damaged. */
function copyOfPackage() {
  const folder = newFolder();
  cpSync(repositoryPath('runtime/dist'), join(folder, 'dist'), { recursive: true });
  cpSync(repositoryPath('runtime/package.json'), join(folder, 'package.json'));
  return {
    register: pathToFileURL(join(folder, 'dist/register.js')).href,
    buildId: join(folder, 'dist/build-id'),
    /** From now on nothing can be transformed. */
    removeTransform() {
      rmSync(join(folder, 'dist/compile.cjs'));
    },
  };
}

/** Runs a program through a loader of one's own. */
function runFile(register: string, path: string, args: readonly string[], cache: string) {
  return new Promise<{ stdout: string; stderr: string }>((resolve) => {
    execFile(
      process.execPath,
      ['--import', register, path, ...args],
      { env: { ...process.env, GREENLETS_CACHE: cache } },
      (_error, stdout, stderr) => resolve({ stdout, stderr }),
    );
  });
}

describe('a program', () => {
  const text = `import { sleep } from 'greenlets';
import { twice } from './twice.ts';
function slow(n: number): number { sleep(0); return twice(n); }
console.log(slow(21));
if (process.argv[2] === 'fail') throw new Error('boom'); // @throw
`;
  const files = {
    'twice.ts': 'export const twice = (n: number): number => n * 2;\n',
    'old/package.json': '{ "type": "commonjs" }',
    'old/index.js': 'exports.old = require("node:path").sep;\n',
  };

  test('starts without the transform when nothing has changed', async () => {
    const { register, buildId, removeTransform } = copyOfPackage();
    const main = `${text}import { old } from './old/index.js';\nconsole.log(old);\n`;
    await withProgram(main, { files }, async ({ folder, path, marks }) => {
      const cache = newFolder();
      const run = (...args: string[]) => runFile(register, path, args, cache);
      const working = { stdout: '42\n/\n', stderr: '' };

      assert.deepEqual(await run(), working);
      removeTransform();
      assert.deepEqual(await run(), working);
      const place = `${path}:${marks.get('throw')}:`;
      assert.ok((await run('fail')).stderr.includes(place), 'The source map is cached, too.');

      const id = readFileSync(buildId, 'utf8');
      writeFileSync(buildId, `${id}1`);
      assert.match((await run()).stderr, /compile\.cjs/, 'Another build transforms again.');
      writeFileSync(buildId, id);

      writeFileSync(join(folder, 'twice.ts'), `${files['twice.ts']}// changed\n`);
      assert.match((await run()).stderr, /compile\.cjs/, 'A changed file is transformed.');
    });
  });

  const runs = async (options: FixtureOptions) => {
    const { stdout, stderr } = await runProgram(text, { files, ...options });
    assert.equal(stdout, '42\n', stderr);
  };

  test('keeps nothing when the cache is off', async () => {
    const home = newFolder();
    await runs({ env: { GREENLETS_CACHE: '0', XDG_CACHE_HOME: home, HOME: home } });
    assert.deepEqual(readdirSync(home), []);
  });

  test('keeps its files in the user’s cache by default', async () => {
    const home = newFolder();
    await runs({ env: { GREENLETS_CACHE: '', XDG_CACHE_HOME: home } });
    const kept = readdirSync(join(home, 'greenlets')).filter((name) => name.endsWith('.entry'));
    assert.equal(kept.length, 2);
  });

  test('runs where nothing can be kept', async () => {
    const folder = newFolder();
    const file = join(folder, 'file');
    writeFileSync(file, '');
    await runs({ env: { GREENLETS_CACHE: file } });
    chmodSync(folder, 0o500);
    await runs({ env: { GREENLETS_CACHE: join(folder, 'below') } });
    chmodSync(folder, 0o700);
  });
});
