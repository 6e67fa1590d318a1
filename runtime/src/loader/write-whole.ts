/** Writing files that other processes read meanwhile. */

import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** What the name of a file ends with that is not whole yet. */
export const ASIDE = '.aside';
/** What is kept is code that will run: only the user may change it. */
const PRIVATE_FOLDER = 0o700;

/**
 * Writes a file so that a reader sees all of it or nothing.
 *
 * @returns whether it was written; nothing is left behind if not.
 */
export function writeWhole(path: string, data: string | Buffer): boolean {
  const aside = `${path}.${process.pid}-${performance.now()}${ASIDE}`;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: PRIVATE_FOLDER });
    writeFileSync(aside, data, { flag: 'wx' });
    renameSync(aside, path);
    return true;
  } catch {
    removeQuietly(aside);
    return false;
  }
}

function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // The folder is no folder, or nobody may.
  }
}
