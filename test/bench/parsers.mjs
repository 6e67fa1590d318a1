// @ts-check
/** Real parsers, transformed whole, that parse their own source; the same untouched. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bestFigures, program, REGISTER } from './figures.mjs';

/** @typedef {import('./table.mjs').Row} Row */

const { resolve } = createRequire(import.meta.url);
const TURNS = 3;

/** Name, and its text as an ES module that exports `parse`. */
const PARSERS = /** @type {const} */ ([
  ['acorn', () => readFileSync(resolve('acorn').replace(/\.js$/, '.mjs'), 'utf8')],
  ['@babel/parser', () => asModule(readFileSync(resolve('@babel/parser'), 'utf8'))],
]);

/**
 * Lets each parser parse its own source.
 *
 * @returns {Row[]} milliseconds for one parse.
 */
export function measureParsers() {
  const folder = mkdtempSync(join(tmpdir(), 'greenlets-bench-'));
  try {
    return PARSERS.map(([name, textOf]) => {
      const parser = join(folder, 'parser.mjs');
      writeFileSync(parser, textOf());
      const args = [program('parse.mjs'), parser];
      const best = bestFigures(TURNS, [
        ['--import', REGISTER, ...args, 'transformed'],
        [...args, 'plain'],
      ]);
      const { transformed = 0, plain = 0 } = best;
      if (best['transformed: nodes'] !== best['plain: nodes'])
        throw new Error(`${name}: the trees differ in size`);
      return { name, value: transformed, against: 'untouched', base: plain, goal: 2 };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * A CommonJS file that requires nothing, as an ES module.
 *
 * @param {string} text
 */
function asModule(text) {
  return `const exports = {};\n${text}\nexport { parse };\n`;
}
