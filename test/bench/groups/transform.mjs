// @ts-check
/** What the transform makes of a program: calls and switches, real programs transformed whole, the transform itself. */

import { bestFigures, program, REGISTER } from '../figures.mjs';
import { measureParsers } from '../parsers.mjs';
import { pythonFib } from '../python.mjs';
import { measureThroughput } from '../throughput.mjs';

/** @typedef {import('../table.mjs').Row} Row */
/** @typedef {import('../figures.mjs').Figures} Figures */

const TURNS = 5;
/** How deep `fib` goes; CPython computes the same. */
const FIB = 27;

/** Row, what it is compared with, and the goal, where there is one. */
const CALLS = /** @type {const} */ ([
  ['call', 'generator call', 1.5],
  ['call', 'plain call'],
  ['method', 'plain method'],
  ['native call', 'plain native call'],
  ['fib(27)', 'plain fib(27)'],
  ['pruned call', 'plain call'],
  ['numeric loop', 'plain numeric loop', 1.1],
  ['sorting', 'plain sorting'],
  ['closure', 'plain closure', 2],
  ['closure and its call', 'plain closure and its call'],
  ['generator', 'plain generator'],
  ['for…of', 'plain for…of'],
  ['switch at depth 1', 'next', 4],
  ['switch at depth 10', 'next', 4],
  ['switch at depth 100', 'next', 4],
  ['switch at depth 1000', 'next', 4],
]);

/** Measures. */
export async function measure() {
  const best = bestFigures(TURNS, [
    ['--import', REGISTER, program('work.mjs')],
    [program('work.mjs'), 'plain '],
    ['--import', REGISTER, program('switches.ts')],
    [program('generators.mjs')],
  ]);
  /** @type {Row[]} */
  const calls = CALLS.map(([name, against, goal]) => ({ ...compared(best, name, against), goal }));
  const python = pythonFib(FIB);
  if (python !== undefined) {
    const value = /** @type {number} */ (best['fib(27)']);
    calls.push({ name: 'fib(27)', value, against: 'CPython fib(27)', base: python, goal: 1 });
  }
  return [
    { title: 'Calls and switches', unit: 'nanoseconds each', rows: calls },
    {
      title: 'Real programs, transformed whole',
      unit: 'milliseconds',
      rows: await measureParsers(),
    },
    { title: 'The transform itself', unit: 'a second', rows: await measureThroughput() },
  ];
}

/**
 * @param {Figures} figures
 * @param {string} name
 * @param {string} against
 */
function compared(figures, name, against) {
  const value = figures[name];
  const base = figures[against];
  if (value === undefined || base === undefined)
    throw new Error(`No figure for ${name} or ${against}`);
  return { name, value, against, base };
}
