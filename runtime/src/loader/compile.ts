/** From a file of the program to the text that it becomes. Loading this takes the transform and its parser along. */

import { transform } from '../transform.ts';
import { formatOf } from './format.ts';
import type { Compiled, OwnFile } from './own-file.ts';

/**
 * Transforms a file.
 *
 * @throws {SourceError} if the file does not parse, or uses what is not supported.
 */
export function compile(file: OwnFile): Compiled {
  const { url, filename, code, role, language, injectSwitches } = file;
  const format = formatOf(file);
  const isModule = format === 'module';
  const { code: output, map } = transform(code, {
    filename,
    format: isModule ? 'module' : 'script',
    loading: isModule && role === 'required' ? 'required' : undefined,
    language,
    injectSwitches,
  });
  // Without the source's text, which is in its file: Node reads and measures all of this at each start.
  const { sourcesContent: _, ...rest } = map;
  const json = JSON.stringify({ ...rest, sources: [url] });
  const encoded = Buffer.from(json).toString('base64');
  return {
    format,
    text: `${output}\n//# sourceMappingURL=data:application/json;base64,${encoded}`,
  };
}
