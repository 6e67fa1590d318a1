/** What the project of a program says: which packages of its `node_modules` are transformed like its own code. */

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/**
 * The packages that a project lists: `"greenlets": { "transform": [NAMES] }` in its package.json, and `GREENLETS_TRANSFORM=a,b`. A
 * name may contain `*`, which stands for any text.
 *
 * @param folder the project's folder, or one in it.
 * @throws {Error} if the package.json cannot be read, or says what nobody knows.
 */
export function listedPackages(folder: string, env: NodeJS.ProcessEnv): string[] {
  const path = packageFile(folder);
  const listed = path === undefined ? [] : listIn(path);
  const more = (env.GREENLETS_TRANSFORM ?? '').split(',').map((name) => name.trim());
  return [...listed, ...more.filter((name) => name !== '')];
}

/** The folder that a program belongs to: that of its entry, unless that is a tool from `node_modules`. */
export function projectFolder(entry: string | undefined, cwd: string): string {
  if (entry === undefined) return cwd;
  const path = resolve(cwd, entry);
  return path.replaceAll('\\', '/').includes('/node_modules/') ? cwd : dirname(path);
}

let listed: RegExp | undefined;

/** From now on the files of these packages count as listed. */
export function listPackages(names: readonly string[]): void {
  listed = names.length === 0 ? undefined : new RegExp(`^(?:${names.map(patternOf).join('|')})$`);
}

/** The pattern of a regular expression for a name of the list. */
export function patternOf(name: string): string {
  return name.split('*').map(quoted).join('.*');
}

/** Whether a file belongs to a listed package: to itself, not to a package inside. */
export function isListed(url: string): boolean {
  if (listed === undefined || !url.startsWith('file:')) return false;
  const { pathname } = new URL(url);
  const at = pathname.lastIndexOf(FOLDER);
  if (at < 0) return false;
  const [first = '', second = ''] = pathname.slice(at + FOLDER.length).split('/');
  return listed.test(decodeURIComponent(first.startsWith('@') ? `${first}/${second}` : first));
}

const FOLDER = '/node_modules/';

function packageFile(folder: string): string | undefined {
  const path = join(folder, 'package.json');
  if (existsSync(path)) return path;
  const parent = dirname(folder);
  return parent === folder ? undefined : packageFile(parent);
}

function listIn(path: string): readonly string[] {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw problem(path, (error as Error).message);
  }
  const { greenlets: options = {} } = Object(content);
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    throw problem(path, '"greenlets" has to be an object, such as { "transform": ["a-package"] }');
  const unknown = Object.keys(options).find((name) => name !== 'transform');
  if (unknown !== undefined)
    throw problem(path, `"greenlets" has no option "${unknown}"; there is "transform"`);
  const { transform = [] } = options as { transform?: unknown };
  if (!Array.isArray(transform) || transform.some((name) => typeof name !== 'string'))
    throw problem(path, '"greenlets.transform" has to be a list of names of packages');
  return transform;
}

/** Where in the loader it was noticed helps nobody. */
function problem(path: string, text: string): Error {
  const error = new Error(`${path}: ${text}`);
  error.stack = `Error: ${error.message}`;
  return error;
}

function quoted(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
