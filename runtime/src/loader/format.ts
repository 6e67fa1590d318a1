/** What kind of module a file is. */

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hasModuleSyntax } from '../transform/parse.ts';

export type FileFormat = 'module' | 'commonjs';

/**
 * The format of a file: by its extension; else a module if it has `import` or `export`, whatever the nearest package.json says,
 * since TypeScript's files are written so in CommonJS packages too; else by that package.json; else a module, unless it is written
 * like CommonJS.
 *
 * @param code its text.
 */
export function formatOf(filename: string, code: string): FileFormat {
  if (/\.m[jt]s$/.test(filename)) return 'module';
  if (/\.c[jt]s$/.test(filename)) return 'commonjs';
  const type = packageType(dirname(filename));
  if (type === 'module') return type;
  if (type === undefined && !COMMONJS.test(code)) return 'module';
  return hasModuleSyntax(code, filename) ? 'module' : 'commonjs';
}

/** What only CommonJS code contains; a comment or a string may contain it too, hence the second look. */
const COMMONJS =
  /\brequire\s*\(|\bmodule\s*\.\s*exports\b|\bexports\s*\.|\b__(?:dirname|filename)\b/;

const types = new Map<string, FileFormat | undefined>();

/** The `type` of the nearest package.json; undefined where it has none. */
function packageType(folder: string): FileFormat | undefined {
  if (types.has(folder)) return types.get(folder);
  const path = join(folder, 'package.json');
  const parent = dirname(folder);
  let type: FileFormat | undefined;
  if (existsSync(path)) type = typeIn(readFileSync(path, 'utf8'));
  else if (parent !== folder) type = packageType(parent);
  types.set(folder, type);
  return type;
}

function typeIn(json: string): FileFormat | undefined {
  try {
    const { type } = JSON.parse(json);
    return type === 'module' || type === 'commonjs' ? type : undefined;
  } catch {
    return undefined;
  }
}
