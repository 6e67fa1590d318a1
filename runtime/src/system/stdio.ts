/** Where a child's input and output go. */

import type { StdioOptions } from 'node:child_process';

/** A pipe between this process and the child. */
export const PIPE: unique symbol = Symbol('PIPE');
/** Nowhere, and from nowhere. */
export const DEVNULL: unique symbol = Symbol('DEVNULL');
/** For `stderr`: where `stdout` goes. */
export const STDOUT: unique symbol = Symbol('STDOUT');

/** PIPE, DEVNULL, STDOUT, a descriptor or something that has one (`fd`); undefined: that of this process. */
export type Redirection =
  | typeof PIPE
  | typeof DEVNULL
  | typeof STDOUT
  | number
  | { readonly fd: number }
  | undefined;

/** What is redirected. */
interface Redirections {
  stdin?: Redirection;
  stdout?: Redirection;
  stderr?: Redirection;
  shell?: boolean | string;
}

/** What Node is given. */
interface Started {
  file: string;
  list: string[];
  stdio: StdioOptions;
}

/** One pipe for both outputs is something that Node cannot make, and a shell can. */
const BOTH = 'exec "$@" 2>&1';

/**
 * The program and its descriptors as Node wants them.
 *
 * @throws {TypeError} if a redirection is none.
 */
export function redirect(file: string, list: string[], options: Redirections): Started {
  const { stdin, stdout, stderr, shell = false } = options;
  if (stdin === STDOUT || stdout === STDOUT) throw new TypeError('STDOUT is for stderr only');
  const stdio = [nodeStdio(stdin, 0), nodeStdio(stdout, 1)] as (number | 'pipe' | 'ignore')[];
  if (stderr !== STDOUT) return { file, list, stdio: [...stdio, nodeStdio(stderr, 2)] };
  const [, output = 1] = stdio;
  if (output !== 'pipe') return { file, list, stdio: [...stdio, output] };
  const all: StdioOptions = [...stdio, 'ignore'];
  if (shell) return { file: `( ${[file, ...list].join(' ')}\n) 2>&1`, list: [], stdio: all };
  if (process.platform === 'win32') throw new TypeError('On Windows, STDOUT needs shell: true');
  return { file: '/bin/sh', list: ['-c', BOTH, 'sh', file, ...list], stdio: all };
}

function nodeStdio(given: Redirection, inherited: number): number | 'pipe' | 'ignore' {
  if (given === undefined) return inherited;
  if (given === PIPE) return 'pipe';
  if (given === DEVNULL) return 'ignore';
  const fd = typeof given === 'object' ? given.fd : given;
  if (typeof fd === 'number') return fd;
  throw new TypeError(
    `A redirection is PIPE, DEVNULL, STDOUT or a descriptor, not ${String(given)}`,
  );
}
