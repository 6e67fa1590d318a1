/** What kind of module a file is. */

import { hasModuleSyntax } from '../transform/parse.ts';
import type { OwnFile } from './own-file.ts';

export type FileFormat = 'module' | 'commonjs';

/**
 * The format of a file: by its extension; else a module if it has `import` or `export`, whatever the nearest package.json says,
 * since TypeScript's files are written so in CommonJS packages too; else by that package.json; else CommonJS in `node_modules`, as
 * Node has it, and a module in the program, unless it is written like CommonJS.
 */
export function formatOf({
  filename,
  code,
  type,
}: Pick<OwnFile, 'filename' | 'code' | 'type'>): FileFormat {
  if (/\.m[jt]s$/.test(filename)) return 'module';
  if (filename.endsWith('.cjs')) return 'commonjs';
  if (filename.endsWith('.cts')) return formatOfText(code, filename);
  if (type === 'module') return type;
  if (type === undefined && !isInPackage(filename) && !COMMONJS_WORDS.test(code)) return 'module';
  return formatOfText(code, filename);
}

function isInPackage(filename: string): boolean {
  return /[\\/]node_modules[\\/]/.test(filename);
}

function formatOfText(code: string, filename: string): FileFormat {
  return hasModuleSyntax(code, filename) ? 'module' : 'commonjs';
}

/** What only CommonJS code contains; a comment or a string may contain it too, hence the second look. */
const COMMONJS_WORDS =
  /\brequire\s*[(.]|\bmodule\s*[.[]|\bexports\s*[.[=]|\b__(?:dirname|filename)\b/;
