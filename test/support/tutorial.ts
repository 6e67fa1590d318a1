/** The tutorial's chapters and their files. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Chapter, Language, Part } from '../../extension/model/chapter.ts';

/** The repository. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** The tutorial's folder. */
export const TUTORIAL = join(ROOT, 'media/tutorial');

export const parts: Part[] = JSON.parse(readFileSync(join(TUTORIAL, 'parts.json'), 'utf8'));

/** A chapter with the name of its folder, such as `01-context-switch`. */
export interface NamedChapter extends Chapter {
  folder: string;
}

/** All of them, in order. */
export const chapters: NamedChapter[] = readdirSync(TUTORIAL, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && /^\d\d-/.test(entry.name))
  .map(({ name }) => name)
  .sort()
  .map((folder) => ({ folder, ...JSON.parse(readText(folder, 'chapter.json')) }));

/** The number that a chapter's folder begins with: `01`. */
export function numberOf({ folder }: NamedChapter): string {
  return folder.slice(0, 2);
}

/** A chapter's file in a language: `guide.md`, `program.ts`, `exercise.ts`, `solution.ts`. */
export function fileOf({ folder }: NamedChapter, language: Language, name: string): string {
  return join(TUTORIAL, folder, language, name);
}

/** The content of a file of the tutorial. */
export function readText(...path: string[]): string {
  return readFileSync(join(TUTORIAL, ...path), 'utf8');
}
