/** Real threads for code that computes (gevent's `ThreadPool`). */

import { called } from '../core/call.ts';
import { Greenlet } from '../core/greenlet.ts';
import { hub } from '../core/hub.ts';
import { switchingMethods } from '../core/methods.ts';
import { switching } from '../core/ordinary.ts';
import { AsyncResult } from '../sync/async-result.ts';
import { Event } from '../sync/event.ts';
import { Group } from '../sync/group.ts';
import type { IMap, IMapUnordered } from '../sync/imap.ts';
import { Semaphore } from '../sync/semaphore.ts';
import { moduleOf, type Work } from './job-module.ts';
import { Thread } from './thread.ts';

/** What a thread calls is given as a function, or as a module and a name. */
type Arguments<W> = W extends (...args: infer A) => unknown ? A : unknown[];
type Result<W> = W extends (...args: never) => infer R ? Awaited<R> : unknown;

/**
 * Runs functions in worker threads, up to `maxsize` at a time. A thread shares no variables: a function is sent as its text, and so
 * can use nothing but its arguments and the language; one that needs imports is given as `{ module, name }`. Arguments and results
 * are copied (`structuredClone`).
 *
 *     const pool = new ThreadPool(4);
 *     const digest = pool.apply((text: string) => slowHash(text), ['…']); // ReferenceError: slowHash is not defined
 *     const digest = pool.apply({ module: new URL('./slow-hash.ts', import.meta.url), name: 'slowHash' }, ['…']);
 */
export class ThreadPool {
  /** What a debugger calls it. */
  name = '';
  /** How many threads there are at most. */
  readonly maxsize: number;
  /** @internal */ readonly places: Semaphore;
  /** @internal Is set while no job runs. */ readonly isIdle: Event = new Event();
  /** @internal The jobs that run. */ readonly running = new Map<AsyncResult, Thread>();
  private readonly idle: Thread[] = [];
  private threads = 0;

  /**
   * Begins `work(...args)` in a thread. May switch: waits for a thread that is free.
   *
   * @returns its result, which can be waited for.
   * @throws {TypeError} if the function or an argument cannot be sent.
   */
  declare spawn: <W extends Work>(work: W, ...args: Arguments<W>) => AsyncResult<Result<W>>;

  /**
   * Calls `work(...args)` in a thread and returns what it returns. May switch. If the caller is killed, the thread is ended.
   *
   * @throws what it throws: an error of the same name, message and stack. {ThreadEnded} if the thread was ended.
   */
  declare apply: <W extends Work>(work: W, args?: Arguments<W>) => Result<W>;

  /** All results, in the order of the items. May switch. @throws the first failure in that order. */
  declare map: <W extends Work>(work: W, items: Iterable<unknown>) => Result<W>[];

  /** Waits until no job runs. May switch. @param timeout in seconds. @returns whether it was in time. */
  declare join: (timeout?: number) => boolean;

  /** @throws {RangeError} if `maxsize` is not a whole number from 1 on. */
  constructor(maxsize: number = 10) {
    if (!Number.isInteger(maxsize) || maxsize < 1) {
      throw new RangeError(`A thread pool has at least one thread, not ${maxsize}`);
    }
    this.maxsize = maxsize;
    this.places = new Semaphore(maxsize);
    this.places.name = 'threads of a pool';
    this.isIdle.set();
  }

  /** How many threads there are now. They are made when they are needed. */
  get size(): number {
    return this.threads;
  }

  /** How many jobs run. */
  get length(): number {
    return this.running.size;
  }

  /** Whether all threads are busy. */
  full(): boolean {
    return this.running.size >= this.maxsize;
  }

