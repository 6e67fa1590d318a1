/** Why a program could not be started. */

import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SpawnError } from './subprocess-errors.ts';

/**
 * Finds out why, since Node tells it in a later turn only.
 *
 * @param file the program's name or path.
 */
export function spawnError(
  file: string,
  cwd: string | URL | undefined,
  env: NodeJS.ProcessEnv = process.env,
): SpawnError {
  const folder = cwd instanceof URL ? fileURLToPath(cwd) : (cwd ?? process.cwd());
  if (!existsSync(folder)) return new SpawnError(`There is no folder ${folder}`, 'ENOENT');
  const found = placesOf(file, folder, env).filter((path) => existsSync(path));
  if (found.length === 0) return new SpawnError(`There is no program ${file}`, 'ENOENT');
  if (!found.some(isExecutable)) {
    return new SpawnError(`The program ${file} may not be executed`, 'EACCES');
  }
  return new SpawnError(`The program ${file} could not be started`, 'EUNKNOWN');
}

function placesOf(file: string, folder: string, env: NodeJS.ProcessEnv): string[] {
  if (isAbsolute(file) || /[\\/]/.test(file)) return [resolve(folder, file)];
  return (env.PATH ?? '').split(delimiter).map((each) => join(each, file));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
