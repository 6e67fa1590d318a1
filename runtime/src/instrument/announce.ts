/** A child of a program that is being debugged tells the debugger of itself, and waits until that has joined it. */

import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { open, url, waitForDebugger } from 'node:inspector';
import { join } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import { CHILDREN, type ChildProgram, DEBUG_OPTIONS } from '../protocol/bridge.ts';

/** How long the debugger may take to answer, and how often it is looked for that, in milliseconds. */
const ANSWER_LIMIT = 5000;
const RETRY = 5;

/** Call it before the program's first line. Nothing happens where no debugger wants to know of children. */
export function announceChild(): void {
  const folder = process.env[CHILDREN];
  // The program that the debugger has started itself has options of its own.
  if (!folder || process.env[DEBUG_OPTIONS] !== undefined || !isMainThread) return;
  if (url() !== undefined || !existsSync(folder)) return;
  const path = (ending: string) => join(folder, `${process.pid}.${ending}`);
  const write = (ending: string, text: string) => {
    writeFileSync(path('part'), text);
    renameSync(path('part'), path(ending));
  };
  try {
    const child: ChildProgram = { program: process.argv[1] ?? '' };
    write('json', JSON.stringify(child));
    const end = Date.now() + ANSWER_LIMIT;
    while (!existsSync(path('ok'))) {
      if (Date.now() > end || !existsSync(folder)) return;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY);
    }
    open(0, '127.0.0.1');
    write('port', new URL(url() as string).port);
  } catch {
    // The debugger has gone, and its folder with it: the child runs without one.
    return;
  }
  waitForDebugger();
}
