// @ts-check
/** Runs programs that print figures. On a shared machine the fastest of several runs counts: the others measure the neighbors. */

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The loader, for `node --import`. */
export const REGISTER = new URL('../../runtime/dist/register.js', import.meta.url).href;

/** @typedef {Record<string, number>} Figures */

/**
 * Runs programs several times, taking turns.
 *
 * @param {number} turns
 * @param {readonly (readonly string[])[]} runs the arguments of Node of each; a program prints one JSON object of numbers.
 * @returns {Figures} the smallest of each figure.
 */
export function bestFigures(turns, runs) {
  /** @type {Figures} */
  const best = {};
  for (let turn = 0; turn < turns; turn++) {
    for (const args of runs) {
      /** @type {Figures} */
      const figures = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
      for (const [name, value] of Object.entries(figures)) {
        best[name] = Math.min(best[name] ?? Number.POSITIVE_INFINITY, value);
      }
    }
  }
  return best;
}

/**
 * The path of a program of the benchmarks.
 *
 * @param {string} name
 */
export function program(name) {
  return fileURLToPath(new URL(`programs/${name}`, import.meta.url));
}
