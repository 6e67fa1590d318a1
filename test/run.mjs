// @ts-check
/**
 * Runs everything that tests: `npm test` checks, builds and runs all suites that need no editor; `npm run test:e2e` runs those
 * in a real editor: the oldest version that we support, or with VSCODE_SERVER=newest the newest one. `npm test -- runtime adapter`
 * runs only these rooms, `npm test -- adapter/differential` only this file, `npm run test:e2e -- sessions` only this file. The last line is the sum, `N passed, N failed`.
 */

import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { runSuite, SuiteError } from './support/suite.mjs';
import { CommandError, Lifetime } from './workbench/lifetime.mjs';
import { buildAndPackage, installDependencies, ROOT } from './workbench/prepare.mjs';

/** The rooms under test/ that have suites which need no editor; a suite that finds no test has failed. */
const ROOMS = readdirSync(join(ROOT, 'test')).filter(
  (room) => room !== 'e2e' && testFiles(join('test', room)).length > 0,
);

/** One file alone, which may be asked for much more than as a part of its room, may take so many seconds. */
const FILE_PATIENCE = 900;

/** @typedef {import('./support/suite.mjs').Count} Count */

// The programs of the tests are run once, and would fill the user's own cache.
process.env.GREENLETS_CACHE ??= '0';

const lifetime = new Lifetime();
lifetime.endOnInterrupt((why) => console.log(`Interrupted (${why}).`));

/** @type {Count} */
const sum = { passed: 0, failed: 0 };
const wanted = process.argv.slice(2);
try {
  if (wanted.includes('e2e')) await testInEditor(wanted.slice(1));
  else await test(wanted);
} catch (error) {
  if (!lifetime.isEnding) {
    console.log(`✖ ${error instanceof Error ? error.message : error}`);
    sum.failed++;
  }
}
await lifetime.end();
console.log(`${sum.passed} passed, ${sum.failed} failed`);
process.exitCode ??= sum.failed > 0 || sum.passed === 0 ? 1 : 0;

/** @param {string[]} rooms and files in them; all when empty */
async function test(rooms) {
  const unknown = rooms.filter((room) => !ROOMS.includes(room) && !isFile(room));
  if (unknown.length > 0) {
    throw new Error(`There is no room ${unknown.join(', ')}; there are ${ROOMS.join(', ')}.`);
  }
  await installDependencies(lifetime, console.log);
  if (rooms.length === 0) {
    await step('format and lint', () => node(['node_modules/@biomejs/biome/bin/biome', 'check']));
  }
  await step('build and package', () => buildAndPackage(lifetime, () => {}));
  // After the build: the tests' programs import the package, whose types are built.
  if (rooms.length === 0) {
    for (const project of ['.', 'extension/guide', 'extension/timeline']) {
      await step(`types of ${project}`, () =>
        node(['node_modules/typescript/bin/tsc', '-p', project]),
      );
    }
  }
  for (const room of rooms.length > 0 ? rooms : ROOMS) {
    if (isFile(room)) {
      const options = { patience: FILE_PATIENCE };
      await step(room, () => runSuite(lifetime, [fileOf(room)], options));
    } else await step(room, () => runSuite(lifetime, testFiles(join('test', room))));
  }
  if (rooms.length === 0) await step('tidy', () => runSuite(lifetime, testFiles('test')));
}

/** @param {string} name `ROOM/FILE` */
function isFile(name) {
  return name.includes('/') && existsSync(join(ROOT, fileOf(name)));
}

/** @param {string} name */
function fileOf(name) {
  return join('test', `${name}.test.ts`);
}

/** @param {string[]} names of test files, and of `host` for the tests in the extension host; all when empty */
async function testInEditor(names) {
  const files = ['host', ...testFiles('test/e2e').map((file) => basename(file, '.test.ts'))];
  const unknown = names.filter((name) => !files.includes(name));
  if (unknown.length > 0) {
    throw new Error(
      `There is no ${unknown.join(', ')} in test/e2e; there are ${files.join(', ')}.`,
    );
  }
  const chosen = names.length > 0 ? names : files;
  await installDependencies(lifetime, console.log);
  await step('build and package', () => buildAndPackage(lifetime, () => {}));
  const { runInExtensionHost } = await import('./e2e/extension-host.mjs');
  // Each file starts a browser and a server of its own, which take both processors.
  const options = { concurrency: 1, patience: 1800 };
  for (const name of chosen) {
    if (name === 'host') {
      await step('extension host', () => runInExtensionHost(lifetime, console.log));
    } else {
      const file = join('test/e2e', `${name}.test.ts`);
      await step(`editor: ${name}`, () => inEditor(file, options));
    }
  }
}

/**
 * Runs a file in the editor. One that fails is run once more, and the first failure is told: a real editor on a machine that others
 * use, too, misses a key or a click now and then.
 *
 * @param {string} file
 * @param {{ concurrency: number, patience: number }} options
 */
async function inEditor(file, options) {
  try {
    return await runSuite(lifetime, [file], options);
  } catch (error) {
    if (!(error instanceof SuiteError) || lifetime.isEnding) throw error;
    console.log(`${file} is run once more, since it has failed:\n${error.message}`);
    return runSuite(lifetime, [file], options);
  }
}

/**
 * Runs one step and says how it went. A step that counts nothing counts as one.
 *
 * @param {string} name
 * @param {() => Promise<Count | undefined | void | string>} run
 */
async function step(name, run) {
  const begin = Date.now();
  /** @type {Count} */
  let count = { passed: 1, failed: 0 };
  let report = '';
  try {
    const counted = await run();
    if (typeof counted === 'object') count = counted;
  } catch (error) {
    if (lifetime.isEnding) throw error;
    report = error instanceof Error ? error.message : String(error);
    count = error instanceof SuiteError ? error.count : { passed: 0, failed: 1 };
  }
  sum.passed += count.passed;
  sum.failed += count.failed;
  const mark = count.failed > 0 ? '✖' : '✔';
  const seconds = ((Date.now() - begin) / 1000).toFixed(1);
  console.log(`${mark} ${name}: ${count.passed} passed, ${count.failed} failed (${seconds} s)`);
  if (report !== '') console.log(report);
}

/** @param {string[]} args */
async function node(args) {
  try {
    await lifetime.run(process.execPath, args, { cwd: ROOT });
  } catch (error) {
    throw error instanceof CommandError ? new Error(error.output) : error;
  }
}

/**
 * @param {string} folder
 * @returns {string[]} its test files, not those of the folders in it
 */
function testFiles(folder) {
  if (!statSync(join(ROOT, folder)).isDirectory()) return [];
  const names = readdirSync(join(ROOT, folder)).filter((name) => name.endsWith('.test.ts'));
  return names.sort().map((name) => join(folder, name));
}
