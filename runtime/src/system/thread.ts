/** One worker thread, which runs one job at a time. */

import { Worker } from 'node:worker_threads';
import { type ErrorData, type Job, type Outcome, workerMain } from './worker-main.ts';

/** The thread that ran a job was ended: by `kill`, by `process.exit` in the job, or for want of memory. */
export class ThreadEnded extends Error {
  override name = 'ThreadEnded';
}

/** Hears what has become of a job. */
export type Ended = (error: unknown, value?: unknown) => void;

/** Jobs may be in TypeScript, and may switch. */
const LOADER = new URL('./register.js', import.meta.url).href;

export class Thread {
  private readonly worker: Worker;
  private ended: Ended | null = null;
  private count = 0;
  /** Whether it has ended. */
  dead = false;

  constructor() {
    const text = `(${workerMain})(require, ${JSON.stringify(LOADER)})`;
    this.worker = new Worker(text, { eval: true });
    this.worker.on('message', (outcome: Outcome) => this.settle(outcome));
    this.worker.on('error', (error) => this.end(error));
    this.worker.on('exit', () => this.end(new ThreadEnded('The thread has ended before its job')));
    // Last, since a listener makes it count again. Who waits for a job keeps the process alive.
    this.worker.unref();
  }

  /**
   * Begins a job.
   *
   * @throws {TypeError} if an argument cannot be sent.
   */
  run({ url, name }: { url: string; name: string }, args: unknown[], ended: Ended): void {
    const job: Job = { id: ++this.count, url, name, args };
    try {
      this.worker.postMessage(job);
    } catch (cause) {
      throw new TypeError(`An argument cannot be sent to a thread: ${(cause as Error).message}`, {
        cause,
      });
    }
    this.ended = ended;
  }

  /** Ends it, and the job that runs. */
  terminate(): void {
    void this.worker.terminate();
    this.end(new ThreadEnded('The thread was ended'));
  }

  private settle({ id, value, error }: Outcome): void {
    const { ended } = this;
    if (id !== this.count || ended === null) return;
    this.ended = null;
    if (error === undefined) ended(null, value);
    else ended(errorOf(error));
  }

  private end(error: unknown): void {
    this.dead = true;
    const { ended } = this;
    this.ended = null;
    ended?.(error);
  }
}

/** The error again, in this thread: of its own class, if that is one of the language's. */
function errorOf({ name, message, stack, details }: ErrorData): Error {
  const known = (globalThis as Record<string, unknown>)[name] as ErrorConstructor | undefined;
  const isError = typeof known === 'function' && known.prototype instanceof Error;
  const error = new (isError ? known : Error)(message);
  if (!isError && name !== 'Error') Object.defineProperty(error, 'name', { value: name });
  Object.defineProperty(error, 'stack', { value: stack });
  return Object.assign(error, details);
}
