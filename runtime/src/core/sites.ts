/** The table of call sites: where in the original source a suspended frame stands. */

import type { Site } from './frame.ts';

/** A place in the original source; line and column are one-based. */
export interface Place {
  /** The absolute path of the source file. */
  path: string;
  line: number;
  column: number;
  /** The name of the function, `<anonymous>` where it has none, `<module>` at the top level. */
  function: string;
  /** Whether the call stands inside a `try` that has a `catch`, in its own function. */
  guarded: boolean;
}

/** One module's sites, as the transform emits them: four numbers a site (function, line, column, guarded). */
interface Table {
  first: Site;
  path: string;
  functions: readonly string[];
  numbers: readonly number[];
}

const NUMBERS_PER_SITE = 4;
const tables: Table[] = [];
let nextSite: Site = 0;

/**
 * Registers a module's sites and returns the number of its first one: the module's `n`th site is that plus `n`.
 *
 * @param path the absolute path of the original source file.
 * @param functions the names of the module's functions.
 * @param numbers four a site: index into `functions`, one-based line, one-based column, 1 inside a `try` with a `catch`.
 */
export function registerSites(
  path: string,
  functions: readonly string[],
  numbers: readonly number[],
): Site {
  const first = nextSite;
  tables.push({ first, path, functions, numbers });
  nextSite += numbers.length / NUMBERS_PER_SITE;
  return first;
}

/** Whether a file has sites: it was transformed, and has calls that may switch; if a function is named, whether that has. */
export function hasSites(path: string, name?: string): boolean {
  return tables.some(
    (table) => table.path === path && (name === undefined || table.functions.includes(name)),
  );
}

/** The place of a site; undefined for the runtime's own frames. */
export function placeOf(site: Site): Place | undefined {
  if (site < 0 || site >= nextSite) return undefined;
  return placeIn(tableOf(site), site);
}

/** All sites of a file, in their order, with their places. A file that was loaded twice has them twice. */
export function sitesOf(path: string): [Site, Place][] {
  return tables
    .filter((table) => table.path === path)
    .flatMap((table) =>
      Array.from({ length: table.numbers.length / NUMBERS_PER_SITE }, (_, index) => {
        const site = table.first + index;
        return [site, placeIn(table, site)] satisfies [Site, Place];
      }),
    );
}

function placeIn(table: Table, site: Site): Place {
  const at = (site - table.first) * NUMBERS_PER_SITE;
  const [fn = 0, line = 0, column = 0, guarded = 0] = table.numbers.slice(
    at,
    at + NUMBERS_PER_SITE,
  );
  const name = table.functions[fn] ?? '<anonymous>';
  return { path: table.path, line, column, function: name, guarded: guarded === 1 };
}

/** `name (path:line:column)`, the way V8 writes a frame. */
export function formatPlace(place: Place): string {
  return `${place.function} (${place.path}:${place.line}:${place.column})`;
}

function tableOf(site: Site): Table {
  let low = 0;
  let high = tables.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((tables[middle] as Table).first <= site) low = middle;
    else high = middle - 1;
  }
  return tables[low] as Table;
}
