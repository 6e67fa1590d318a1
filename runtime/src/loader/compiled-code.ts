/**
 * V8's code for a large file of this package. Nearly half of what the first program costs that is transformed is V8 compiling the
 * transform, function by function as they are called; V8 can keep what it has compiled, for the same version of Node.
 */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';
import { writeWhole } from './write-whole.ts';

/** A CommonJS file that has been loaded. */
export interface Loaded<T> {
  readonly exports: T;
  /** Whether it was loaded from V8's code. */
  readonly known: boolean;
  /** Writes V8's code into a file, with all functions that have been called up to now. Returns whether it could. */
  keep(path: string): boolean;
}

/**
 * Loads a CommonJS file of this package.
 *
 * @param paths where V8's code may lie. They must tell apart all texts that the file ever has: V8 compares their lengths only.
 * @throws what the file throws, or reading it.
 */
export function loadCompiled<T>(url: URL, paths: readonly string[]): Loaded<T> {
  const filename = fileURLToPath(url);
  const text = readFileSync(url, 'utf8');
  // The parameters are those of CommonJS; on the same line, so that lines stay what they are.
  const wrapped = `(function (exports, require, module) {${text}\n})`;
  const cachedData = readCode(paths);
  const script = new Script(wrapped, { filename, cachedData });
  const module = { exports: {} as T };
  script.runInThisContext()(module.exports, createRequire(url), module);
  return {
    exports: module.exports,
    // V8 rejects what another version has written, or with other options.
    known: cachedData !== undefined && script.cachedDataRejected === false,
    keep: (path) => writeWhole(path, script.createCachedData()),
  };
}

function readCode(paths: readonly string[]): Buffer | undefined {
  for (const path of paths) {
    try {
      return readFileSync(path);
    } catch {
      // Not kept there.
    }
  }
  return undefined;
}
