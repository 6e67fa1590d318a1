/**
 * What the transform made of a file, kept on disk, so that an unchanged program starts without being transformed again. The cache
 * may be missing, read-only, full or damaged: then programs start more slowly, and nothing else changes.
 *
 * There is one entry for a file, that of its newest text: a file that is saved again and again does not fill the disk.
 */

import { readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checksumOf } from './checksum.ts';
import { ASIDE, writeWhole } from './write-whole.ts';

export class Cache {
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /**
   * What was made of a text.
   *
   * @param names what tells the file, and the way it is read, from all others.
   * @param text what the file contains.
   * @returns undefined where nothing is kept, another text's is, or it is damaged.
   */
  get(names: readonly string[], text: string): string | undefined {
    const path = this.pathOf(names);
    try {
      const entry = readFileSync(path, 'utf8');
      const made = entry.slice(HEAD_LENGTH);
      if (entry.slice(0, HEAD_LENGTH) !== headOf(text, made)) return undefined;
      this.touch(path);
      return made;
    } catch {
      return undefined;
    }
  }

  /** Keeps what was made of a text. A reader sees all of it or nothing. */
  set(names: readonly string[], text: string, made: string): void {
    if (!writeWhole(this.pathOf(names), headOf(text, made) + made)) return;
    this.clean();
  }

  /** Removes what nobody has used for `KEPT_DAYS`, at most once a day. */
  private clean(): void {
    const stamp = join(this.folder, STAMP);
    const now = Date.now();
    try {
      if (now - (modified(stamp) ?? 0) < DAY) return;
      writeFileSync(stamp, '');
      for (const name of readdirSync(this.folder)) {
        const path = join(this.folder, name);
        if (now - (modified(path) ?? now) > lifetimeOf(name)) rmSync(path, { force: true });
      }
    } catch {
      // Another process cleans at the same time, or nobody may: then it stays.
    }
  }

  /** Notes that an entry is in use; a day's precision is enough, and spares the writing. */
  private touch(path: string): void {
    const now = Date.now();
    try {
      if (now - statSync(path).mtimeMs > DAY) utimesSync(path, now / 1000, now / 1000);
    } catch {
      // Read-only: then others clean, or nobody.
    }
  }

  private pathOf(names: readonly string[]): string {
    return join(this.folder, checksumOf(JSON.stringify(names)) + ENTRY);
  }
}

/** What the names of files end with that hold V8's code for the transform; the cache's folder keeps them, too. */
export const COMPILED = '.v8';
const ENTRY = '.entry';
/** Its time is that of the last cleaning. */
const STAMP = 'cleaned';
const DAY = 24 * 60 * 60 * 1000;
const KEPT_DAYS = 30;
const HEAD_LENGTH = 32;

/** What an entry begins with: it says which text it belongs to, and whether it is whole. */
function headOf(text: string, made: string): string {
  return checksumOf(text) + checksumOf(made);
}

/** After how many milliseconds a file of the folder has no use. */
function lifetimeOf(name: string): number {
  if (name.endsWith(ENTRY) || name.endsWith(COMPILED)) return KEPT_DAYS * DAY;
  return name.endsWith(ASIDE) ? DAY : Number.POSITIVE_INFINITY;
}

function modified(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs;
}
