/** `greenlets run` and `greenlets trace`: both start the program in a process of its own, with the loader in place. */

import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { constants } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { TRACE_OPTIONS, type TraceOptions } from '../protocol/trace.ts';

const USAGE = `Usage:
  greenlets run FILE [ARGS…]
      runs a program
  greenlets trace FILE [--json OUT] [--perfetto OUT] [-- ARGS…]
      runs it, then prints its switches and its greenlets`;

const MISUSED = 2;
/** A process that a signal has ended counts as having exited with this plus the signal's number. */
const SIGNAL_EXIT = 128;
const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs a command line.
 *
 * @param args what follows `greenlets`.
 * @returns the exit code: the program's own, or 2 when the command line cannot be understood.
 */
export async function main(args: readonly string[]): Promise<number> {
  const [command, ...rest] = args;
  switch (command) {
    case 'run':
      return run('register', rest, {});
    case 'trace':
      return trace(rest);
    case 'help':
    case '--help':
    case '-h':
      console.log(USAGE);
      return 0;
    default:
      return misused(command === undefined ? 'a command is missing' : `unknown command ${command}`);
  }
}

async function trace(args: string[]): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { json: { type: 'string' }, perfetto: { type: 'string' } },
    });
    const options: TraceOptions = {};
    if (values.json !== undefined) options.json = resolve(values.json);
    if (values.perfetto !== undefined) options.perfetto = resolve(values.perfetto);
    return await run('trace', positionals, { [TRACE_OPTIONS]: JSON.stringify(options) });
  } catch (error) {
    if (error instanceof TypeError) return misused(error.message);
    throw error;
  }
}

/** Runs `node --import PRELOAD FILE ARGS…` with this process's own streams. */
async function run(
  preload: string,
  [file, ...args]: readonly string[],
  env: Record<string, string>,
): Promise<number> {
  if (file === undefined) return misused('a program is missing');
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) {
    console.error(`greenlets: there is no file ${resolve(file)}`);
    return 1;
  }
  const imported = new URL(`./${preload}.js`, import.meta.url).href;
  const child = spawn(process.execPath, ['--import', imported, resolve(file), ...args], {
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  const forward = (signal: NodeJS.Signals) => child.kill(signal);
  for (const signal of FORWARDED) process.on(signal, forward);
  try {
    return await new Promise((done, fail) => {
      child.on('error', fail);
      child.on('exit', (code, signal) =>
        done(code ?? SIGNAL_EXIT + (signal === null ? 0 : constants.signals[signal])),
      );
    });
  } finally {
    for (const signal of FORWARDED) process.off(signal, forward);
  }
}

function misused(problem: string): number {
  console.error(`greenlets: ${problem}\n${USAGE}`);
  return MISUSED;
}
