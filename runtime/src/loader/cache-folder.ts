/** Where the cache of transformed files lies. */

import { lstatSync, mkdirSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

/**
 * The folder of the cache: `GREENLETS_CACHE` names one, or is `0` for none; by default it is `greenlets` in the user's folder for
 * caches. It need not exist.
 *
 * @returns undefined for none.
 */
export function cacheFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string | undefined {
  const { GREENLETS_CACHE: chosen = '' } = env;
  if (chosen === '0') return undefined;
  if (chosen !== '') return resolve(chosen);
  const caches = userCaches(env, platform);
  return caches === undefined ? temporaryFolder() : join(caches, 'greenlets');
}

/** The user's folder for caches by the custom of the platform; undefined where the user has none. */
function userCaches(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string | undefined {
  const { XDG_CACHE_HOME: xdg = '', LOCALAPPDATA: local = '' } = env;
  if (isAbsolute(xdg)) return xdg;
  if (platform === 'win32') return isAbsolute(local) ? local : undefined;
  try {
    return join(homedir(), platform === 'darwin' ? 'Library/Caches' : '.cache');
  } catch {
    // A user without a home, as containers have.
    return undefined;
  }
}

/** A folder among the temporary files; undefined if somebody else could write code into it that this user would run. */
function temporaryFolder(): string | undefined {
  const user = process.getuid?.();
  const folder = join(tmpdir(), user === undefined ? 'greenlets' : `greenlets-${user}`);
  if (user === undefined) return folder;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const stats = lstatSync(folder);
    return stats.isDirectory() && stats.uid === user && (stats.mode & 0o022) === 0
      ? folder
      : undefined;
  } catch {
    return undefined;
  }
}
