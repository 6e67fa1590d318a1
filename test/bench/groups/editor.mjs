// @ts-check
/**
 * What the extension costs in the editor: to become active, the tree with 10,000 greenlets at every change, and the history of a
 * million switches.
 */

import { once } from 'node:events';
import { activationTimes } from '../../e2e/extension-host.mjs';
import { Lifetime } from '../../workbench/lifetime.mjs';
import { buildAndPackage } from '../../workbench/prepare.mjs';
import { bestFigures, program } from '../figures.mjs';
import { median, start, withClient } from './debugger.mjs';

/** @typedef {import('../table.mjs').Table} Table */

const TURNS = Number(process.env.TURNS ?? 3);
const SWITCHES = 1_000_000;
/** The first activation of all waits for the disk. */
const ACTIVATIONS = 4;
const ACTIVATED = 50;
/** A view that is drawn anew ten times a second may take a part of that; a person sees no delay below the other one. */
const DRAWN = 50;
const ASKED = 100;
/** A filter may have to look at every row. */
const SEARCHED = 300;

/**
 * Measures.
 *
 * @returns {Promise<Table[]>}
 */
export async function measure() {
  return [await activation(), tree(), await history()];
}

/**
 * The packaged extension in the extension host of a VS Code server: its code loaded and wired up.
 *
 * @returns {Promise<Table>}
 */
async function activation() {
  const lifetime = new Lifetime();
  lifetime.endOnInterrupt(() => {});
  try {
    await buildAndPackage(lifetime, console.error);
    const value = Math.min(...(await activationTimes(lifetime, ACTIVATIONS)));
    const rows = [{ name: 'best of several windows', value, goal: ACTIVATED }];
    return { title: 'Activation of the extension', unit: 'milliseconds', rows };
  } finally {
    await lifetime.end();
  }
}

/**
 * The tree of greenlets.
 *
 * @returns {Table}
 */
function tree() {
  const figures = bestFigures(TURNS, [['--import', 'tsx', program('views.ts')]]);
  return {
    title: 'The tree of 10,000 greenlets after a change',
    unit: 'milliseconds',
    rows: Object.entries(figures).map(([name, value]) => ({ name, value, goal: DRAWN })),
  };
}

/**
 * The history, as the view asks for it. The program has ended and is held.
 *
 * @returns {Promise<Table>}
 */
async function history() {
  return withClient(async (client) => {
    const ending = once(client, 'greenlet/ending');
    await start(
      client,
      { program: program('million.ts'), historyLimit: SWITCHES },
      [],
      undefined,
      () => client.customRequest('greenlet/hold'),
    );
    await ending;
    /** @param {object} wanted */
    const ask = async (wanted) => (await client.customRequest('greenlet/history', wanted)).body;
    const { newest, dropped } = await ask({ limit: 1 });
    const page = 100;
    /** @type {[string, object][]} */
    const asked = [
      ['newest page', { limit: page }],
      ['page in the middle', { before: newest - SWITCHES / 2, limit: page }],
      ['oldest page', { before: dropped + page + 1, limit: page }],
      ['newest page of one greenlet', { greenlet: 2, limit: page }],
      ['a reason that is nowhere near', { reason: 'joinAll', limit: page }],
    ];
    const rows = [];
    for (const [name, wanted] of asked) {
      const value = await median(() => ask(wanted), 20);
      rows.push({ name, value, goal: 'reason' in wanted ? SEARCHED : ASKED });
    }
    await client.customRequest('greenlet/release');
    return { title: `The history of ${newest} switches`, unit: 'milliseconds', rows };
  });
}
