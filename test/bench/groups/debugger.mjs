// @ts-check
/**
 * What the debugger costs: a run under it that never pauses, against the same run without it; and how long a person waits for it. The
 * client is Microsoft's test client, so times are what an editor sees, over stdio.
 */

import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DebugClient } from '@vscode/debugadapter-testsupport';
import { program, REGISTER } from '../figures.mjs';

/** @typedef {import('../table.mjs').Row} Row */
/** @typedef {import('../table.mjs').Table} Table */
/** @typedef {Record<string, number>} Figures */

const TURNS = Number(process.env.TURNS ?? 3);
/** How often something that takes milliseconds is done; the median counts. */
const TIMES = 50;
const ADAPTER = fileURLToPath(new URL('../../../dist/adapter.js', import.meta.url));
const WORK = program('debugged.ts');
const PARKED = program('parked.ts');
const LINE_OF_YIELD =
  readFileSync(PARKED, 'utf8')
    .split('\n')
    .findIndex((line) => line.includes('the yield')) + 1;
/** The goals of a run with the history on. @type {Record<string, number>} */
const GOALS = { 'switch-heavy': 1.3, 'I/O-heavy': 1.05 };

/**
 * Measures.
 *
 * @returns {Promise<Table[]>}
 */
export async function measure() {
  const tables = [await runs(), await waits()];
  for (const count of [100, 1000, 10_000]) tables.push(await views(count));
  return tables;
}

/**
 * A run without pauses.
 *
 * @returns {Promise<Table>}
 */
export async function runs() {
  /** @type {Figures} */
  const plain = {};
  /** @type {Figures} */
  const bare = {};
  /** @type {Figures} */
  const recorded = {};
  for (let turn = 0; turn < TURNS; turn++) {
    const text = execFileSync(process.execPath, ['--import', REGISTER, WORK], { encoding: 'utf8' });
    keepBest(plain, JSON.parse(text));
    keepBest(bare, await figuresOf({ historyLimit: 0 }));
    keepBest(recorded, await figuresOf({}));
  }
  const rows = Object.keys(plain).flatMap((name) => [
    row(`${name}, without history`, bare[name], plain[name]),
    row(name, recorded[name], plain[name], GOALS[name]),
  ]);
  return { title: 'Under the debugger, without a pause', unit: 'nanoseconds', rows };
}

/**
 * @param {string} name
 * @param {number} [value]
 * @param {number} [base]
 * @param {number} [goal]
 * @returns {Row}
 */
function row(name, value = Number.NaN, base = Number.NaN, goal) {
  return { name, value, against: 'without debugger', base, goal };
}

/**
 * What the work prints under the debugger. Its defaults, but no pauses at yields.
 *
 * @param {{ historyLimit?: number }} attributes of the launch
 * @returns {Promise<Figures>}
 */
async function figuresOf(attributes) {
  return withClient(async (client) => {
    let output = '';
    client.on('output', ({ body }) => {
      if (body.category === 'stdout') output += body.output;
    });
    const ended = once(client, 'terminated');
    await start(client, { program: WORK, ...attributes }, ['deadlock', 'uncaught']);
    await ended;
    return JSON.parse(output);
  });
}

/**
 * Starting, going on and stepping.
 *
 * @returns {Promise<Table>}
 */
async function waits() {
  /** @type {number[]} */
  const starts = [];
  for (let turn = 0; turn <= TURNS; turn++) {
    await withClient(async (client) => {
      const began = performance.now();
      const stopped = once(client, 'stopped');
      await start(client, { program: PARKED, args: ['2'] }, ['switch']);
      await stopped;
      starts.push(performance.now() - began);
    });
  }
  return withClient(async (client) => {
    const stopped = once(client, 'stopped');
    await start(client, { program: PARKED, args: ['2'] }, ['switch']);
    await stopped;
    const goesOn = await median(() => untilStop(client, 'continue'));
    const over = await median(() => untilStop(client, 'next'));
    return {
      title: 'The debugger',
      unit: 'milliseconds',
      rows: [
        // The first start fills the cache.
        { name: 'start to first stop', value: Math.min(...starts.slice(1)), goal: 500 },
        { name: 'continue to the next yield', value: goesOn, goal: 5 },
        { name: 'step over a line', value: over, goal: 10 },
      ],
    };
  });
}

