/** Loading: the program's own files go through the transform. */

import { readFile } from 'node:fs/promises';
import type { LoadHook } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transform } from '../transform.ts';
import { commonjsHead } from './commonjs.ts';
import { formatOf } from './format.ts';
import { PACKAGE } from './package.ts';
import { isEntry } from './resolve.ts';

/** Node's hook `load`. */
export const load: LoadHook = async (url, context, next) => {
  if (!isOwnCode(url)) return next(url, context);
  const filename = fileURLToPath(url);
  const code = await readFile(filename, 'utf8');
  const format = formatOf(filename, code);
  if (format === 'commonjs' && !isEntry(url)) return next(url, context);
  const head = format === 'commonjs' ? commonjsHead(filename, code) : '';
  const { code: output, map } = transform(code, { filename, head, format: 'module' });
  const json = JSON.stringify({ ...map, sources: [url] });
  const comment = `\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(json).toString('base64')}`;
  return { format: 'module', source: output + comment, shortCircuit: true };
};

/** Whether a file belongs to the program: not to Node, to a package, or to this package. */
function isOwnCode(url: string): boolean {
  if (!url.startsWith('file:')) return false;
  const { pathname } = new URL(url);
  if (!/\.[cm]?[jt]s$/.test(pathname) || pathname.endsWith('.d.ts')) return false;
  return !pathname.includes('/node_modules/') && !url.startsWith(PACKAGE.href);
}
