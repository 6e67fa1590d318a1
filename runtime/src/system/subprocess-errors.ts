/** What goes wrong with child processes. */

/** Any failure of a child process (Python's `SubprocessError`). */
export class SubprocessError extends Error {
  override name = 'SubprocessError';
}

/** The program cannot be started. */
export class SpawnError extends SubprocessError {
  override name = 'SpawnError';
  /** `ENOENT`: there is no such program, or no such folder; `EACCES`: it may not be executed. */
  readonly code: string;

  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}

/** What is known of a child that has not done what was asked. */
export interface Failure<T = string | Buffer> {
  /** The program and its arguments, for people. */
  command: string;
  /** What it has written, as far as it was read. */
  stdout?: T | undefined;
  stderr?: T | undefined;
}

/** The child has ended with another code than 0 (Python's `CalledProcessError`). */
export class CalledProcessError extends SubprocessError {
  override name = 'CalledProcessError';
  /** The exit code; negative: the number of the signal that has ended it. */
  readonly returncode: number;
  readonly command: string;
  declare readonly stdout: string | Buffer | undefined;
  declare readonly stderr: string | Buffer | undefined;

  constructor(returncode: number, failure: Failure) {
    const how =
      returncode < 0 ? `was ended by signal ${-returncode}` : `has ended with code ${returncode}`;
    super(`${failure.command} ${how}`);
    this.returncode = returncode;
    this.command = failure.command;
    defineOutput(this, failure);
  }
}

/** The child has not ended in time; it goes on, unless `run` has started it (Python's `TimeoutExpired`). */
export class TimeoutExpired extends SubprocessError {
  override name = 'TimeoutExpired';
  /** In seconds. */
  readonly timeout: number;
  readonly command: string;
  declare readonly stdout: string | Buffer | undefined;
  declare readonly stderr: string | Buffer | undefined;

  constructor(timeout: number, failure: Failure) {
    super(`${failure.command} has not ended after ${timeout} seconds`);
    this.timeout = timeout;
    this.command = failure.command;
    defineOutput(this, failure);
  }
}

/** Not enumerable: Node would print all of it below the error. */
function defineOutput(error: object, { stdout, stderr }: Failure): void {
  Object.defineProperties(error, { stdout: { value: stdout }, stderr: { value: stderr } });
}
