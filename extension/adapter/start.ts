/** How a program comes under the debugger: started as a process of the adapter's, started in a terminal, or joined where it runs. */

import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Attach, join as joinRunning } from './attach.ts';
import { Debuggee } from './debuggee.ts';
import { UserError } from './errors.ts';
import { inspectorAt } from './inspector.ts';
import type { Launch } from './launch.ts';
import { ForeignProcess, type ProgramProcess } from './process.ts';
import { Program, type ProgramListener } from './program.ts';
import { failureText } from './start-failure.ts';
import type { Target } from './target.ts';
import { type RunInTerminal, startInTerminal } from './terminal.ts';

/** How long a process without a connection may take to end, in milliseconds. */
const LAST_WORDS = 2000;
/** How much of a failed program's stderr is looked at for the reason. */
const STDERR_KEPT = 20_000;

/**
 * Starts a program and brings it to the pause before its first line, all its static imports loaded.
 *
 * @param runtimePath the folder of the runtime's build.
 * @param onProcess gets the process as soon as there is one, so that it can be ended at any time.
 * @throws {UserError} why it could not be started: what it says on stderr, if it says anything.
 */
export async function launchProgram(
  launch: Launch,
  runtimePath: string,
  listener: ProgramListener,
  onProcess: (debuggee: Debuggee) => void,
): Promise<Program> {
  let stderr = '';
  let program: Program | undefined;
  const debuggee = await Debuggee.start(
    launch,
    runtimePath,
    (category, text) => {
      if (category === 'stderr') stderr = (stderr + text).slice(-STDERR_KEPT);
      listener.output(category, text);
    },
    (line) => program?.told(line),
    onProcess,
  );
  const failure = debuggee.ended.then((exit) => {
    throw new UserError(failureText(stderr, exit));
  });
  failure.catch(() => {});
  try {
    const url = await Promise.race([debuggee.inspector, failure]);
    program = await Promise.race([
      start(url, launch, runtimePath, () => debuggee, listener),
      failure,
    ]);
    return program;
  } catch (error) {
    if (error instanceof UserError) {
      debuggee.kill();
      throw error;
    }
    // The connection breaks a moment before the process ends, and only its end tells why.
    setTimeout(() => debuggee.kill(), LAST_WORDS).unref();
    return await failure;
  }
}

/**
 * Starts a program in a terminal, as `launch` does without one.
 *
 * @throws {UserError} why it could not be started.
 */
export async function launchInTerminal(
  launch: Launch,
  runtimePath: string,
  listener: ProgramListener,
  run: RunInTerminal,
): Promise<Program> {
  const url = await startInTerminal(launch, runtimePath, run);
  const processOf = ({ connection }: Target) => new ForeignProcess(connection);
  return start(url, launch, runtimePath, processOf, listener);
}

/** Brings a process that waits for its debugger to the pause before its first line. */
async function start(
  url: string,
  launch: Launch,
  runtimePath: string,
  processOf: (target: Target) => ProgramProcess,
  listener: ProgramListener,
): Promise<Program> {
  const folder = pathToFileURL(join(realpathSync(runtimePath), '/')).href;
  const program = await Program.connect(
    url,
    launch.skipFiles,
    listener,
    async () => folder,
    processOf,
  );
  await program.toEntry(launch.program);
  return program;
}

/**
 * Joins a program that somebody else has started.
 *
 * @throws {UserError} why it cannot be joined.
 */
export async function attachTo(attach: Attach, listener: ProgramListener): Promise<Program> {
  const url = await inspectorAt(attach.address, attach.port);
  let isAtEntry = false;
  const program = await Program.connect(
    url,
    attach.skipFiles,
    listener,
    async (connection) => {
      const joined = await joinRunning(connection);
      isAtEntry = joined.isAtEntry;
      return joined.folder;
    },
    ({ connection }) => new ForeignProcess(connection),
  );
  await program.join({ isAtEntry, isWaiting: attach.isChild });
  return program;
}
