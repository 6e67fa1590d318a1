// @ts-check
/** What greenlets are compared with. Each peer is real, and where it is not to be had, the tables say so. */

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { program, REGISTER } from './figures.mjs';

/**
 * @typedef {object} Peer
 * @property {string} name
 * @property {readonly string[]} command runs its works; empty where it is missing
 * @property {NodeJS.ProcessEnv} env
 * @property {string} [missing] why there is none
 *
 * @typedef {Record<string, number>} Measures
 */

/** Effect and Effection of this day; no dependencies of ours. */
const PACKAGES = ['effect@4.1.0', 'effection@4.1.1'];
const CACHE = fileURLToPath(new URL('../../.cache/', import.meta.url));
/** What takes longer counts as missing, in milliseconds. */
const LONGEST = 60_000;

/** The greenlets themselves. @returns {Peer} */
export function greenlets() {
  const command = [...NODE, '--import', REGISTER, program('peers/greenlets.ts')];
  return { name: 'greenlets', command, env: {} };
}

/** All others. @returns {Peer[]} */
export function peers() {
  return [
    gevent(),
    local('async/await', 'native'),
    ...packages(),
    local('bare generators', 'generators'),
  ];
}

/**
 * How to run gevent: `GEVENT_PYTHON` names the Python that has it, by default Debian's.
 *
 * @param {string} file a program in `programs/peers`
 * @returns {string[]}
 */
export function geventCommand(file) {
  return [process.env.GEVENT_PYTHON ?? 'python3', program(`peers/${file}`)];
}

/** @returns {Peer} */
export function gevent() {
  const [python = '', ...rest] = geventCommand('gevent-works.py');
  const tried = spawnSync(python, ['-c', 'import gevent; print(gevent.__version__)'], {
    encoding: 'utf8',
  });
  if (tried.status !== 0) {
    const missing = `${python} has no gevent (apt-get install python3-gevent)`;
    return { name: 'gevent', command: [], env: {}, missing };
  }
  return { name: `gevent ${tried.stdout.trim()}`, command: [python, ...rest], env: {} };
}

/**
 * Does one work of a peer in a process of its own.
 *
 * @param {Peer} peer
 * @param {readonly (string | number)[]} args the name of the work, how much to warm up, how much
 * @returns {Measures | string | null} why there is no figure; null where the peer has nothing like it.
 */
export function runPeer({ command: [file = '', ...first], env, missing }, args) {
  if (missing !== undefined) return missing;
  const { status, stdout, stderr, error } = spawnSync(file, [...first, ...args.map(String)], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    timeout: LONGEST,
  });
  if (error !== undefined && 'code' in error && error.code === 'ETIMEDOUT') {
    return `not done within ${LONGEST / 1000} s`;
  }
  if (error !== undefined) return error.message;
  if (status !== 0) return lastLine(stderr);
  return JSON.parse(stdout);
}

/** With `--expose-gc`, so that memory is measured without what is garbage. */
const NODE = [process.execPath, '--expose-gc'];

/**
 * @param {string} name
 * @param {string} file
 * @returns {Peer}
 */
function local(name, file) {
  return { name, command: [...NODE, program(`peers/${file}.mjs`)], env: {} };
}

/** @returns {Peer[]} */
function packages() {
  /** @type {Pick<Peer, 'env' | 'missing'>} */
  let installed;
  try {
    installed = { env: { GREENLETS_PEERS: install() } };
  } catch (error) {
    const missing = `npm could not install it: ${lastLine(/** @type {Error} */ (error).message)}`;
    installed = { env: {}, missing };
  }
  return [
    { ...local('Effect', 'effect'), ...installed },
    { ...local('Effection', 'effection'), ...installed },
  ];
}

/** Installs the packages unless they are there. @returns {string} the URL of a module that imports them. */
function install() {
  const folder = join(CACHE, `peers-${PACKAGES.join('-').replaceAll('@', '-')}`);
  if (!existsSync(folder)) {
    console.error(`Installing ${PACKAGES.join(' and ')} from npm into .cache/…`);
    mkdirSync(CACHE, { recursive: true });
    const partial = mkdtempSync(join(CACHE, 'installing-peers-'));
    try {
      writeFileSync(join(partial, 'package.json'), '{ "private": true, "type": "module" }\n');
      writeFileSync(join(partial, 'load.js'), 'export const load = (name) => import(name);\n');
      const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--silent'];
      execFileSync('npm', ['install', ...options, ...PACKAGES], {
        cwd: partial,
        shell: process.platform === 'win32',
      });
      renameSync(partial, folder);
    } finally {
      rmSync(partial, { recursive: true, force: true });
    }
  }
  return pathToFileURL(join(folder, 'load.js')).href;
}

/** @param {string} text */
function lastLine(text) {
  return text.trim().split('\n').at(-1) ?? '';
}
