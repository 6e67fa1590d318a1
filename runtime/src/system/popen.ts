/** Child processes (gevent's `subprocess.Popen`). */

import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { called } from '../core/call.ts';
import { Greenlet } from '../core/greenlet.ts';
import { hub } from '../core/hub.ts';
import { joinAll } from '../core/join.ts';
import { switchingMethods } from '../core/methods.ts';
import { switching } from '../core/ordinary.ts';
import { calledBack, type Done } from '../io/callback.ts';
import { SocketTimeout } from '../io/socket-error.ts';
import type { FileOptions } from '../io/socket-file.ts';
import { PipeFile } from './pipe-file.ts';
import { spawnError } from './spawn-error.ts';
import { type Redirection, redirect } from './stdio.ts';
import { type Failure, TimeoutExpired } from './subprocess-errors.ts';

/** Options of `Popen`. */
export interface PopenOptions extends FileOptions {
  /** Where the child's input and output go: PIPE, DEVNULL, a descriptor; undefined: those of this process. */
  stdin?: Redirection;
  stdout?: Redirection;
  /** The same, or STDOUT: to where its output goes. */
  stderr?: Redirection;
  /** The child's folder. */
  cwd?: string | URL;
  /** The child's environment; by default that of this process. */
  env?: NodeJS.ProcessEnv;
  /** Lets a shell interpret the command; a string is that shell. */
  shell?: boolean | string;
  /** Makes it the leader of a group of processes of its own. */
  startNewSession?: boolean;
}

/** Options of `communicate`. */
export interface CommunicateOptions {
  /** What the child reads; it needs `stdin: PIPE`. */
  input?: string | Uint8Array;
  /** How long, in seconds; undefined: until it has ended. */
  timeout?: number;
}

/** What a child has written, where it was a PIPE. */
export type Output<T> = [stdout: T | undefined, stderr: T | undefined];

/**
 * Starts a program. It does not keep this process alive; who waits for it does.
 *
 *     const child = new Popen(['sort'], { stdin: PIPE, stdout: PIPE });
 *     const [sorted] = child.communicate({ input: 'b\na\n' });
 */
export class Popen<T extends string | Buffer = string> {
  /** The program and its arguments, as they were given. */
  readonly args: string | readonly string[];
  /** The number of the process. */
  readonly pid: number;
  /** The exit code; negative: the number of the signal that has ended it; undefined: it runs. */
  returncode: number | undefined = undefined;
  /** The child's input, to write to; undefined unless it is a PIPE. */
  readonly stdin: PipeFile<T> | undefined;
  /** The child's output, to read from; undefined unless it is a PIPE. */
  readonly stdout: PipeFile<T> | undefined;
  readonly stderr: PipeFile<T> | undefined;

  /**
   * Waits until it has ended. May switch. With PIPEs that nobody reads it may never end: see `communicate`.
   *
   * @param timeout how long, in seconds; undefined: without an end.
   * @returns its `returncode`.
   * @throws {TimeoutExpired} it goes on then.
   */
  declare wait: (timeout?: number) => number;

  /**
   * Sends the input, reads all output, and waits until it has ended. May switch.
   *
   * @throws {TimeoutExpired} it goes on then; call it again, without the input: nothing that was read is lost.
   */
  declare communicate: (options?: CommunicateOptions) => Output<T>;

  /** @internal */ readonly exits = new Set<Done>();
  private readonly child: ChildProcess;
  private readonly links: ((child: this) => void)[] = [];
  /** @internal What `communicate` has begun. */ readers: Greenlet[] | null = null;

  /**
   * @param args the program and its arguments; a string is a program without arguments or, with `shell`, a command.
   * @throws {SpawnError} if the program cannot be started.
   */
  constructor(args: string | readonly string[], options: PopenOptions = {}) {
    const { cwd, env, shell = false, startNewSession: detached } = options;
    this.args = args;
    const [given = '', ...rest] = typeof args === 'string' ? [args] : args;
    const { file, list, stdio } = redirect(given, rest, options);
    const child = spawn(file, list, { cwd, env, shell, detached, stdio, windowsHide: true });
    this.child = child;
    // `pid` tells at once.
    child.on('error', () => {});
    if (child.pid === undefined) throw spawnError(file, cwd, env);
    this.pid = child.pid;
    child.on('exit', (code, signal) => this.exited(code, signal));
    child.unref();
    const open = (name: 'stdin' | 'stdout' | 'stderr') => {
      const stream = child[name];
      return stream === null
        ? undefined
        : new PipeFile<T>(stream, `${name} of ${this.label}`, options);
    };
    this.stdin = open('stdin');
    this.stdout = open('stdout');
    this.stderr = open('stderr');
  }