/**
 * What views ask, with so many greenlets parked.
 *
 * @param {number} count
 * @returns {Promise<Table>}
 */
export async function views(count) {
  return withClient(async (client) => {
    const stopped = once(client, 'stopped');
    const breakpoints = [{ line: LINE_OF_YIELD }];
    await start(client, { program: PARKED, args: [String(count)] }, [], breakpoints);
    await stopped;
    let version = 0;
    const all = await median(async () => {
      ({ version } = (await client.customRequest('greenlet/snapshot')).body);
    }, 10);
    const step = async () => void (await untilStop(client, 'continue'));
    const delta = await median(
      async () => {
        ({ version } = (await client.customRequest('greenlet/snapshot', { since: version })).body);
      },
      TIMES,
      step,
    );
    const goesOn = await median(() => untilStop(client, 'continue'));
    const stack = await median(() => client.customRequest('stackTrace', { threadId: count / 2 }));
    const threads = await median(() => client.customRequest('threads'), 10);
    const isMost = count === 10_000;
    return {
      title: `With ${count} parked greenlets`,
      unit: 'milliseconds',
      rows: [
        { name: 'snapshot', value: all, goal: isMost ? 100 : undefined },
        { name: 'delta after a switch', value: delta, goal: 5 },
        { name: 'opening a parked stack', value: stack },
        { name: 'list of threads', value: threads },
        { name: 'continue to the next breakpoint', value: goesOn, goal: 5 },
      ],
    };
  });
}

/**
 * @template T
 * @param {(client: DebugClient) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withClient(use) {
  const client = new DebugClient(process.execPath, ADAPTER, 'greenlet');
  await client.start();
  try {
    return await use(client);
  } finally {
    await client.stop();
  }
}

/**
 * Starts a program.
 *
 * @param {DebugClient} client
 * @param {{ program: string, args?: string[], historyLimit?: number }} attributes
 * @param {string[]} filters
 * @param {{ line: number }[]} [breakpoints]
 * @param {() => Promise<unknown>} [before] is done before the program's first line
 */
export async function start(client, attributes, filters, breakpoints, before) {
  await client.initializeRequest();
  const initialized = once(client, 'initialized');
  await client.customRequest('launch', attributes);
  await initialized;
  if (breakpoints !== undefined) {
    await client.setBreakpointsRequest({ source: { path: attributes.program }, breakpoints });
  }
  await client.setExceptionBreakpointsRequest({ filters });
  await before?.();
  await client.configurationDoneRequest();
}

/**
 * @param {DebugClient} client
 * @param {'continue' | 'next'} command
 */
async function untilStop(client, command) {
  const stopped = once(client, 'stopped');
  await client.customRequest(command, { threadId: 1 });
  await stopped;
}

/**
 * The median of some times.
 *
 * @param {() => Promise<unknown>} work
 * @param {number} times
 * @param {() => Promise<void>} [before] is not measured
 * @returns {Promise<number>} milliseconds
 */
export async function median(work, times = TIMES, before = async () => {}) {
  const taken = [];
  for (let i = 0; i < times; i++) {
    await before();
    const began = performance.now();
    await work();
    taken.push(performance.now() - began);
  }
  return taken.sort((a, b) => a - b)[Math.floor(times / 2)] ?? Number.NaN;
}

/**
 * @param {Figures} best
 * @param {Figures} figures
 */
function keepBest(best, figures) {
  for (const [name, value] of Object.entries(figures)) {
    best[name] = Math.min(best[name] ?? Number.POSITIVE_INFINITY, value);
  }
}
