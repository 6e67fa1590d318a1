// @ts-check
/**
 * What greenlets and primitives cost, each work beside those who can do it too. A figure is the smallest of some turns, in which all
 * take part one after another, since a busy machine makes everything slower.
 */

import { greenlets, peers, runPeer } from '../peers.mjs';
import { measureServers } from '../servers.mjs';

/** @typedef {import('../table.mjs').Row} Row */
/** @typedef {import('../table.mjs').Table} Table */
/** @typedef {import('../peers.mjs').Peer} Peer */

/** `TURNS=1` is a quick look. */
const TURNS = Number(process.env.TURNS ?? 3);
/** What has taken longer is not done again, in milliseconds. */
const LONG = 10_000;
/** The ratios that are wanted; a row may want another one. */
const GOALS = { gevent: 0.1, Effect: 1, Effection: 1 };

/** What a row is called, the arguments of the work (name, warm-up, numbers), and its own goals. */
const WORKS = /** @type {const} */ ([
  ['spawn and join, 100,000', ['spawn', 1e4, 1e5]],
  ['spawn and join, 1,000,000', ['spawn', 1e4, 1e6]],
  ['sleep(0) among 2', ['sleep', 1e4, 1e6, 2], { 'async/await': 1 }],
  ['sleep(0) among 100', ['sleep', 1e4, 1e6, 100], { 'async/await': 1 }],
  ['sleep(0) among 10,000', ['sleep', 1e4, 1e6, 1e4], { 'async/await': 1 }],
  ['queue', ['queue', 1e4, 1e6]],
  ['queue bounded to 1', ['bounded', 1e4, 3e5]],
  ['channel', ['channel', 1e4, 3e5]],
  ['event, 10,000 waiters', ['event', 2, 20, 1e4]],
  ['Pool(100).map', ['pool', 1e4, 1e5, 100]],
  ['semaphore among 100', ['semaphore', 20, 2000, 100]],
  ['kill, 100,000', ['kill', 1e4, 1e5]],
  ['timer, 100,000 within 1 s', ['timers', 0, 1e5], { gevent: 0.2 }],
  ['tree of 10,000', ['tree', 1e3, 1e4]],
]);
const MEMORY = /** @type {const} */ (['memory', 0, 1e5]);

/** @typedef {Map<string, import('../peers.mjs').Measures | string | null>} Results by peer */

/**
 * Measures.
 *
 * @returns {Promise<Table[]>}
 */
export async function measure() {
  const all = [greenlets(), ...peers()];
  const works = WORKS.map(([name, args, goals = {}]) => ({ name, goals, results: run(all, args) }));
  const memory = run(all, MEMORY);
  return [
    ...all.slice(1).map((peer) => against(peer, works)),
    {
      title: 'Memory of a parked greenlet, of 100,000',
      unit: 'bytes',
      rows: rowsOf('bytes', memory, all, { gevent: 0.2 }),
    },
    {
      title: 'The latest but one in a hundred of 100,000 timers',
      unit: 'milliseconds late',
      rows: [
        { name: 'greenlets', value: figureOf(timersOf(works), 'late', 'greenlets') ?? 0, goal: 20 },
        ...rowsOf('late', timersOf(works), all, {}),
      ],
    },
    await measureServers(),
  ];
}

/**
 * Lets each peer do a work some times.
 *
 * @param {Peer[]} all
 * @param {readonly (string | number)[]} args
 * @returns {Results} the smallest figures
 */
function run(all, args) {
  /** @type {Results} */
  const results = new Map();
  const slow = new Set();
  for (let turn = 0; turn < TURNS; turn++) {
    for (const peer of all) {
      const before = results.get(peer.name);
      if (before === null || typeof before === 'string' || slow.has(peer)) continue;
      const start = performance.now();
      const result = runPeer(peer, args);
      if (performance.now() - start > LONG) slow.add(peer);
      if (result === null || typeof result === 'string' || before === undefined) {
        results.set(peer.name, result);
      } else {
        for (const [unit, value] of Object.entries(result)) {
          before[unit] = Math.min(before[unit] ?? value, value);
        }
      }
    }
  }
  return results;
}

/**
 * @param {Peer} peer
 * @param {{ name: string, goals: Record<string, number>, results: Results }[]} works
 * @returns {Table}
 */
function against(peer, works) {
  const rows = works.flatMap(({ name, goals, results }) =>
    rowsOf('time', results, [peer], { ...GOALS, ...goals }).map((row) => ({ ...row, name })),
  );
  return {
    title: `Greenlets against ${peer.name}`,
    unit: 'nanoseconds of processor time each',
    rows,
    missing: [
      ...(peer.missing === undefined ? [] : [peer.missing]),
      ...works.flatMap(({ name, results }) => {
        const result = results.get(peer.name);
        if (peer.missing !== undefined || typeof result === 'object')
          return result === null ? [`${name}: it has none`] : [];
        return [`${name}: ${result}`];
      }),
    ],
  };
}

/**
 * One row for each peer that has a figure.
 *
 * @param {string} unit
 * @param {Results} results
 * @param {Peer[]} all
 * @param {Record<string, number>} goals
 * @returns {Row[]}
 */
function rowsOf(unit, results, all, goals) {
  const value = figureOf(results, unit, 'greenlets');
  if (value === undefined) throw new Error(`greenlets: ${results.get('greenlets')}`);
  return all.flatMap(({ name }) => {
    const base = name === 'greenlets' ? undefined : figureOf(results, unit, name);
    if (base === undefined) return [];
    const goal = goals[name.split(' ')[0] ?? ''] ?? goals[name];
    return [{ name: 'greenlets', value, against: name, base, goal }];
  });
}

/** @param {{ results: Results }[]} works */
function timersOf(works) {
  const index = WORKS.findIndex(([, [name]]) => name === 'timers');
  return /** @type {{ results: Results }} */ (works[index]).results;
}

/**
 * @param {Results} results
 * @param {string} unit
 * @param {string} name
 */
function figureOf(results, unit, name) {
  const result = results.get(name);
  return typeof result === 'object' ? result?.[unit] : undefined;
}
