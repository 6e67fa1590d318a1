/** The tutorial as it comes with the extension: its parts and chapters, read from `media/tutorial` when they are first needed. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Chapter, Language, Part } from '../model/chapter.ts';

/** What of a chapter the reader runs and changes. */
export type ProgramName = 'program' | 'exercise';

export interface TutorialChapter {
  /** The name of its folder: `01-context-switch`. */
  id: string;
  chapter: Chapter;
}

/** A chapter's program, wherever the file is. */
export interface ProgramOf {
  chapter: TutorialChapter;
  program: ProgramName;
  language: Language;
}

/** What the path of a chapter's program ends with, in the extension and in the reader's folder. */
const PROGRAM = /(?:^|[/\\])(\d\d-[\w-]+)[/\\](en|zh-cn)[/\\](program|exercise)\.ts$/;

export class Library {
  readonly #folder: string;
  #chapters: TutorialChapter[] | undefined;
  #parts: Part[] | undefined;

  /** @param folder `media/tutorial` of the extension. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** In the order in which they are read. */
  get parts(): readonly Part[] {
    this.#parts ??= JSON.parse(readFileSync(join(this.#folder, 'parts.json'), 'utf8')) as Part[];
    return this.#parts;
  }

  /** In the order in which they are read: that of the parts, then that of their numbers. */
  get chapters(): readonly TutorialChapter[] {
    this.#chapters ??= this.parts.flatMap(({ id }) =>
      this.#read().filter(({ chapter }) => chapter.part === id),
    );
    return this.#chapters;
  }

  find(id: string): TutorialChapter | undefined {
    return this.chapters.find((each) => each.id === id);
  }

  /** The chapter so many after this one; undefined beyond the ends. */
  neighbor({ id }: TutorialChapter, offset: number): TutorialChapter | undefined {
    return this.chapters[this.chapters.findIndex((each) => each.id === id) + offset];
  }

  /** Which program of the tutorial a file is; undefined for all others. */
  programAt(path: string): ProgramOf | undefined {
    const [, id = '', language, program] = PROGRAM.exec(path) ?? [];
    const chapter = this.find(id);
    if (chapter === undefined) return undefined;
    return { chapter, program: program as ProgramName, language: language as Language };
  }

  /** The text of a chapter's program as it comes with the extension. */
  program({ chapter, program, language }: ProgramOf): string {
    return this.#text(chapter, language, `${program}.ts`);
  }

  /** The chapter's text, in Markdown. */
  guide(chapter: TutorialChapter, language: Language): string {
    return this.#text(chapter, language, 'guide.md');
  }

  #text({ id }: TutorialChapter, language: Language, name: string): string {
    return readFileSync(join(this.#folder, id, language, name), 'utf8');
  }

  #read(): TutorialChapter[] {
    const names = readdirSync(this.#folder).sort();
    const ids = names.filter((name) => existsSync(join(this.#folder, name, 'chapter.json')));
    return ids.map((id) => {
      const text = readFileSync(join(this.#folder, id, 'chapter.json'), 'utf8');
      return { id, chapter: JSON.parse(text) as Chapter };
    });
  }
}
