/** Resolving: `greenlets` from anywhere, and TypeScript's habits with extensions and `paths`. */

import { existsSync, readFileSync, statSync } from 'node:fs';
import { isBuiltin, type ResolveHook } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isProgramCode } from './own-file.ts';
import { PACKAGE } from './package.ts';
import { candidatesOf } from './paths.ts';
import { type Tsconfig, tsconfigFor } from './tsconfig.ts';

const OWN_NAME = 'greenlets';

/** Node's hook `resolve`. */
export const resolve: ResolveHook = async (specifier, context, next) => {
  const own = ownEntry(specifier);
  if (own !== undefined) return { url: own, format: 'module', shortCircuit: true };
  const resolved = await resolveFile(specifier, context, next);
  if (context.parentURL === undefined) entry = resolved.url;
  return resolved;
};

let entry: string | undefined;

/** Whether a URL is that of the program's entry, which nothing imports. */
export function isEntry(url: string): boolean {
  return url === entry;
}

const resolveFile: ResolveHook = async (specifier, context, next) => {
  const tsconfig = isFileLike(specifier) ? undefined : tsconfigOf(specifier, context.parentURL);
  const mapped = tsconfig && mappedFile(specifier, tsconfig);
  if (mapped !== undefined) return next(mapped, context);
  try {
    return await next(specifier, context);
  } catch (error) {
    const url = isFileLike(specifier) ? withExtension(specifier, context.parentURL) : undefined;
    if (url !== undefined) return next(url, context);
    // The missing module may be what the broken file would have said.
    if (tsconfig?.problem !== undefined) (error as Error).message += `\n${tsconfig.problem}`;
    throw error;
  }
};

/** The tsconfig.json that counts for a specifier which is no path, in the program's own code. */
function tsconfigOf(specifier: string, parent: string | undefined): Tsconfig | undefined {
  if (parent === undefined || !isProgramCode(parent)) return undefined;
  if (isBuiltin(specifier) || /^[a-z][a-z\d+.-]+:/i.test(specifier)) return undefined;
  return tsconfigFor(fileURLToPath(parent));
}

/** The file that `paths` or `baseUrl` means; types alone are none. */
function mappedFile(specifier: string, tsconfig: Tsconfig): string | undefined {
  for (const path of candidatesOf(specifier, tsconfig)) {
    const url = pathToFileURL(path);
    const file = isFile(url) ? url.href : withExtension(url.href, undefined);
    if (file !== undefined && !/\.d\.[cm]?ts$/.test(file)) return file;
  }
  return undefined;
}

/** The file of this package that `greenlets` or `greenlets/…` means; undefined for any other specifier. */
function ownEntry(specifier: string): string | undefined {
  if (specifier !== OWN_NAME && !specifier.startsWith(`${OWN_NAME}/`)) return undefined;
  const target = entries().get(`.${specifier.slice(OWN_NAME.length)}`);
  if (target === undefined) {
    const error = new Error(
      `Package subpath '${specifier}' is not defined by the package ${OWN_NAME}`,
    );
    throw Object.assign(error, { code: 'ERR_PACKAGE_PATH_NOT_EXPORTED' });
  }
  return target;
}

let known: Map<string, string> | undefined;

/** This package's `exports`, as URLs. */
function entries(): Map<string, string> {
  if (known !== undefined) return known;
  const { exports } = JSON.parse(readFileSync(new URL('package.json', PACKAGE), 'utf8'));
  known = new Map();
  for (const [name, target] of Object.entries(exports)) {
    const file = typeof target === 'string' ? target : (target as { default: string }).default;
    known.set(name, new URL(file, PACKAGE).href);
  }
  return known;
}

function isFileLike(specifier: string): boolean {
  return /^(?:\.{0,2}\/|file:)/.test(specifier);
}

const EXTENSIONS = ['.ts', '.mts', '.tsx', '.js', '.mjs', '/index.ts', '/index.js'];
/** What an import of compiled output means before it is compiled. */
const SOURCES: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
};

/** The file that TypeScript would take for a specifier that names none. */
function withExtension(specifier: string, parent: string | undefined): string | undefined {
  if (parent === undefined && !specifier.startsWith('file:')) return undefined;
  const url = new URL(specifier, parent);
  const candidates = EXTENSIONS.map((extension) => url.pathname + extension);
  const compiled = /\.[cm]?js$/.exec(url.pathname)?.[0];
  if (compiled !== undefined) {
    const stem = url.pathname.slice(0, -compiled.length);
    candidates.unshift(...(SOURCES[compiled] as readonly string[]).map((each) => stem + each));
  }
  for (const pathname of candidates) {
    const candidate = new URL(url.href);
    candidate.pathname = pathname;
    if (isFile(candidate)) return candidate.href;
  }
  return undefined;
}

function isFile(url: URL): boolean {
  const path = fileURLToPath(url);
  return existsSync(path) && statSync(path).isFile();
}
