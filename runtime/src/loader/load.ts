/** Loading: the program's own files go through the transform, once as long as they do not change. */

import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { LoadHook, LoadHookContext } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Cache } from './cache.ts';
import { cacheFolder } from './cache-folder.ts';
import { jsonModule } from './json.ts';
import { COMMONJS, isOwnCode, type OwnFile } from './own-file.ts';
import { PACKAGE } from './package.ts';
import { packageType } from './package-type.ts';
import { isEntry } from './resolve.ts';

/** Node's hook `load`. */
export const load: LoadHook = async (url, context, next) => {
  if (isPlainJson(url, context)) {
    const path = fileURLToPath(url);
    const source = jsonModule(await readFile(path, 'utf8'), path);
    return { format: 'module', source, shortCircuit: true };
  }
  if (!isOwnCode(url)) return next(url, context);
  const filename = fileURLToPath(url);
  const code = await readFile(filename, 'utf8');
  const source = await moduleOf({
    url,
    filename,
    code,
    type: packageType(filename),
    entry: isEntry(url),
  });
  if (source === COMMONJS) return next(url, context);
  return { format: 'module', source, shortCircuit: true };
};

/** Whether a JSON file is imported without saying that it is one. */
function isPlainJson(url: string, { importAttributes }: LoadHookContext): boolean {
  if (!url.startsWith('file:') || importAttributes?.type !== undefined) return false;
  return new URL(url).pathname.endsWith('.json');
}

/** The text of the module that a file becomes, or `COMMONJS`. The transform takes long to load, so that is done only if need be. */
async function moduleOf(file: OwnFile): Promise<string> {
  const { url, code, type = '', entry } = file;
  const names = [BUILD, url, type, String(entry)];
  const known = CACHE?.get(names, code);
  if (known !== undefined) return known;
  const { compile } = await import('./compile.ts');
  const made = compile(file);
  CACHE?.set(names, code, made);
  return made;
}

/** Tells the builds of this package apart: another one may transform the same file differently. Empty for an unknown one. */
const BUILD = readBuild();
const CACHE = openCache();

function readBuild(): string {
  try {
    return readFileSync(new URL('dist/build-id', PACKAGE), 'utf8');
  } catch {
    return '';
  }
}

function openCache(): Cache | undefined {
  const folder = BUILD === '' ? undefined : cacheFolder(process.env, process.platform);
  return folder === undefined ? undefined : new Cache(folder);
}
