/**
 * Runs the transform over files for the marks in the source: in a thread, so that a large file does not hold up the editor. The
 * transform is the built runtime's own, so the marks are right by construction.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import type { FileOutline, RuntimeForms } from '../../runtime/src/protocol/switch-points.ts';

/** What the thread is started with. */
export interface OutlineOptions {
  /** The folder of the runtime's build. */
  runtimePath: string;
}

/** A file to look at. */
export interface OutlineRequest {
  id: number;
  /** The absolute path; its extension says what the file is written in. */
  filename: string;
  code: string;
}

/** What was found; undefined for a file that does not parse. */
export interface OutlineAnswer {
  id: number;
  outline: FileOutline | undefined;
}

interface Transform {
  outline(code: string, options: { filename: string }, forms: RuntimeForms): FileOutline;
}

const { runtimePath }: OutlineOptions = workerData;
const forms: RuntimeForms = JSON.parse(readFileSync(join(runtimePath, 'forms.json'), 'utf8'));
const loaded = import(pathToFileURL(join(runtimePath, 'transform.js')).href) as Promise<Transform>;

parentPort?.on('message', async ({ id, filename, code }: OutlineRequest) => {
  const { outline } = await loaded;
  const answer: OutlineAnswer = { id, outline: undefined };
  try {
    answer.outline = outline(code, { filename }, forms);
  } catch {
    // Half-typed text; the next version of it will parse.
  }
  parentPort?.postMessage(answer);
});
