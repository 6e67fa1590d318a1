/** What a specifier of the program means where Node alone would not know it. */

import { existsSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { isAbsolute } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isProgramCode } from './own-file.ts';
import { candidatesOf } from './paths.ts';
import { type Tsconfig, tsconfigFor } from './tsconfig.ts';

/**
 * The file that `paths` or `baseUrl` of a tsconfig.json means; types alone are none.
 *
 * @param parent the URL of the file that has the specifier; undefined for the program's entry.
 * @returns the file's URL; undefined if the specifier is for Node.
 */
export function mappedFile(specifier: string, parent: string | undefined): string | undefined {
  const tsconfig = tsconfigOf(specifier, parent);
  if (tsconfig === undefined) return undefined;
  for (const path of candidatesOf(specifier, tsconfig)) {
    const url = pathToFileURL(path);
    const file = isFile(url) ? url.href : completedFile(url);
    if (file !== undefined && !/\.d\.[cm]?ts$/.test(file)) return file;
  }
  return undefined;
}

/** The URL of the file that TypeScript would take for one that is not there: with an extension, of a folder, before compilation. */
export function completedFile(url: URL): string | undefined {
  const candidates = EXTENSIONS.map((extension) => url.pathname + extension);
  const compiled = /\.[cm]?jsx?$/.exec(url.pathname)?.[0];
  if (compiled !== undefined) {
    const stem = url.pathname.slice(0, -compiled.length);
    candidates.unshift(...(SOURCES[compiled] ?? []).map((each) => stem + each));
  }
  for (const pathname of candidates) {
    const candidate = new URL(url.href);
    candidate.pathname = pathname;
    if (isFile(candidate)) return candidate.href;
  }
  return undefined;
}

/** Adds to the error of a module that was not found what the tsconfig.json, which is broken, might have said. */
export function explain(error: unknown, specifier: string, parent: string | undefined): unknown {
  const problem = tsconfigOf(specifier, parent)?.problem;
  if (problem !== undefined && error instanceof Error) {
    error.message += `\n${problem}`;
    error.stack = `${error.stack}\n${problem}`;
  }
  return error;
}

/** Whether a specifier is a path or the URL of a file. */
export function isFileLike(specifier: string): boolean {
  return /^(?:\.{0,2}\/|\.{1,2}$|file:)/.test(specifier) || isAbsolute(specifier);
}

/** Whether there is a file at a URL; a folder is none. */
export function isFile(url: URL): boolean {
  const path = fileURLToPath(url);
  return existsSync(path) && statSync(path).isFile();
}

const EXTENSIONS = [
  '.ts',
  '.mts',
  '.cts',
  '.tsx',
  '.js',
  '.mjs',
  '.cjs',
  '.jsx',
  '/index.ts',
  '/index.tsx',
  '/index.js',
];
/** What an import of compiled output means before it is compiled. */
const SOURCES: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx'],
  '.jsx': ['.tsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
};

/** The tsconfig.json that counts for a specifier which is no path, in the program's own code. */
function tsconfigOf(specifier: string, parent: string | undefined): Tsconfig | undefined {
  if (parent === undefined || !isProgramCode(parent)) return undefined;
  if (isFileLike(specifier) || isBuiltin(specifier)) return undefined;
  return /^[a-z][a-z\d+.-]+:/i.test(specifier) ? undefined : tsconfigFor(fileURLToPath(parent));
}
