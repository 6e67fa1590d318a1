/** Modules: their table of sites, and their top level, which runs in the main greenlet. */

import { realpathSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { raise } from '../core/aloud.ts';
import { type Frame, type Site, type Step, suspend } from '../core/frame.ts';
import { Greenlet } from '../core/greenlet.ts';
import { AWAY, hub } from '../core/hub.ts';
import { logicalStack } from '../core/report.ts';
import { registerSites } from '../core/sites.ts';
import { refuse } from './prepare.ts';

interface Callees {
  first: Site;
  texts: readonly string[];
}

const callees: Callees[] = [];

/**
 * Registers a module's call sites.
 *
 * @param texts the callee of each site, as an error names it.
 * @returns the number of the first site.
 */
export function $sites(
  path: string,
  functions: readonly string[],
  numbers: readonly number[],
  texts: readonly string[],
): Site {
  const first = registerSites(path, functions, numbers);
  callees.push({ first, texts });
  return first;
}

/** Gives a namespace its exports, as accessors of their variables. */
export function $exports(namespace: object, accessors: object): void {
  Object.defineProperties(namespace, Object.getOwnPropertyDescriptors(accessors));
}

/** The text of a site's callee. */
export function calleeOf(site: Site): string {
  const table = callees.findLast((each) => each.first <= site);
  return table?.texts[site - table.first] ?? '(intermediate value)';
}

/** What a top level is resumed with. In a box, because promises flatten thenables. */
interface Resumption {
  greenlet: Greenlet;
  threw: boolean;
  value: unknown;
}

/** The frame of a module's top level: resuming it settles the promise that the module awaits. */
class TopFrame implements Frame {
  /** A function that closes over the variables at the site: a debugger reads them there. Never called. */
  readonly scope: () => unknown;
  private readonly greenlet: Greenlet;
  private readonly resolve: (resumption: Resumption) => void;

  constructor(greenlet: Greenlet, resolve: (resumption: Resumption) => void, scope: () => unknown) {
    this.greenlet = greenlet;
    this.resolve = resolve;
    this.scope = scope;
  }

  next(value?: unknown): Step {
    this.resolve({ greenlet: this.greenlet, threw: false, value });
    return AWAY;
  }

  throw(error: unknown): Step {
    // Who catches it beyond this one is Node: it prints what the stack says.
    if (error instanceof Error) error.stack = logicalStack(error, this.greenlet);
    this.resolve({ greenlet: this.greenlet, threw: true, value: error });
    return AWAY;
  }
}

/** Parks the greenlet whose top level calls this; `$resumeTop(await …)` goes on. */
export function $suspendTop(frame: Frame, site: Site, scope: () => unknown): Promise<Resumption> {
  refuse(frame, site);
  suspend(frame, site);
  const greenlet = hub.current as Greenlet;
  return new Promise((resolve) => hub.topLeaves(greenlet, new TopFrame(greenlet, resolve, scope)));
}

/** A top level goes on: returns the value of the call that it was parked in, or throws its error. */
export function $resumeTop({ greenlet, threw, value }: Resumption): unknown {
  hub.topEnters(greenlet);
  if (threw) {
    raise(value);
    throw value;
  }
  return value;
}

/** Whose turn it is among the top levels of the static imports: they run one after the other. */
let occupant: Promise<void> | null = null;
let occupantUrl = '';
let release: () => void = () => {};
/** Whether the program's entry has begun: later modules were loaded by `import()`. */
let entryHasBegun = false;
/** How many calls of `import()` have begun before the entry and not ended: they may be what the occupant waits for. */
let earlyImports = 0;
/** The top levels that run in a greenlet of their own, by URL. */
const ownGreenlets = new Map<string, Greenlet>();

let entryUrl = urlOfEntry();
/** Whether the program is a tool, such as a test runner, that loads the modules which are transformed. */
const isTool = entryUrl?.includes('/node_modules/') ?? false;

/**
 * A module's top level begins. In the main greenlet, after the modules before it; if it was loaded by `import()`, in a greenlet
 * of its own.
 *
 * @param url what tells it from the others; its `import.meta.url` if Node loads it.
 * @param atOnce whether the module's code cannot wait: if it is not its turn, it runs all the same.
 * @param loading who loads it: Node, a bundle, or a host, which is the true program.
 * @returns what the module has to wait for.
 */
export function $enterTop(
  url: string,
  atOnce = false,
  loading: 'node' | 'bundle' | 'bundle-entry' | 'host' = 'node',
): Promise<void> | undefined {
  if (loading === 'bundle-entry') entryUrl = url;
  const hosted = loading === 'host' || (loading === 'node' && isTool);
  // The host's own top level is no greenlet.
  if (hosted && !hub.mainEnded) hub.topEnds(hub.main);
  if (hosted || entryHasBegun || (earlyImports > 0 && !isEntry(url))) {
    // Modules that have the same importer begin at the same time, and in a bundle the module begins inside `import()`.
    if (hub.current !== null) return atOnce ? undefined : beginLater(url);
    beginOwn(url);
    return undefined;
  }
  if (occupant !== null)
    return atOnce ? undefined : occupant.then(() => $enterTop(url, atOnce, loading));
  occupantUrl = url;
  entryHasBegun = isEntry(url);
  occupant = new Promise((resolve) => {
    release = resolve;
  });
  hub.topEnters(hub.main);
  return undefined;
}

/** A module's top level begins in a greenlet of its own. */
function beginOwn(url: string): void {
  const greenlet = Greenlet.module(url.slice(url.lastIndexOf('/') + 1));
  ownGreenlets.set(url, greenlet);
  hub.topBegins(greenlet);
}

/** After so many promise jobs in a row a top level that runs has given way, ended, or thrown; of the last nobody tells. */
const LONGEST_BEGINNING = 8;

/** The same, when the one that runs has given way. */
async function beginLater(url: string): Promise<void> {
  let { current } = hub;
  for (let jobs = 0; current !== null && jobs < LONGEST_BEGINNING; jobs++) {
    await undefined;
    if (hub.current !== current) jobs = 0;
    current = hub.current;
  }
  failRunning(new Error('The module could not be loaded'));
  beginOwn(url);
}

/**
 * `import(…)`: nobody tells when a module's top level throws, but then the import fails, and in that promise job no top level can be
 * running any more.
 */
export function $import<T>(loading: Promise<T>): Promise<T> {
  const early = entryHasBegun ? 0 : 1;
  earlyImports += early;
  return loading.then(
    (namespace) => {
      earlyImports -= early;
      return namespace;
    },
    (error) => {
      earlyImports -= early;
      failRunning(error);
      throw error;
    },
  );
}

function failRunning(error: unknown): void {
  for (const [url, greenlet] of ownGreenlets) {
    if (greenlet.state !== 'running') continue;
    ownGreenlets.delete(url);
    hub.topFails(greenlet, error);
  }
}

/** A script begins. Returns whether it is the program's entry, which is main. */
export function beginEntry(url: string): boolean {
  if (entryHasBegun || !isEntry(url)) return false;
  entryHasBegun = true;
  return true;
}

/** A module's top level has come to its end. */
export function $leaveTop(url: string): void {
  const own = ownGreenlets.get(url);
  if (own !== undefined) {
    ownGreenlets.delete(url);
    hub.topEnds(own);
    return;
  }
  if (url !== occupantUrl) return;
  occupantUrl = '';
  occupant = null;
  release();
  if (isEntry(url)) hub.topEnds(hub.main);
  else hub.topPauses();
}

function isEntry(url: string): boolean {
  return url === entryUrl;
}

function urlOfEntry(): string | undefined {
  const path = process.argv[1];
  if (path === undefined) return undefined;
  for (const extension of ['', '.js', '.ts', '.mjs', '.mts', '/index.js', '/index.ts']) {
    try {
      return pathToFileURL(realpathSync(path + extension)).href;
    } catch {}
  }
  return undefined;
}
