/** What becomes of a file of the program: made once as long as the file does not change. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Cache, COMPILED } from './cache.ts';
import { cacheFolder } from './cache-folder.ts';
import { type Loaded, loadCompiled } from './compiled-code.ts';
import type { Compiled, OwnFile, Role } from './own-file.ts';
import { PACKAGE } from './package.ts';
import { packageType } from './package-type.ts';
import { languageFor } from './tsconfig.ts';

export type { Compiled, Role } from './own-file.ts';

/**
 * Transforms a file, or finds what an earlier process has made of it.
 *
 * @param role how the program uses it.
 * @throws {SourceError} if it does not parse, or uses what is not supported.
 */
export function outputOf(url: string, role: Role): Compiled {
  const filename = fileURLToPath(url);
  const code = readFileSync(filename, 'utf8');
  const type = packageType(filename);
  const language = languageFor(filename);
  const names = [
    BUILD,
    url,
    type ?? '',
    role,
    language === undefined ? '' : JSON.stringify(language),
    INJECT ? 'inject' : '',
  ];
  const known = CACHE?.get(names, code);
  if (known !== undefined) return unpacked(known);
  const made = compile({ url, filename, code, type, role, language, injectSwitches: INJECT });
  CACHE?.set(names, code, packed(made));
  return made;
}

let compiler: Loaded<typeof import('./compile.ts')> | undefined;

/** Takes the transform and its parser along: they take long to load, so that is done only if need be. */
function compile(file: OwnFile): Compiled {
  if (compiler !== undefined) return compiler.exports.compile(file);
  const name = `${BUILD.slice(0, 16)}-${process.version}-${process.arch}${COMPILED}`;
  const kept = FOLDER === undefined ? undefined : join(FOLDER, name);
  const paths = [fileURLToPath(new URL(`dist/${name}`, PACKAGE)), ...(kept ? [kept] : [])];
  compiler = loadCompiled(new URL('dist/compile.cjs', PACKAGE), paths);
  const made = compiler.exports.compile(file);
  if (kept !== undefined && !compiler.known) compiler.keep(kept);
  return made;
}

/** For tests of programs: whether every call gives way. */
const INJECT = process.env.GREENLETS_INJECT_SWITCHES === '1';
/** Tells the builds of this package apart: another one may transform the same file differently. Empty for an unknown one. */
const BUILD = readBuild();
const FOLDER = BUILD === '' ? undefined : cacheFolder(process.env, process.platform);
const CACHE = FOLDER === undefined ? undefined : new Cache(FOLDER);

function readBuild(): string {
  try {
    return readFileSync(new URL('dist/build-id', PACKAGE), 'utf8');
  } catch {
    return '';
  }
}

function packed({ format, text }: Compiled): string {
  return `${format}\n${text}`;
}

function unpacked(entry: string): Compiled {
  const end = entry.indexOf('\n');
  return { format: entry.slice(0, end) as Compiled['format'], text: entry.slice(end + 1) };
}
