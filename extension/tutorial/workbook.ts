/**
 * The reader's own copies of the tutorial's programs. A copy that has been edited is never overwritten: when the extension brings a
 * new version of the program, that goes into a file beside it. What was copied is remembered by its hash.
 */

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Library, ProgramOf } from './library.ts';

/** A copy that can be opened. */
export interface Copy {
  path: string;
  /** Where a new version was put beside the edited copy just now. */
  newVersion?: string;
}

/** Where the types are that programs import. */
export interface TypesPlace {
  /** The folder with those of `greenlets`. */
  greenlets: string;
  /** The folder with those of Node: `@types/node`, `undici-types`. */
  packages: string;
}

/** What is ours in the reader's folder. */
const OWN = '.greenlets';

export class Workbook {
  /** The reader's folder. */
  readonly folder: string;
  readonly #library: Library;
  readonly #types: TypesPlace;

  constructor(folder: string, library: Library, types: TypesPlace) {
    this.folder = folder;
    this.#library = library;
    this.#types = types;
  }

  /** Where the copy of a program is, or would be. */
  pathOf(program: ProgramOf): string {
    return join(this.folder, keyOf(program));
  }

  /**
   * Makes sure that there is a copy of a program.
   *
   * @throws {Error} of the file system, where the folder cannot be written to.
   */
  fetch(program: ProgramOf): Copy {
    const path = this.pathOf(program);
    const original = this.#library.program(program);
    if (!existsSync(path)) return this.reset(program);
    this.#prepare();
    const [offered, copied] = [hashOf(original), this.#copied()[keyOf(program)]];
    const present = hashOf(readFileSync(path, 'utf8'));
    if (offered === copied || offered === present) return { path };
    if (present === copied) return this.reset(program);
    const newVersion = path.replace(/\.ts$/, '.new.ts');
    this.#write(program, newVersion);
    return { path, newVersion };
  }

  /** Whether the reader's copy differs from what comes with the extension. */
  isEdited(program: ProgramOf): boolean {
    const path = this.pathOf(program);
    return existsSync(path) && readFileSync(path, 'utf8') !== this.#library.program(program);
  }

  /** Overwrites the reader's copy, if there is one. Ask before. */
  reset(program: ProgramOf): Copy {
    this.#prepare();
    const path = this.pathOf(program);
    this.#write(program, path);
    return { path };
  }

  #write(program: ProgramOf, path: string): void {
    const original = this.#library.program(program);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, original);
    writeJson(this.#record, { ...this.#copied(), [keyOf(program)]: hashOf(original) });
  }

  /** The hashes of what was copied, by key. */
  #copied(): Record<string, string | undefined> {
    return existsSync(this.#record) ? JSON.parse(readFileSync(this.#record, 'utf8')) : {};
  }

  get #record(): string {
    return join(this.folder, OWN, 'copied.json');
  }

  /**
   * Lets types resolve without an install: from the extension, whose path changes with its version. So what names it is ours and
   * written anew each time; the reader's own files only refer to it.
   */
  #prepare(): void {
    mkdirSync(join(this.folder, OWN), { recursive: true });
    const { greenlets, packages } = this.#types;
    const compilerOptions = {
      target: 'es2022',
      lib: ['es2023', 'esnext.disposable', 'dom'],
      module: 'preserve',
      moduleDetection: 'force',
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      typeRoots: [join(packages, '@types')],
      types: ['node'],
      paths: {
        greenlets: [join(greenlets, 'index.d.ts')],
        'greenlets/*': [join(greenlets, '*.d.ts')],
        'undici-types': [join(packages, 'undici-types/index.d.ts')],
      },
    };
    writeJson(join(this.folder, OWN, 'tsconfig.json'), { compilerOptions });
    const extending = { extends: `./${OWN}/tsconfig.json`, include: ['*/*/*.ts'] };
    const tsconfig = join(this.folder, 'tsconfig.json');
    if (!existsSync(tsconfig)) writeJson(tsconfig, extending);
  }
}

function keyOf({ chapter, program, language }: ProgramOf): string {
  return `${chapter.id}/${language}/${program}.ts`;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function writeJson(path: string, value: object): void {
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
}
