/** Where a thread finds the function that it is to call. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A function in a module: its address, and the name that it is exported under. */
export interface ModuleJob {
  /** `new URL('./work.ts', import.meta.url)`. */
  readonly module: URL | string;
  /** `default` unless it is given. */
  readonly name?: string;
}

/** A function, or where it is. */
// biome-ignore lint/suspicious/noExplicitAny: any function can be a job.
export type Work<R = unknown> = ((...args: any[]) => R) | ModuleJob;

/** The modules that were made of functions; they are removed with the process. */
const made = new Map<string, string>();
let folder: string | undefined;

/**
 * The module of a job. A function's text goes into a module of its own: so it has no variables but its own, and the language's.
 *
 * @throws {TypeError} if it is neither a function with a text nor a module.
 */
export function moduleOf(work: Work): { url: string; name: string } {
  if (typeof work !== 'function') {
    if (work?.module === undefined)
      throw new TypeError('A job is a function, or a module and a name');
    return { url: String(work.module), name: work.name ?? 'default' };
  }
  const text = String(work);
  if (/\{\s*\[native code\]\s*\}\s*$/.test(text)) {
    throw new TypeError(`${work.name || 'The function'} has no text that can be sent to a thread`);
  }
  let url = made.get(text);
  if (url === undefined) {
    const path = join(ownFolder(), `job-${made.size}.ts`);
    const name = JSON.stringify(work.name);
    writeFileSync(path, `export default ({ [${name}]: ${text} })[${name}];\n`);
    url = pathToFileURL(path).href;
    made.set(text, url);
  }
  return { url, name: 'default' };
}

function ownFolder(): string {
  if (folder !== undefined) return folder;
  const path = mkdtempSync(join(tmpdir(), 'greenlets-jobs-'));
  folder = path;
  process.once('exit', () => rmSync(path, { recursive: true, force: true }));
  return path;
}
