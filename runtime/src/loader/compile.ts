/** From a file of the program to the text of the module that it becomes. Loading this takes the transform and its parser along. */

import { transform } from '../transform.ts';
import { commonjsHead } from './commonjs.ts';
import { formatOf } from './format.ts';
import { COMMONJS, type OwnFile } from './own-file.ts';

/**
 * Transforms a file.
 *
 * @returns the module's text with its source map, or `COMMONJS`.
 * @throws {SourceError} if the file does not parse, or uses what is not supported.
 */
export function compile(file: OwnFile): string {
  const { url, filename, code, entry } = file;
  const format = formatOf(file);
  if (format === 'commonjs' && !entry) return COMMONJS;
  const head = format === 'commonjs' ? commonjsHead(filename, code) : '';
  const { code: output, map } = transform(code, { filename, head, format: 'module' });
  const json = JSON.stringify({ ...map, sources: [url] });
  const encoded = Buffer.from(json).toString('base64');
  return `${output}\n//# sourceMappingURL=data:application/json;base64,${encoded}`;
}
