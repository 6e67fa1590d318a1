/** Node's child processes: `execSync`, `execFileSync` and `spawnSync`. */

import childProcess from 'node:child_process';
import { type ChildDone, type ChildOptions, runChild } from '../io/run-child.ts';
import { blocking, type Callable, type Patchable } from './patchable.ts';
import { ask, type Begin, type Done, twinOf } from './twin.ts';

/** What `spawnSync` keeps of a child's output where no option says more. */
const MAX_BUFFER = 1024 * 1024;

/** A call, its arguments in their places. */
interface Command {
  file: string;
  args: readonly string[];
  options: ChildOptions;
}

/** `execSync`, `execFileSync`, `spawnSync`. */
export function childProcessFunctions(): Patchable[] {
  const { execFileSync, execSync, spawnSync } = childProcess;
  return [
    childFunction('execFileSync', execFileSync, (args, done) => {
      const command = commandOf(args);
      if (command === undefined) return undefined;
      const { file, args: list, options } = command;
      const shown = [options.argv0 ?? file, ...list].join(' ');
      return run(command, ending(shown, options, done));
    }),
    childFunction('execSync', execSync, ([text, given], done) => {
      const command = commandOf([text, [], given]);
      if (command === undefined) return undefined;
      const { options } = command;
      const shell = typeof options.shell === 'string' ? options.shell : true;
      const inShell = { ...command, options: { ...options, shell } };
      return run(inShell, ending(text as string, options, done));
    }),
    childFunction('spawnSync', spawnSync, (args, done) => {
      const command = commandOf(args);
      return command && run(command, done);
    }),
  ];
}

function childFunction(
  name: string,
  fn: Callable,
  begin: (args: readonly unknown[], done: Done) => ReturnType<Begin>,
): Patchable {
  const form = twinOf(`child_process.${name}`, fn, (self, args, done) =>
    begin(args, (error, value) => {
      // The child could not be started, and will not be now.
      if (Object(value ?? error).output === null) ask(fn, self, args, done);
      else done(error, value);
    }),
  );
  return blocking('child_process', name, fn, form);
}

function run(command: Command, end: ChildDone): ReturnType<Begin> {
  const { file, args, options } = command;
  const child = runChild(file, args, { maxBuffer: MAX_BUFFER, ...options }, end);
  return { on: child.label, cancel: () => child.kill(), isIdle: true };
}

/** Makes of the result what `execSync` and `execFileSync` return or throw. */
function ending(command: string, options: ChildOptions, done: Done): ChildDone {
  return (failure, result) => {
    if (result === undefined) {
      done(failure);
      return;
    }
    const { error, status, stderr, stdout } = result;
    if (!options.stdio && stderr) process.stderr.write(stderr);
    if (error !== undefined) {
      done(Object.assign(error, result));
    } else if (status !== 0) {
      const text = stderr !== null && stderr.length > 0 ? `\n${stderr}` : '';
      done(Object.assign(new Error(`Command failed: ${command}${text}`), result));
    } else {
      done(null, stdout);
    }
  };
}

/** The call, if nothing in it is wrong or rare; undefined where Node's own function had better look at it. */
function commandOf([file, second, third]: readonly unknown[]): Command | undefined {
  const hasList = Array.isArray(second) || second === undefined || second === null;
  const options = (hasList ? third : second) ?? (third === null ? null : {});
  if (typeof file !== 'string' || typeof options !== 'object' || options === null) return undefined;
  if (Array.isArray(options)) return undefined;
  const args = Array.isArray(second) ? second : [];
  const given = options as ChildOptions;
  return areKnown(given) ? { file, args, options: { ...given } } : undefined;
}

function areKnown({ input, timeout, maxBuffer, stdio }: ChildOptions): boolean {
  return (
    (!input || typeof input === 'string' || ArrayBuffer.isView(input)) &&
    (timeout === undefined || timeout === null || (Number.isInteger(timeout) && timeout >= 0)) &&
    (maxBuffer === undefined ||
      maxBuffer === null ||
      (typeof maxBuffer === 'number' && maxBuffer >= 0)) &&
    (Array.isArray(stdio) ? stdio.every(isKnownStdio) : isKnownStdio(stdio))
  );
}

/** A child that does not block can talk over `ipc`, and a stream has to have a descriptor. */
function isKnownStdio(stdio: unknown): boolean {
  if (typeof stdio !== 'object' || stdio === null) return stdio !== 'ipc';
  return typeof (stdio as { fd?: unknown }).fd === 'number';
}