  /** `apply` in a greenlet, which is returned. Never switches. `callback(result)` follows, unless it fails. */
  applyAsync<W extends Work>(
    work: W,
    args?: Arguments<W>,
    callback?: (result: Result<W>) => unknown,
  ): Greenlet<Result<W>> {
    const greenlet = Greenlet.spawn(this.caller(work), ...(args ?? []));
    if (callback)
      greenlet.linkValue((each) => callback((each as Greenlet<Result<W>>).value as Result<W>));
    return greenlet as Greenlet<Result<W>>;
  }

  /** The results of `work(item)`, in the order of the items; `next` may switch. */
  imap<W extends Work>(work: W, items: Iterable<unknown>): IMap<Result<W>> {
    return new Group().imap(this.caller(work) as () => Result<W>, items);
  }

  /** The same, in the order of completion. */
  imapUnordered<W extends Work>(work: W, items: Iterable<unknown>): IMapUnordered<Result<W>> {
    return new Group().imapUnordered(this.caller(work) as () => Result<W>, items);
  }

  /** Ends all threads; their jobs fail with ThreadEnded. The pool can be used again. Never switches. */
  kill(): void {
    for (const each of [...this.running.values(), ...this.idle]) each.terminate();
    this.idle.length = 0;
  }

  [Symbol.dispose](): void {
    this.kill();
  }

  /** @internal Begins a job; there is a place for it. */
  begin(work: Work, args: unknown[]): AsyncResult {
    const result = new AsyncResult();
    const holds = hub.current?.holds() ?? true;
    const thread = this.takeThread();
    try {
      thread.run(moduleOf(work), args, (error, value) => {
        hub.outside.end(holds);
        this.ended(result, thread);
        if (error === null) result.set(value);
        else result.setException(error);
      });
    } catch (error) {
      this.idle.push(thread);
      throw error;
    }
    hub.outside.begin(holds);
    this.running.set(result, thread);
    this.isIdle.clear();
    return result;
  }

  private ended(result: AsyncResult, thread: Thread): void {
    this.running.delete(result);
    if (thread.dead) this.threads--;
    else this.idle.push(thread);
    if (this.running.size === 0) this.isIdle.set();
    this.places.release();
  }

  private takeThread(): Thread {
    for (let thread = this.idle.pop(); thread !== undefined; thread = this.idle.pop()) {
      if (!thread.dead) return thread;
      this.threads--;
    }
    this.threads++;
    return new Thread();
  }

  /** `apply` as a function of the job's arguments. */
  private caller(work: Work): (...args: unknown[]) => unknown {
    const form = (...args: unknown[]) => applyForm.call(this, work, args);
    return switching(typeof work === 'function' ? work.name : (work.name ?? 'apply'), form);
  }
}

switchingMethods(ThreadPool, {
  spawn: spawnForm,
  apply: applyForm,
  map: mapForm,
  join: joinForm,
});

type Steps<R> = Generator<undefined, R, unknown>;

function* spawnForm(this: ThreadPool, work: Work, ...args: unknown[]): Steps<AsyncResult> {
  const { places } = this;
  yield* called(places.acquire, places);
  try {
    return this.begin(work, args);
  } catch (error) {
    places.release();
    throw error;
  }
}

function* applyForm(this: ThreadPool, work: Work, args: unknown[] = []): Steps<unknown> {
  const result = yield* spawnForm.call(this, work, ...args);
  try {
    return yield* called(result.get, result);
  } finally {
    // Nobody else has the result.
    this.running.get(result)?.terminate();
  }
}

function* mapForm(this: ThreadPool, work: Work, items: Iterable<unknown>): Steps<unknown[]> {
  const results: AsyncResult[] = [];
  try {
    for (const item of items) results.push(yield* spawnForm.call(this, work, item));
    const values: unknown[] = [];
    for (const each of results) values.push(yield* called(each.get, each));
    return values;
  } finally {
    for (const each of results) this.running.get(each)?.terminate();
  }
}

function* joinForm(this: ThreadPool, timeout?: number): Steps<boolean> {
  return (yield* called(this.isIdle.wait, this.isIdle, timeout)) as boolean;
}
