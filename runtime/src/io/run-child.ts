/**
 * Runs a child process to its end and collects what it writes: what `spawnSync` does, without blocking. The results, the errors
 * and their order are those of `spawnSync`.
 */

import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { getSystemErrorMap } from 'node:util';

/** Options of `runChild`: those of `spawnSync`. */
export interface ChildOptions extends Omit<SpawnOptions, 'signal'> {
  /** What the child reads; nothing by default. */
  input?: string | NodeJS.ArrayBufferView | undefined;
  /** Milliseconds after which the child is killed; 0: never. */
  timeout?: number | undefined;
  /** Bytes of output after which the child is killed; 0: never. */
  maxBuffer?: number | undefined;
  /** Of `input`, if it is a string, and of the output; `buffer` by default. */
  encoding?: BufferEncoding | 'buffer' | null | undefined;
}

/** What `spawnSync` returns, its properties in the same order. */
export interface ChildResult {
  error?: NodeJS.ErrnoException;
  status: number | null;
  signal: NodeJS.Signals | null;
  output: (Buffer | string | null)[] | null;
  pid: number;
  stdout: Buffer | string | null;
  stderr: Buffer | string | null;
}

export type ChildDone = (error: unknown, result?: ChildResult) => void;

/** A child that runs. */
export interface RunningChild {
  /** The command, for people. */
  label: string;
  /** Ends the child; `done` is still called. */
  kill(): void;
}

/**
 * Starts a child process. Neither it nor its pipes keep the process alive.
 *
 * @param done is called once, when the child has ended and its pipes are closed: with what is wrong with the encoding, or null and
 *   the result.
 * @throws what `spawn` throws for wrong arguments.
 */
export function runChild(
  file: string,
  args: readonly string[],
  options: ChildOptions,
  done: ChildDone,
): RunningChild {
  const { input, timeout, maxBuffer, encoding, ...rest } = options;
  const text = encoding === 'buffer' || encoding === null ? undefined : encoding;
  const data = typeof input === 'string' ? Buffer.from(input, text) : input;
  const child = spawn(file, args, { ...rest, signal: undefined });
  const run = new Run(child, options, done);
  child.on('error', (error) => run.failed(error));
  child.on('close', (status, signal) => run.closed(status, signal));
  run.collect(maxBuffer ?? 0, data);
  if (timeout) run.limit(timeout);
  child.unref();
  return { label: child.spawnargs.join(' '), kill: () => run.kill() };
}

/** One run of one child. */
class Run {
  private readonly child: ChildProcess;
  private readonly options: ChildOptions;
  private readonly done: ChildDone;
  private readonly chunks: (Buffer[] | null)[] = [];
  private size = 0;
  /** The name of the first error: `ETIMEDOUT`. */
  private code: string | undefined = undefined;
  /** The same for a pipe's; any other error matters more. */
  private pipeCode: string | undefined = undefined;
  private killed = false;
  private timer: NodeJS.Timeout | undefined = undefined;

  constructor(child: ChildProcess, options: ChildOptions, done: ChildDone) {
    this.child = child;
    this.options = options;
    this.done = done;
  }

  /** Writes the child's input and collects its output. */
  collect(maxBuffer: number, input: NodeJS.ArrayBufferView | undefined): void {
    for (const [index, stream] of this.pipes().entries()) {
      this.chunks.push(stream !== null && index > 0 ? [] : null);
      if (stream === null) continue;
      stream.on('error', (error: NodeJS.ErrnoException) => {
        if (!this.killed) this.pipeCode ??= error.code;
      });
      (stream as unknown as { unref(): void }).unref();
      if (isWritable(stream)) stream.end(index === 0 ? input : undefined);
      if (index === 0) continue;
      stream.on('data', (chunk: Buffer) => {
        if (this.killed) return;
        this.chunks[index]?.push(chunk);
        this.size += chunk.length;
        if (maxBuffer > 0 && this.size > maxBuffer) this.fail('ENOBUFS');
      });
    }
  }

  limit(milliseconds: number): void {
    this.timer = setTimeout(() => this.fail('ETIMEDOUT'), milliseconds);
    this.timer.unref();
  }

  kill(): void {
    if (this.killed) return;
    this.killed = true;
    clearTimeout(this.timer);
    if (this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill((this.options as SpawnOptions).killSignal);
    }
    for (const stream of this.pipes()) stream?.destroy();
  }

  /** The child could not be started, or could not be killed. */
  failed(error: NodeJS.ErrnoException): void {
    this.code ??= error.code;
    if (this.child.pid !== undefined) return;
    clearTimeout(this.timer);
    this.end({ status: null, signal: null, output: null, pid: 0, stdout: null, stderr: null });
  }

  closed(status: number | null, signal: NodeJS.Signals | null): void {
    clearTimeout(this.timer);
    const { pid } = this.child;
    if (pid === undefined) return;
    let output: (Buffer | string | null)[];
    try {
      output = this.chunks.map((list) => list && decoded(Buffer.concat(list), this.options));
    } catch (error) {
      this.done(error);
      return;
    }
    const [, stdout = null, stderr = null] = output;
    this.end({ status: signal === null ? status : null, signal, output, pid, stdout, stderr });
  }

  private fail(code: string): void {
    this.code ??= code;
    this.kill();
  }

  private end(result: ChildResult): void {
    const code = this.code ?? this.pipeCode;
    const error = code === undefined ? {} : { error: errorOf(code, this.child) };
    this.done(null, { ...error, ...result });
  }

  private pipes(): (Readable | Writable | null)[] {
    return this.child.stdio as (Readable | Writable | null)[];
  }
}

function decoded(bytes: Buffer, { encoding }: ChildOptions): Buffer | string {
  return encoding && encoding !== 'buffer' ? bytes.toString(encoding) : bytes;
}

/** The error that `spawnSync` reports. */
function errorOf(code: string, child: ChildProcess): NodeJS.ErrnoException {
  const { spawnfile, spawnargs } = child;
  const syscall = `spawnSync ${spawnfile}`;
  const [errno] = [...getSystemErrorMap()].find(([, [name]]) => name === code) ?? [undefined];
  const details = { errno, code, syscall, path: spawnfile, spawnargs: spawnargs.slice(1) };
  return Object.assign(new Error(`${syscall} ${code}`), details);
}

function isWritable(stream: Readable | Writable): stream is Writable {
  return 'end' in stream && 'write' in stream && (stream as Writable).writable;
}
