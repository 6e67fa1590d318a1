// @ts-check
/** What has to be there before anything runs: the dependencies, the build and the VSIX. Each is made only when it is stale. */

import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { npm } from './lifetime.mjs';

/** The repository. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '');

/** Downloads and build stamps; git-ignored. */
export const CACHE = join(ROOT, '.cache');

export const VSIX = join(ROOT, 'greenlet-debugger.vsix');

/** What the build reads. */
const SOURCES = [
  'extension',
  'runtime/src',
  'runtime/bin',
  'runtime/package.json',
  'runtime/tsconfig.json',
  'media',
  'package.json',
  'package.nls.json',
  'package.nls.zh-cn.json',
  'package-lock.json',
  'tsconfig.json',
  'build.mjs',
  '.vscodeignore',
  'README.md',
  'README.zh-CN.md',
  'CHANGELOG.md',
  'LICENSE',
];

/** What the build makes, as far as its presence can be checked. */
const RESULTS = [
  'dist/extension.cjs',
  'dist/adapter.js',
  'dist/guide.js',
  'runtime/dist/index.js',
  'node_modules/greenlets-typescript-plugin/plugin.js',
].map((name) => join(ROOT, name));

/**
 * Installs the dependencies when they are missing, half installed, or others than those of package-lock.json.
 *
 * @param {import('./lifetime.mjs').Lifetime} lifetime
 * @param {(text: string) => void} say
 */
export async function installDependencies(lifetime, say) {
  if (isInstalled()) return;
  say('Installing the dependencies (npm ci), about half a minute…');
  await lifetime.run(...npm(['ci', '--no-audit', '--no-fund']), { cwd: ROOT });
}

/** Compares with what npm notes, last of all, of what it has installed. Times would not do: npm writes both files. */
function isInstalled() {
  const noted = join(ROOT, 'node_modules', '.package-lock.json');
  if (!existsSync(noted)) return false;
  const { packages: installed } = JSON.parse(readFileSync(noted, 'utf8'));
  const { packages: wanted } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (!path.startsWith('node_modules/')) return true;
    const found = installed[path];
    // Optional packages are for other platforms, or could not be built on this one.
    return found === undefined ? Boolean(optional) : found.version === version;
  });
}

/**
 * Builds and packages, unless nothing has changed since the last time.
 *
 * @param {import('./lifetime.mjs').Lifetime} lifetime
 * @param {(text: string) => void} say
 */
export async function buildAndPackage(lifetime, say) {
  const stamp = join(CACHE, 'built');
  const sources = fingerprint();
  const isBuilt = existsSync(stamp) && readFileSync(stamp, 'utf8') === sources + resultTimes();
  if (isBuilt) return say('The build is up to date.');
  say('Building and packaging the extension…');
  rmSync(stamp, { force: true });
  await lifetime.run(process.execPath, ['build.mjs', 'package'], { cwd: ROOT });
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(stamp, sources + resultTimes());
}

/** A hash over the names and contents of all sources. */
function fingerprint() {
  const hash = createHash('sha256');
  for (const file of SOURCES.flatMap((name) => filesUnder(join(ROOT, name)))) {
    hash.update(`${file}\0`).update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

/** Notices results that something else has made, or half made. */
function resultTimes() {
  return [...RESULTS, VSIX].map((file) => ` ${modified(file)}`).join('');
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesUnder(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesUnder(join(path, name)));
}

/**
 * When a file was last changed, in milliseconds; 0 when it does not exist.
 *
 * @param {string} file
 */
function modified(file) {
  return existsSync(file) ? statSync(file).mtimeMs : 0;
}
