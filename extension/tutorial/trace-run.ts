/** Runs a program in a process of its own, recorded, with limits: an exercise may do anything. */

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { TRACE_OPTIONS, type TraceOptions } from '../../runtime/src/protocol/trace.ts';
import { type ProgramRun, tracedRun } from '../model/chapter-check.ts';

export interface TraceRunOptions {
  /** The folder of the runtime's build. */
  runtimePath: string;
  /** How long the program may run, in milliseconds. */
  timeLimit: number;
  /** Ends the run when it is aborted. */
  signal?: AbortSignal;
}

/** A program that prints more than this is ended, in characters. */
const OUTPUT_LIMIT = 1_000_000;

/**
 * Runs a program to its end, or until a limit is reached; then its exit code is null.
 *
 * @throws {Error} where the process could not be started.
 */
export async function traceRun(path: string, options: TraceRunOptions): Promise<ProgramRun> {
  const folder = mkdtempSync(join(tmpdir(), 'greenlets-check-'));
  try {
    const json = join(folder, 'trace.json');
    const { stdout, stderr, exitCode } = await run(path, { json }, options);
    if (exitCode !== null) return tracedRun(stdout, stderr, exitCode, readFileSync(json, 'utf8'));
    const [output, errors] = [stdout.split('\n'), stderr.split('\n')];
    return { output, errors, exitCode: null, switches: [], greenlets: [] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Ended {
  stdout: string;
  stderr: string;
  exitCode: number | null;
}

function run(
  path: string,
  trace: TraceOptions,
  { runtimePath, timeLimit, signal }: TraceRunOptions,
): Promise<Ended> {
  const recorder = pathToFileURL(join(runtimePath, 'trace.js')).href;
  // The editor's own executable is a Node, too, when it is told so.
  const child = spawn(process.execPath, ['--import', recorder, path], {
    cwd: dirname(path),
    env: {
      ...process.env,
      ELECTRON_RUN_AS_NODE: '1',
      NODE_OPTIONS: '',
      [TRACE_OPTIONS]: JSON.stringify(trace),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that what it starts ends with it.
    detached: process.platform !== 'win32',
  });
  const end = () => {
    if (child.pid === undefined) return;
    try {
      if (process.platform === 'win32') child.kill('SIGKILL');
      else process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has ended already.
    }
  };
  const timer = setTimeout(end, timeLimit);
  if (signal?.aborted) end();
  signal?.addEventListener('abort', end);
  const texts = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      texts[stream] += text;
      if (texts[stream].length > OUTPUT_LIMIT) end();
    });
  }
  return new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ ...texts, exitCode }));
  }).finally(() => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', end);
    end();
  });
}
