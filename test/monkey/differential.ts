/**
 * Compares a patched function, called by a greenlet, with the same function as Node made it: the same calls in two equal folders
 * must return or throw the same and leave the same behind.
 */

import '../../runtime/src/node/install.ts';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { Greenlet } from '../../runtime/src/core/greenlet.ts';
import type { Callable } from '../../runtime/src/monkey/patchable.ts';
import { callOn, dual } from '../support/virtual.ts';

/** A call's folder, and what it has to clean up. */
export class Place {
  readonly folder: string;
  private readonly fds: number[] = [];

  constructor(folder: string) {
    this.folder = folder;
  }

  /** The path of a file in the folder. */
  at(name: string): string {
    return join(this.folder, name);
  }

  /** Opens a file in the folder; closed after the call. */
  open(name: string, flags: string): number {
    const fd = fs.openSync(this.at(name), flags);
    this.fds.push(fd);
    return fd;
  }

  /** Closes what the call was given, and what it returned. */
  close(value: unknown): void {
    if (value instanceof fs.Dir) quietly(() => value.closeSync());
    for (const fd of this.fds) quietly(() => fs.closeSync(fd));
  }
}

/** An argument that is made for each call: a path in its folder, an open file. */
export class Made<T = unknown> {
  readonly make: (place: Place) => T;

  constructor(make: (place: Place) => T) {
    this.make = make;
  }
}

/** The path of a file in the call's folder. */
export function at(name: string): Made<string> {
  return new Made((place) => place.at(name));
}

/** What one function is called with: for each argument the values to try. */
export interface Trial {
  fn: Callable;
  self?: Made;
  /** The values of each argument; LEFT_OUT ends the list of arguments. */
  args: readonly (readonly unknown[])[];
  /** Fills the folder. */
  fill?: (place: Place) => void;
  /** Whether what was written into the arguments differs from call to call. */
  fillsAtRandom?: boolean;
  /** What of a value is compared, where not all of it can be the same. */
  view?: (value: never, place: Place) => unknown;
}

/** In memory, where there is such a place: thousands of folders are made and removed. */
const TEMPORARY = fs.existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** Runs a trial; each call is compared. Returns how many calls there were, and how many of them let others run. */
export async function differ(
  label: string,
  trial: Trial,
): Promise<{ calls: number; parked: number }> {
  const base = fs.realpathSync(fs.mkdtempSync(join(TEMPORARY, 'greenlets-monkey-')));
  let calls = 0;
  let parked = 0;
  try {
    for (const choice of choices(trial.args)) {
      const name = `${label}(${choice.map(shown).join(', ')}): the patched function is 'actual'`;
      const expected = await run(join(base, 'x'), trial, choice, false);
      const actual = await run(join(base, 'x'), trial, choice, true);
      assert.deepEqual(actual.outcome, expected.outcome, name);
      assert.equal(expected.switches, 0, name);
      calls++;
      if (actual.switches > 0) parked++;
    }
  } finally {
    fs.rmSync(base, { recursive: true, force: true });
  }
  return { calls, parked };
}

/** How many calls a trial makes, where there are more combinations; `SEEDS=n` makes n times as many. */
const CALLS = 25 * Number(process.env.SEEDS ?? 1);

/** Combinations of arguments: each value at least once beside the first values of the others, then any. */
function choices(lists: readonly (readonly unknown[])[]): unknown[][] {
  const total = lists.reduce((product, list) => product * list.length, 1);
  if (total <= CALLS) return Array.from({ length: total }, (_, at) => combination(lists, at));
  const firsts = lists.map(([first]) => first);
  const chosen = lists.flatMap((list, at) => list.map((value) => firsts.with(at, value)));
  // A step that has no factor in common with the total meets every combination once.
  let step = Math.trunc(total / CALLS) | 1;
  while (greatestCommonFactor(step, total) > 1) step += 2;
  for (let at = step; chosen.length < CALLS; at += step) {
    chosen.push(combination(lists, at % total));
  }
  return chosen;
}

/** One of all combinations, by its number. */
function combination(lists: readonly (readonly unknown[])[], at: number): unknown[] {
  let rest = at;
  return lists.map((list) => {
    const value = list[rest % list.length];
    rest = Math.trunc(rest / list.length);
    return value;
  });
}

function greatestCommonFactor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonFactor(b, a % b);
}

interface Ran {
  outcome: unknown;
  switches: number;
}

async function run(
  folder: string,
  trial: Trial,
  choice: readonly unknown[],
  patched: boolean,
): Promise<Ran> {
  fs.mkdirSync(folder);
  const place = new Place(folder);
  trial.fill?.(place);
  const end = choice.indexOf(LEFT_OUT);
  const given = end < 0 ? choice : choice.slice(0, end);
  const args = given.map((each) => (each instanceof Made ? each.make(place) : each));
  const self = trial.self?.make(place);
  let value: unknown;
  let switches = 0;
  const outcome: Record<string, unknown> = {};
  try {
    if (patched) {
      const greenlet = Greenlet.spawn(
        dual(function* call() {
          try {
            return { value: yield* callOn(self, trial.fn, ...args) };
          } catch (error) {
            return { error };
          }
        }),
      );
      const ended = (await greenlet.promise()) as { value?: unknown; error?: unknown };
      switches = greenlet.switches - 1;
      if ('error' in ended) throw ended.error;
      ({ value } = ended);
    } else {
      value = Reflect.apply(trial.fn, self, args);
    }
    outcome.value = inspect(trial.view ? trial.view(value as never, place) : value, INSPECTED);
  } catch (error) {
    outcome.error = describe(error);
  }
  // What was read into them; a descriptor may have another number.
  const read = args.filter((each) => typeof each !== 'number');
  if (!trial.fillsAtRandom) outcome.buffers = inspect(read, INSPECTED);
  place.close(value);
  outcome.left = fs.existsSync(folder) ? listing(folder) : undefined;
  fs.rmSync(folder, { recursive: true, force: true });
  return { outcome, switches };
}

/** An argument that is not there. */
export const LEFT_OUT: unique symbol = Symbol('left out');

const INSPECTED = { depth: 6, maxArrayLength: 200, showHidden: false };

function describe(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { stack, ...details } = error as Error & Record<string, unknown>;
  // That of a child.
  if ('pid' in details) details.pid = Number(details.pid) > 0;
  assert.match(String(stack), new RegExp(`^${error.name}`));
  return {
    type: error.constructor.name,
    name: error.name,
    message: error.message,
    string: String(error),
    details: inspect({ ...details, error: undefined }, { ...INSPECTED, sorted: true }),
    keys: Object.keys(error).sort(),
  };
}

/** All files of a folder: kind, permissions, content. */
function listing(folder: string): string[] {
  return (fs.readdirSync(folder, { recursive: true }) as string[]).sort().map((name) => {
    const path = join(folder, name);
    const stats = fs.lstatSync(path);
    const content = stats.isFile() ? quietly(() => fs.readFileSync(path, 'base64')) : '';
    const target = stats.isSymbolicLink() ? fs.readlinkSync(path) : '';
    return `${name} ${stats.mode.toString(8)} ${stats.mtimeMs < OLD ? stats.mtimeMs : ''} ${content}${target}`;
  });
}

/** Times before this were set by a call, in milliseconds. */
const OLD = 1_500_000_000_000;

function shown(value: unknown): string {
  if (value instanceof Made) return `<${value.make.toString().slice(0, 60)}>`;
  return inspect(value, { breakLength: Number.POSITIVE_INFINITY }).slice(0, 80);
}

function quietly<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}
