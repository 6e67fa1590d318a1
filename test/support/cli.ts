/** Runs the built `greenlets` command in a process of its own. */

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../../runtime/bin/greenlets.js', import.meta.url));
/** A program that hangs is ended after so many milliseconds, and its test fails. */
const LIMIT = 60_000;

export interface Outcome {
  stdout: string;
  stderr: string;
  code: number | null;
}

/** Runs `greenlets ARGS…` and returns what it printed. */
export function greenlets(
  args: readonly string[],
  options: { cwd?: string } = {},
): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [BIN, ...args],
      { ...options, timeout: LIMIT },
      (_error, stdout, stderr) => resolve({ stdout, stderr, code: child.exitCode }),
    );
    child.stdin?.end();
  });
}
