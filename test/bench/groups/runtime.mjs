// @ts-check
/** What greenlets and primitives cost. */

import { bestFigures, program, REGISTER } from '../figures.mjs';

const TURNS = 5;

/**
 * Measures.
 *
 * @returns {import('../table.mjs').Table[]}
 */
export function measure() {
  const best = bestFigures(TURNS, [['--import', REGISTER, program('spawn.ts')]]);
  const rows = Object.entries(best).map(([name, value]) => ({ name, value }));
  return [{ title: 'Greenlets', unit: 'nanoseconds each', rows }];
}
