/** What the package around a file says of its format. */

import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

export type PackageType = 'module' | 'commonjs';

/** The `type` of the package.json that is nearest to a file; undefined where it has none. */
export function packageType(filename: string): PackageType | undefined {
  return typeOf(dirname(filename));
}

const types = new Map<string, PackageType | undefined>();

function typeOf(folder: string): PackageType | undefined {
  if (types.has(folder)) return types.get(folder);
  const path = join(folder, 'package.json');
  const parent = dirname(folder);
  let type: PackageType | undefined;
  if (existsSync(path)) type = typeIn(readFileSync(path, 'utf8'));
  // A package that has none is not a part of the project around it.
  else if (parent !== folder && basename(folder) !== 'node_modules') type = typeOf(parent);
  types.set(folder, type);
  return type;
}

function typeIn(json: string): PackageType | undefined {
  try {
    const { type } = JSON.parse(json);
    return type === 'module' || type === 'commonjs' ? type : undefined;
  } catch {
    return undefined;
  }
}
