// @ts-check
/**
 * How long a program of 1,000 lines takes to start and end: without the loader, with it and nothing cached, and with everything
 * cached. The plain program is the same without its types, and `sleep` in it does nothing.
 */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import { program, REGISTER } from '../figures.mjs';

const TURNS = 9;
const LINES = 1000;
const IMPORT = "import { sleep } from 'greenlets';\n";

/** What a start with the loader may add to that of plain Node, in milliseconds. */
const ROWS = /** @type {const} */ ([
  ['empty', 'one line, cached'],
  ['cold', '1,000 lines, nothing cached', 150],
  ['cached', '1,000 lines, cached', 40],
]);

/**
 * Measures.
 *
 * @returns {import('../table.mjs').Table[]}
 */
export function measure() {
  const { plain, ...loaded } = startTimes();
  const rows = ROWS.map(([kind, name, goal]) => ({
    name,
    value: loaded[kind],
    against: 'plain node, 1,000 lines',
    base: plain,
    compare: /** @type {const} */ ('added'),
    goal,
  }));
  return [{ title: 'Start-up', unit: 'milliseconds', rows }];
}

/**
 * The shortest of several starts of each kind, which take turns; `empty` is a program of one line with the loader, cached.
 *
 * @returns {{ plain: number, empty: number, cold: number, cached: number }} milliseconds.
 */
function startTimes() {
  const folder = mkdtempSync(join(tmpdir(), 'greenlets-bench-'));
  try {
    const source = programText();
    const main = join(folder, 'main.ts');
    const plain = join(folder, 'plain.mjs');
    const empty = join(folder, 'empty.mjs');
    writeFileSync(main, `${IMPORT}${source}`);
    const { code } = transformSync(source, { loader: 'ts', target: 'node20' });
    writeFileSync(plain, `const sleep = () => {};\n${code}`);
    writeFileSync(empty, 'export {};\n');
    const cache = join(folder, 'cache');
    const kept = join(folder, 'kept');
    const loaded = ['--import', REGISTER];
    const times = {
      plain: Number.POSITIVE_INFINITY,
      empty: Number.POSITIVE_INFINITY,
      cold: Number.POSITIVE_INFINITY,
      cached: Number.POSITIVE_INFINITY,
    };
    /** @type {[keyof typeof times, string[]][]} */
    const runs = [
      ['plain', [plain]],
      ['empty', [...loaded, empty]],
      ['cold', [...loaded, main]],
      ['cached', [...loaded, main]],
    ];
    const expected = start([plain], cache).stdout;
    for (let turn = 0; turn < TURNS; turn++) {
      rmSync(cache, { recursive: true, force: true });
      for (const [kind, args] of runs) {
        const { stdout, milliseconds } = start(args, kind === 'empty' ? kept : cache);
        if (kind !== 'empty' && stdout !== expected)
          throw new Error(`The ${kind} program printed ${stdout}instead of ${expected}`);
        times[kind] = Math.min(times[kind], milliseconds);
      }
    }
    return times;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string[]} args
 * @param {string} cache
 */
function start(args, cache) {
  const begin = performance.now();
  const env = { ...process.env, GREENLETS_CACHE: cache };
  const stdout = execFileSync(process.execPath, args, { encoding: 'utf8', env });
  return { stdout, milliseconds: performance.now() - begin };
}

/** A class, functions and closures, many times over with other names, and calls of all of them. */
function programText() {
  const model = readFileSync(program('startup-part.ts'), 'utf8');
  if (!model.startsWith(IMPORT)) throw new Error(`startup-part.ts must begin with ${IMPORT}`);
  const count = Math.ceil(LINES / model.split('\n').length);
  const parts = Array.from({ length: count }, (_, index) =>
    model.slice(IMPORT.length).replaceAll(/\b(Account|transfer|report|parse)\b/g, `$1${index}`),
  );
  return [...parts, `console.log(${count});`, ''].join('\n');
}
