/** Runs a program of the tutorial as `greenlets trace FILE --json OUT` does, in one process less. */

import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type ProgramRun, tracedRun } from '../../extension/model/chapter-check.ts';
import { TRACE_OPTIONS } from '../../runtime/src/protocol/trace.ts';
import { ROOT } from './tutorial.ts';

const PRELOAD = pathToFileURL(join(ROOT, 'runtime/dist/trace.js')).href;
/** A program that has not ended after so many milliseconds never will. */
const LIMIT = 60_000;
const NO_TRACE = '{ "switches": [], "greenlets": [] }';

/** Runs a program and returns what it has done. */
export async function runTraced(file: string): Promise<ProgramRun> {
  const folder = mkdtempSync(join(tmpdir(), 'greenlets-tutorial-'));
  const json = join(folder, 'trace.json');
  try {
    return await new Promise((resolve) => {
      const options = {
        timeout: LIMIT,
        env: { ...process.env, [TRACE_OPTIONS]: JSON.stringify({ json }) },
      };
      const args = ['--import', PRELOAD, file];
      const child = execFile(process.execPath, args, options, (_error, stdout, stderr) => {
        const trace = existsSync(json) ? readFileSync(json, 'utf8') : NO_TRACE;
        resolve(tracedRun(stdout, stderr, child.exitCode, trace));
      });
      child.stdin?.end();
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
