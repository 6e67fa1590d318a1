// @ts-check
/**
 * ECMAScript's own tests, which are not in this repository, through the transform:
 * `TEST262=FOLDER node test/conformance/run.mjs [PATH…] [--json FILE]`. FOLDER is a copy of tc39/test262 with `harness/` and `test/`;
 * PATH is a file or a folder in `test/`. Each test runs plainly, transformed inside a greenlet, and with a switch at every call.
 * What passes plainly has to pass in every way. The package has to be built.
 */

import { fork } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { variantsOf } from './variants.mjs';

const WAYS = /** @type {const} */ (['plain', 'transformed', 'switching']);
const BATCH = 60;
/** A process that says nothing for so many milliseconds hangs. */
const SILENCE = 20_000;
const WORKER = fileURLToPath(new URL('worker.mjs', import.meta.url));

/** @typedef {import('./variants.mjs').Variant} Variant */
/** @typedef {(typeof WAYS)[number]} Way */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'string' }, jobs: { type: 'string' } },
});
const { TEST262: root } = process.env;
if (root === undefined) {
  console.error('TEST262 has to name a folder with the tests of tc39/test262.');
  process.exit(2);
}
const tests = join(resolve(root), 'test');
const wanted = positionals.length > 0 ? positionals.map((each) => resolve(tests, each)) : [tests];
const variants = wanted
  .flatMap(filesIn)
  .flatMap((file) => variantsOf(relative(tests, file), readFileSync(file, 'utf8')));

/** By way and variant: why it failed; an empty text where it passed. @type {Record<Way, Map<string, string>>} */
const outcomes = { plain: new Map(), transformed: new Map(), switching: new Map() };
const jobs = Number(values.jobs ?? availableParallelism());
await runAll('plain', variants);
const sound = variants.filter(({ id }) => outcomes.plain.get(id) === '');
await runAll('transformed', sound);
await runAll('switching', sound);
report();

/**
 * Runs tests in batches, and alone whatever has failed: tests change what others rely on.
 *
 * @param {Way} way
 * @param {Variant[]} list
 */
async function runAll(way, list) {
  await runBatches(way, list, BATCH);
  await runBatches(
    way,
    list.filter(({ id }) => outcomes[way].get(id) !== ''),
    1,
  );
}

/**
 * @param {Way} way
 * @param {Variant[]} list
 * @param {number} size
 */
async function runBatches(way, list, size) {
  let next = 0;
  const work = async () => {
    while (next < list.length) {
      const batch = list.slice(next, next + size);
      next += size;
      await runBatch(way, batch);
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
}

/**
 * @param {Way} way
 * @param {Variant[]} batch
 * @returns {Promise<void>}
 */
function runBatch(way, batch) {
  for (const { id } of batch) outcomes[way].set(id, 'it ended the process, or never ended');
  return new Promise((done) => {
    const child = fork(WORKER, [way, resolve(root ?? '')], {
      execArgv: ['--experimental-vm-modules', '--no-warnings', '--expose-gc'],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const tooLong = () => child.kill('SIGKILL');
    let timer = setTimeout(tooLong, SILENCE);
    child.on('message', (/** @type {[string, string]} */ [id, outcome]) => {
      outcomes[way].set(id, outcome);
      clearTimeout(timer);
      timer = setTimeout(tooLong, SILENCE);
    });
    child.on('exit', () => {
      clearTimeout(timer);
      done();
    });
    child.send(batch);
  });
}

function report() {
  const passed = (/** @type {Way} */ way) =>
    [...outcomes[way].values()].filter((outcome) => outcome === '').length;
  for (const way of ['transformed', 'switching']) {
    const failed = [...outcomes[/** @type {Way} */ (way)]].filter(([, outcome]) => outcome !== '');
    /** @type {Map<string, string[]>} */
    const causes = new Map();
    for (const [id, outcome] of failed) {
      const cause = outcome.replaceAll(/[\d'"«»“”]+/g, '').slice(0, 90);
      causes.set(cause, [...(causes.get(cause) ?? []), id]);
    }
    for (const [cause, ids] of [...causes].sort((a, b) => b[1].length - a[1].length))
      console.log(`${way}: ${ids.length} × ${cause}\n    ${ids.slice(0, 8).join('\n    ')}`);
  }
  const sums = WAYS.map((way) => `${way} ${passed(way)}`).join(', ');
  console.log(`${variants.length} tests, passed: ${sums}`);
  if (values.json !== undefined) {
    const table = Object.fromEntries(WAYS.map((way) => [way, Object.fromEntries(outcomes[way])]));
    writeFileSync(values.json, JSON.stringify(table, null, 1));
  }
  if (passed('transformed') < sound.length || passed('switching') < sound.length)
    process.exitCode = 1;
}

/**
 * @param {string} path
 * @returns {string[]} the tests in a folder; what begins with an underscore or is a fixture is none
 */
function filesIn(path) {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path)
    .sort()
    .filter((name) => !name.includes('_FIXTURE'))
    .map((name) => join(path, name))
    .flatMap((each) => (statSync(each).isDirectory() || each.endsWith('.js') ? filesIn(each) : []));
}
