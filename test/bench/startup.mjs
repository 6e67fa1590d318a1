/**
 * How long a program of 1,000 lines takes to start and end: without the loader, with it and nothing cached, and with everything
 * cached. The plain program is the same without its types, and `sleep` in it does nothing.
 */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'esbuild';

const REGISTER = new URL('../../runtime/dist/register.js', import.meta.url).href;
const LINES = 1000;
const IMPORT = "import { sleep } from 'greenlets';\n";

/**
 * Measures `turns` starts of each kind, taking turns.
 *
 * @param {number} turns
 * @returns {{ plain: number, empty: number, cold: number, cached: number }} the shortest of each, in milliseconds; `empty` is a
 * program of one line with the loader, cached.
 */
export function measureStartup(turns) {
  const folder = mkdtempSync(join(tmpdir(), 'greenlets-bench-'));
  try {
    const source = programText();
    const program = join(folder, 'main.ts');
    const plain = join(folder, 'plain.mjs');
    const empty = join(folder, 'empty.mjs');
    writeFileSync(program, `${IMPORT}${source}`);
    const { code } = transformSync(source, { loader: 'ts', target: 'node20' });
    writeFileSync(plain, `const sleep = () => {};\n${code}`);
    writeFileSync(empty, 'export {};\n');
    const cache = join(folder, 'cache');
    const kept = join(folder, 'kept');
    const loaded = ['--import', REGISTER];
    const times = { plain: [], empty: [], cold: [], cached: [] };
    const expected = start([plain], cache).stdout;
    for (let turn = 0; turn < turns; turn++) {
      const runs = { plain: [plain], empty: [...loaded, empty], cold: [...loaded, program] };
      rmSync(cache, { recursive: true, force: true });
      for (const [kind, args] of Object.entries({ ...runs, cached: runs.cold })) {
        const { stdout, milliseconds } = start(args, kind === 'empty' ? kept : cache);
        if (kind !== 'empty' && stdout !== expected)
          throw new Error(`The ${kind} program printed ${stdout}instead of ${expected}`);
        times[kind].push(milliseconds);
      }
    }
    return Object.fromEntries(
      Object.entries(times).map(([kind, list]) => [kind, Math.min(...list)]),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function start(args, cache) {
  const begin = performance.now();
  const env = { ...process.env, GREENLETS_CACHE: cache };
  const stdout = execFileSync(process.execPath, args, { encoding: 'utf8', env });
  return { stdout, milliseconds: performance.now() - begin };
}

/** A class, functions and closures, many times over with other names, and calls of all of them. */
function programText() {
  const model = readFileSync(fileURLToPath(new URL('startup-part.ts', import.meta.url)), 'utf8');
  if (!model.startsWith(IMPORT)) throw new Error(`startup-part.ts must begin with ${IMPORT}`);
  const count = Math.ceil(LINES / model.split('\n').length);
  const parts = Array.from({ length: count }, (_, index) =>
    model.slice(IMPORT.length).replaceAll(/\b(Account|transfer|report|parse)\b/g, `$1${index}`),
  );
  return [...parts, `console.log(${count});`, ''].join('\n');
}
