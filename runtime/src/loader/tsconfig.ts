/** What tsconfig.json says about where modules are, and about the language. */

import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { LanguageOptions } from '../transform.ts';
import { languageOf } from './language.ts';

export interface Tsconfig {
  /** The absolute folder that specifiers may be relative to. */
  readonly baseUrl: string | undefined;
  /** By pattern: the absolute paths that it may mean, with a `*` for what the `*` of the pattern stands for. */
  readonly paths: ReadonlyMap<string, readonly string[]>;
  /** How the files are written. */
  readonly language: LanguageOptions;
  /** What is wrong with the file, or with one that it extends; then the rest of it counts. */
  readonly problem: string | undefined;
}

/** The tsconfig.json that is nearest to a file, with what it extends; undefined where there is none. */
export function tsconfigFor(filename: string): Tsconfig | undefined {
  return nearest(dirname(filename));
}

/** What the nearest tsconfig.json says about a file's language; undefined for plain JavaScript, and where there is none. */
export function languageFor(filename: string): LanguageOptions | undefined {
  return /\.(?:[cm]?ts|[jt]sx)$/.test(filename) ? tsconfigFor(filename)?.language : undefined;
}

const byFolder = new Map<string, Tsconfig | undefined>();

function nearest(folder: string): Tsconfig | undefined {
  if (byFolder.has(folder)) return byFolder.get(folder);
  const path = join(folder, NAME);
  const parent = dirname(folder);
  let found: Tsconfig | undefined;
  if (isFile(path)) found = readTsconfig(path);
  else if (parent !== folder) found = nearest(parent);
  byFolder.set(folder, found);
  return found;
}

const NAME = 'tsconfig.json';

/** Reads a tsconfig.json and what it extends. */
export function readTsconfig(path: string): Tsconfig {
  const problems: string[] = [];
  const raw = readChain(path, [], problems);
  const placed = (text: string) => text.replaceAll(CONFIG_FOLDER, () => dirname(path));
  const baseUrl = raw.baseUrl && resolve(raw.baseUrl.folder, placed(raw.baseUrl.value));
  const paths = new Map<string, string[]>();
  if (raw.paths !== undefined) {
    const folder = baseUrl ?? raw.paths.folder;
    for (const [pattern, targets] of Object.entries(raw.paths.value))
      paths.set(
        pattern,
        targets.map((each) => resolve(folder, placed(each))),
      );
  }
  const language = languageOf(raw.compiler ?? {}, (text) => problems.push(`${path}: ${text}`));
  return { baseUrl, paths, language, problem: problems[0] };
}

/** Stands for the folder of the file that extends the others. */
const CONFIG_FOLDER = /\$\{configDir\}/g;

/** An option, and the folder of the file that it stands in. */
interface Placed<T> {
  readonly folder: string;
  readonly value: T;
}

interface Options {
  baseUrl?: Placed<string>;
  paths?: Placed<Record<string, string[]>>;
  /** All options, as they stand. */
  compiler?: Record<string, unknown>;
}

/**
 * The options of a file; an option that it does not have is that of the last file that it extends and that has it.
 *
 * @param outer the files on the way here.
 */
function readChain(path: string, outer: readonly string[], problems: string[]): Options {
  if (outer.includes(path)) {
    problems.push(`${path} extends itself`);
    return {};
  }
  let json: unknown;
  try {
    json = parseWithComments(readFileSync(path, 'utf8'));
  } catch (error) {
    problems.push(`${path}: ${(error as Error).message}`);
    return {};
  }
  const { extends: parents = [], compilerOptions } = asObject(json);
  const options: Options = {};
  let compiler: Record<string, unknown> = {};
  for (const parent of Array.isArray(parents) ? parents : [parents]) {
    const found = typeof parent === 'string' ? locate(parent, path) : undefined;
    if (found !== undefined) {
      Object.assign(options, readChain(found, [...outer, path], problems));
      compiler = { ...compiler, ...options.compiler };
    } else problems.push(`${path} extends ${JSON.stringify(parent)}, which cannot be found`);
  }
  options.compiler = { ...compiler, ...asObject(compilerOptions) };
  const { baseUrl, paths } = asObject(compilerOptions);
  const folder = dirname(path);
  if (typeof baseUrl === 'string') options.baseUrl = { folder, value: baseUrl };
  else if (baseUrl !== undefined) problems.push(`${path}: baseUrl has to be a string`);
  if (isPaths(paths)) options.paths = { folder, value: paths };
  else if (paths !== undefined)
    problems.push(`${path}: paths has to hold a list of strings for each pattern`);
  return options;
}

/** The file that `extends` names: a path, with or without `.json`, or a file of a package. */
function locate(name: string, from: string): string | undefined {
  if (isAbsolute(name) || /^\.\.?(?:[\\/]|$)/.test(name)) {
    const path = resolve(dirname(from), name);
    return [path, `${path}.json`, join(path, NAME)].find(isFile);
  }
  const require = createRequire(from);
  for (const candidate of [`${name}/${NAME}`, name, `${name}.json`]) {
    try {
      const path = require.resolve(candidate);
      if (path.endsWith('.json')) return path;
    } catch {
      // The next candidate, then.
    }
  }
  // What a package's `exports` hides from Node, TypeScript sees.
  const folders = require.resolve.paths(name) ?? [];
  return folders
    .flatMap((folder) => [join(folder, name), join(folder, `${name}.json`)])
    .find((path) => isFile(path) && path.endsWith('.json'));
}

/** JSON with comments, and with commas behind the last ones of lists. */
function parseWithComments(text: string): unknown {
  const bare = text
    .replace(/^\uFEFF/, '')
    .replace(/("(?:\\.|[^"\\])*")|\/\/[^\n\r]*|\/\*[\s\S]*?\*\//g, (_, string) => string ?? ' ')
    .replace(/("(?:\\.|[^"\\])*")|,(?=\s*[}\]])/g, (_, string) => string ?? ' ');
  return bare.trim() === '' ? {} : JSON.parse(bare);
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function isPaths(value: unknown): value is Record<string, string[]> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every(
    (targets) => Array.isArray(targets) && targets.every((each) => typeof each === 'string'),
  );
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}
