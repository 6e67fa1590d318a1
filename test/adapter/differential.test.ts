/**
 * Random programs, stepped through line by line in a greenlet that gives way at calls, and by V8 alone without any greenlets: both
 * visit the same lines, in the same order. `SEEDS=n` takes more of them, `SEED=n` one alone.
 */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Fixture, withProgram } from '../support/fixture.ts';
import { withClient } from '../support/session.ts';
import { randomProgram } from '../transform/random-program.ts';
import { type Place, PlainProgram } from './plain-steps.ts';

/** How many programs one session steps through. */
const PER_SESSION = 10;
/** So many lines of one program are enough. */
const LONGEST = 100;

/** Programs that V8 (Node 20) cannot be asked about. */
const LEFT_OUT = [
  // V8 by itself loses the step over such a class in some programs; the adapter does not.
  /static \{ this\.k = 2 \}/,
  // V8 ends the process when it pauses, after a switch, in an object literal whose methods say `super`.
  /yield super\.m\(1\)/,
];

const seeds = process.env.SEED
  ? [Number(process.env.SEED)]
  : Array.from({ length: Number(process.env.SEEDS ?? 20) }, (_, index) => index + 1).filter(
      (seed) => !LEFT_OUT.some((each) => each.test(randomProgram(seed))),
    );

/** The lines that were visited in each program, without repetitions in a row. */
type Trails = Map<string, number[]>;

const GREENLETS = `
import { joinAll, sleep, spawn } from 'greenlets';
let calls = 0;
/** Gives way at some calls, but not below native code: whether a switch is possible is not the matter here. */
function log() {
  if (++calls % 3 > 0) return;
  try { sleep(0); } catch (error) { if (error.name !== 'CannotSwitchError') throw error; }
}
export function run(programs) {
  let isOver = false;
  const first = spawn(() => {
    for (const each of programs) {
      try { each(log); } catch {}
    }
    isOver = true;
  });
  joinAll([first, spawn(() => { while (!isOver) sleep(0); })]);
}`;

const PLAIN = `
export function run(programs) {
  for (const each of programs) {
    try { each(() => {}); } catch {}
  }
}`;

for (let at = 0; at < seeds.length; at += PER_SESSION) {
  const part = seeds.slice(at, at + PER_SESSION);
  const title = `stepping over visits the same lines with greenlets and without: ${part[0]} to ${part.at(-1)}`;
  test(title, async () => {
    const { text, starts } = programOf(part);
    const files = { 'greenlets.mjs': GREENLETS, 'plain.mjs': PLAIN };
    const plain = text.replace('./greenlets.mjs', './plain.mjs');
    await withProgram(
      text,
      { name: 'main.mjs', files: { ...files, 'alone.mjs': plain } },
      async (fixture) => {
        const expected = await plainTrails(join(fixture.folder, 'alone.mjs'), starts);
        const actual = await greenletTrails(fixture, starts, at % (2 * PER_SESSION) > 0);
        for (const seed of part) {
          const wanted = describe(text, expected.get(`program${seed}`));
          const visited = describe(text, actual.get(`program${seed}`));
          // V8 by itself may lose a step in a generator: then its walk ends early.
          const at = wanted.findIndex((line, index) => line !== visited[index]);
          if (at >= 0) assert.fail(difference(seed, at, wanted, visited));
        }
      },
    );
  });
}

/** One program of several, and the lines where each begins. */
function programOf(part: readonly number[]): { text: string; starts: number[] } {
  const functions = part.map((seed) => `const program${seed} = ${randomProgram(seed)};`);
  const names = part.map((seed) => `program${seed}`).join();
  const text = ["import { run } from './greenlets.mjs';", ...functions, `run([${names}]);`].join(
    '\n',
  );
  const starts = text
    .split('\n')
    .flatMap((line, index) => (/^const program\d+ = /.test(line) ? [index + 2] : []));
  return { text, starts };
}

async function plainTrails(path: string, starts: readonly number[]): Promise<Trails> {
  const [program, first] = await PlainProgram.start(path, starts);
  try {
    return await trailsFrom(first, (ends) => (ends ? program.resume() : program.stepOver()));
  } finally {
    await program.end();
  }
}

/** @param asks whether the program is asked all the time how it is, as views do at any moment: that must not cost a step. */
function greenletTrails(
  fixture: Fixture,
  starts: readonly number[],
  asks: boolean,
): Promise<Trails> {
  return withClient(async (client) => {
    const { path } = fixture;
    client.use(fixture);
    await client.request('initialize', { adapterID: 'greenlet', pathFormat: 'path' });
    await client.request('launch', { program: path });
    await client.event('initialized');
    await client.request('setBreakpoints', {
      source: { path },
      breakpoints: starts.map((line) => ({ line })),
    });
    await client.request('setExceptionBreakpoints', { filters: [] });
    await client.request('configurationDone');
    let threadId = 0;
    const next = async (): Promise<Place> => {
      const { event, body } = await client.event('stopped', 'terminated');
      if (event === 'terminated') return undefined;
      threadId = body.threadId;
      const { stackFrames } = await client.request('stackTrace', { threadId, levels: 1 });
      const [{ name, line, source }] = stackFrames;
      return { name, line, isOutside: source.path !== path };
    };
    const trails = await trailsFrom(await next(), async (ends) => {
      await client.request(ends ? 'continue' : 'next', { threadId });
      let hasArrived = false;
      const asking = (async () => {
        while (asks && !hasArrived) await client.request('greenlet/schedule').catch(() => {});
      })();
      const place = await next();
      hasArrived = true;
      await asking;
      return place;
    });
    return trails;
  });
}

/** Steps from breakpoint to breakpoint; `go(true)` leaves a program whose function has ended. */
async function trailsFrom(first: Place, go: (ends: boolean) => Promise<Place>): Promise<Trails> {
  const trails: Trails = new Map();
  let lines = 0;
  for (let place = first; place !== undefined; ) {
    const { name, line, isOutside } = place;
    // V8 also stops in what a class evaluates for its members, which are functions of their own.
    if (/^program\d+$/.test(name)) {
      const trail = trails.get(name) ?? [];
      if (!trails.has(name)) lines = 0;
      trails.set(name, trail);
      if (trail.at(-1) !== line) lines = trail.push(line);
    }
    place = await go(isOutside || lines >= LONGEST);
  }
  return trails;
}

/** What differs from the `at`th line on, for people. */
function difference(seed: number, at: number, wanted: string[], visited: string[]): string {
  const after = at === 0 ? 'From its start' : `After ${visited[at - 1]}`;
  const walk = (name: string, lines: string[]) =>
    `${name} (${lines.length} lines):\n  ${lines.slice(Math.max(0, at - 3), at + 5).join('\n  ')}`;
  return [
    `SEED=${seed} walks differently. ${after}`,
    `  V8 alone goes to ${wanted[at]}`,
    `  with greenlets: ${visited[at] ?? 'nowhere, the step is lost'}`,
    walk('V8 alone', wanted),
    walk('With greenlets', visited),
  ].join('\n');
}

/** The trail with the text of its lines, for people. */
function describe(text: string, trail: readonly number[] = []): string[] {
  const lines = text.split('\n');
  return trail.map((line) => `${line}: ${lines[line - 1]?.slice(0, 60)}`);
}