  /** Its exit code, if it has ended. Never switches. */
  poll(): number | undefined {
    return this.returncode;
  }

  /** Sends a signal; nothing happens if it has ended. Never switches. */
  sendSignal(signal: NodeJS.Signals | number): void {
    if (this.returncode === undefined) this.child.kill(signal);
  }

  /** Asks it to end (SIGTERM). Never switches. */
  terminate(): void {
    this.sendSignal('SIGTERM');
  }

  /** Ends it (SIGKILL). Never switches. */
  kill(): void {
    this.sendSignal('SIGKILL');
  }

  /** Calls `callback` with this in the hub, once it has ended. Never switches. */
  rawlink(callback: (child: this) => void): void {
    if (this.returncode === undefined) this.links.push(callback);
    else this.tell(callback);
  }

  /** What a debugger calls it: the command. */
  get label(): string {
    return typeof this.args === 'string' ? this.args : this.args.join(' ');
  }

  /** Closes the pipes and waits. May switch. */
  declare [Symbol.dispose]: () => void;

  /** @internal What an error says. */
  failure([stdout, stderr]: Output<T> = [undefined, undefined]): Failure {
    return { command: this.label, stdout, stderr };
  }

  private exited(code: number | null, signal: NodeJS.Signals | null): void {
    this.returncode = signal === null ? (code ?? 0) : -constants.signals[signal];
    for (const link of this.links) this.tell(link);
    for (const done of [...this.exits]) done(null);
  }

  private tell(link: (child: this) => void): void {
    const step = () => {
      link(this);
      return false;
    };
    hub.push({ step });
  }
}

switchingMethods(Popen, { wait: waitForm, communicate: communicateForm });
Object.defineProperty(Popen.prototype, Symbol.dispose, {
  value: switching('[Symbol.dispose]', disposeForm),
});

type Steps<R> = Generator<undefined, R, unknown>;

function* waitForm(this: Popen, timeout?: number): Steps<number> {
  if (this.returncode !== undefined) return this.returncode;
  let exit: Done = () => {};
  const start = (done: Done) => {
    exit = done;
    this.exits.add(done);
  };
  try {
    yield* calledBack('Popen.wait', this, start, (error) => error, timeout);
  } catch (error) {
    if (error instanceof SocketTimeout) throw new TimeoutExpired(timeout ?? 0, this.failure());
    throw error;
  } finally {
    this.exits.delete(exit);
  }
  return this.returncode as unknown as number;
}

function* communicateForm(
  this: Popen,
  { input, timeout }: CommunicateOptions = {},
): Steps<Output<string>> {
  if (input !== undefined && this.stdin === undefined) {
    throw new TypeError('communicate can send input to a child with stdin: PIPE only');
  }
  const end = hub.now() + (timeout ?? 0);
  this.readers ??= [feed(this, input), collect(this.stdout), collect(this.stderr)];
  const { readers } = this;
  yield* called(joinAll, undefined, readers, { timeout });
  const [feeder, stdout, stderr] = readers as [Greenlet, Greenlet<string>, Greenlet<string>];
  const output: Output<string> = [stdout.value, stderr.value];
  if (readers.some((each) => !each.ready())) {
    throw new TimeoutExpired(timeout ?? 0, this.failure(output));
  }
  for (const each of [feeder, stdout, stderr]) if (each.exception) throw each.exception;
  const rest = timeout === undefined ? undefined : Math.max(0, end - hub.now());
  yield* called(this.wait, this, rest);
  return output;
}

function* disposeForm(this: Popen): Steps<undefined> {
  for (const each of [this.stdin, this.stdout, this.stderr]) each?.close();
  yield* called(this.wait, this);
  return undefined;
}

/** Reads all of an output in a greenlet of its own. */
function collect(file: PipeFile | undefined): Greenlet<string | undefined> {
  return start('collect', function* (): Steps<string | undefined> {
    if (file === undefined) return undefined;
    const all = yield* called(file.read, file);
    file.close();
    return all as string;
  });
}

/** Sends the input in a greenlet of its own; that the child does not want all of it is no error. */
function feed({ stdin }: Popen, input: string | Uint8Array | undefined): Greenlet<undefined> {
  return start('feed', function* (): Steps<undefined> {
    if (stdin === undefined) return undefined;
    try {
      if (input !== undefined && input.length > 0) yield* called(stdin.write, stdin, input);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
    }
    stdin.close();
    return undefined;
  });
}

/** Whoever waits for it gets its error; so that is not reported. */
function start<R>(name: string, form: () => Steps<R>): Greenlet<R> {
  const greenlet = Greenlet.spawn(switching(name, form)) as Greenlet<R>;
  greenlet.reports = () => false;
  greenlet.internal = true;
  return greenlet;
}
