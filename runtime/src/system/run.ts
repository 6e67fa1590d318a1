/** Running a program to its end (gevent's `subprocess.run` and its kin). */

import { called } from '../core/call.ts';
import { switching } from '../core/ordinary.ts';
import { type Output, Popen, type PopenOptions } from './popen.ts';
import { PIPE } from './stdio.ts';
import { CalledProcessError } from './subprocess-errors.ts';

/** Options of `run` and its kin. */
export interface RunOptions extends PopenOptions {
  /** What the child reads. */
  input?: string | Uint8Array;
  /** Reads its output and its errors. */
  captureOutput?: boolean;
  /** Seconds after which the child is killed. */
  timeout?: number;
  /** Throws a CalledProcessError if it ends with another code than 0. */
  check?: boolean;
}

/** A child that has ended. */
export class CompletedProcess<T extends string | Buffer = string> {
  /** The program and its arguments. */
  readonly args: string | readonly string[];
  /** The exit code; negative: the number of the signal that has ended it. */
  readonly returncode: number;
  /** What it has written, where it was captured. */
  readonly stdout: T | undefined;
  readonly stderr: T | undefined;
  private readonly child: Popen<T>;

  /** @internal */
  constructor(child: Popen<T>, [stdout, stderr]: Output<T>) {
    this.child = child;
    this.args = child.args;
    this.returncode = child.returncode ?? 0;
    this.stdout = stdout;
    this.stderr = stderr;
    Object.defineProperty(this, 'child', { enumerable: false });
  }

  /** @throws {CalledProcessError} unless the code is 0. */
  checkReturncode(): void {
    const { child, returncode, stdout, stderr } = this;
    if (returncode !== 0) throw new CalledProcessError(returncode, child.failure([stdout, stderr]));
  }
}

type Args = string | readonly string[];

/** Runs one of the functions below. */
interface Runner<R, B> {
  (args: Args, options: RunOptions & { encoding: null }): B;
  (args: Args, options?: RunOptions): R;
}

/**
 * Runs a program to its end. May switch. If the caller is killed, or its time is over, the program is killed.
 *
 *     const { stdout } = run(['uname'], { captureOutput: true, check: true });
 *
 * @throws {SpawnError} if it cannot be started.
 * @throws {CalledProcessError} with `check`, if it ends with another code than 0.
 * @throws {TimeoutExpired} when the time is over.
 */
export const run: Runner<CompletedProcess, CompletedProcess<Buffer>> = switching(
  'run',
  runForm,
) as never;

/** Runs a program and returns its code. May switch. @throws {TimeoutExpired} */
export const call: (args: Args, options?: RunOptions) => number = switching(
  'call',
  callForm,
) as never;

/** Runs a program. May switch. @returns 0. @throws {CalledProcessError} if it ends with another code. */
export const checkCall: (args: Args, options?: RunOptions) => number = switching(
  'checkCall',
  checkCallForm,
) as never;

/** What a program writes to its output. May switch. @throws {CalledProcessError} if it ends with another code than 0. */
export const checkOutput: Runner<string, Buffer> = switching(
  'checkOutput',
  checkOutputForm,
) as never;

type Steps<R> = Generator<undefined, R, unknown>;

function* runForm(args: Args, options: RunOptions = {}): Steps<CompletedProcess> {
  const { input, captureOutput, timeout, check, ...rest } = options;
  if (captureOutput && (rest.stdout !== undefined || rest.stderr !== undefined)) {
    throw new TypeError('captureOutput is for a child whose stdout and stderr are not given');
  }
  if (input !== undefined && rest.stdin !== undefined) {
    throw new TypeError('input is for a child whose stdin is not given');
  }
  const child = new Popen(args, {
    ...rest,
    ...(captureOutput ? { stdout: PIPE, stderr: PIPE } : {}),
    ...(input === undefined ? {} : { stdin: PIPE }),
  });
  let output: unknown;
  try {
    output = yield* called(child.communicate, child, { input, timeout });
  } finally {
    // Whatever has gone wrong here: nobody else knows of the child.
    child.kill();
    for (const each of child.readers ?? []) {
      if (!each.ready()) yield* called(each.kill, each, undefined, { block: false });
    }
    for (const each of [child.stdin, child.stdout, child.stderr]) each?.close();
  }
  const completed = new CompletedProcess(child, output as Output<string>);
  if (check) completed.checkReturncode();
  return completed;
}

function* callForm(args: Args, options?: RunOptions): Steps<number> {
  return (yield* runForm(args, options)).returncode;
}

function* checkCallForm(args: Args, options?: RunOptions): Steps<number> {
  return (yield* runForm(args, { ...options, check: true })).returncode;
}

function* checkOutputForm(args: Args, options?: RunOptions): Steps<string | undefined> {
  return (yield* runForm(args, { ...options, stdout: PIPE, check: true })).stdout;
}
