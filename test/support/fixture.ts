/** Programs for tests: written into a folder of their own, run as a user would run them, and removed afterwards. */

import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The loader, as an absolute URL, for `node --import`. */
export const REGISTER = new URL(
  'register.js',
  process.env.DIST ?? new URL('../../runtime/dist/', import.meta.url),
).href;

/** A program on disk. */
export interface Fixture {
  /** The folder, with symbolic links resolved. */
  folder: string;
  /** The absolute path of the entry. */
  path: string;
  /** The one-based line of each `// @name` comment of the entry. */
  marks: ReadonlyMap<string, number>;
}

/** What a program left behind. */
export interface Outcome extends Fixture {
  stdout: string;
  stderr: string;
  /** The exit code; null after a signal. */
  code: number | null;
}

export interface FixtureOptions {
  /** The name of the entry. */
  name?: string;
  /** Further files, by name. */
  files?: Readonly<Record<string, string>>;
  /** Arguments of the program. */
  args?: readonly string[];
  /** Arguments of Node, before the program. */
  nodeArgs?: readonly string[];
  /** Changes to the environment; undefined removes a variable. */
  env?: Readonly<Record<string, string | undefined>>;
  /** The executable of another Node. */
  node?: string;
}

/** Writes a program into a new folder outside the repository, runs `use` with it, and removes the folder. */
export async function withProgram<T>(
  text: string,
  options: FixtureOptions,
  use: (fixture: Fixture) => Promise<T>,
): Promise<T> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'greenlets-test-')));
  try {
    const path = join(folder, options.name ?? 'main.ts');
    for (const [name, content] of Object.entries({ ...options.files, [path]: text })) {
      const file = name === path ? path : join(folder, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
    return await use({ folder, path, marks: marksOf(text) });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs a program through the loader, in a process of its own; what it transforms is not kept, unless `env` says so. */
export async function runProgram(text: string, options: FixtureOptions = {}): Promise<Outcome> {
  return withProgram(text, options, async (fixture) => {
    const { args = [], nodeArgs = [], env = {}, node = process.execPath } = options;
    const child = spawn(node, ['--import', REGISTER, ...nodeArgs, fixture.path, ...args], {
      cwd: fixture.folder,
      env: { ...process.env, GREENLETS_CACHE: '0', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk) => {
      stderr += chunk;
    });
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    return { ...fixture, stdout, stderr, code };
  });
}

/** The one-based line of each `// @name` comment. */
export function marksOf(text: string): Map<string, number> {
  const marks = new Map<string, number>();
  for (const [index, line] of text.split('\n').entries()) {
    for (const [, name] of line.matchAll(/\/\/.*?@(\w+)/g)) marks.set(name as string, index + 1);
  }
  return marks;
}

/** The absolute path of a file of the repository. */
export function repositoryPath(name: string): string {
  return fileURLToPath(new URL(`../../${name}`, import.meta.url));
}
