/** A value, or an error, that greenlets wait for (gevent's `AsyncResult`). */

import { parked } from '../core/frame.ts';
import type { Greenlet } from '../core/greenlet.ts';
import { switchingMethods } from '../core/methods.ts';
import { Timeout } from '../core/timeout.ts';
import { Linkable, LinkedWaiting } from './linkable.ts';

/** Options of `get`. */
export interface GetOptions {
  /** False: throws at once when there is nothing yet. */
  block?: boolean;
  /** How long to wait, in seconds; undefined: without an end. */
  timeout?: number;
}

export class AsyncResult<T = unknown> extends Linkable {
  private state: 'unset' | 'value' | 'exception' = 'unset';
  private stored: T | undefined = undefined;
  private error: unknown = undefined;

  /**
   * Waits for the value. May switch; does not if there is one.
   *
   * @throws the error that was set: the same object each time.
   * @throws {Timeout} when the time is over.
   */
  declare get: (options?: GetOptions) => T;

  /**
   * Waits until there is a value or an error. May switch.
   *
   * @param timeout how long, in seconds; undefined: without an end.
   * @returns the value; undefined for an error, and when the time is over.
   */
  declare wait: (timeout?: number) => T | undefined;

  /** `get` under the name that futures have. */
  declare result: (timeout?: number) => T;

  /** The value, or undefined. */
  get value(): T | undefined {
    return this.stored;
  }

  /** The error, or undefined. */
  get exception(): unknown {
    return this.error;
  }

  /** Sets the value; a later one replaces it. Never switches. */
  set(value?: T): void {
    this.stored = value;
    this.state = 'value';
    this.notify();
  }

  /** `set` under the name that futures have. */
  setResult(value?: T): void {
    this.set(value);
  }

  /** Sets an error, which `get` throws; a value that was set stays. Never switches. */
  setException(error: unknown): void {
    this.error = error;
    if (this.state === 'unset') this.state = 'exception';
    this.notify();
  }

  /** The value, without waiting. Never switches. @throws {Timeout} if there is none yet. */
  getNowait(): T {
    if (this.state === 'value') return this.stored as T;
    if (this.state === 'exception') throw this.error;
    throw new Timeout();
  }

  /** Whether there is a value or an error. */
  override ready(): boolean {
    return this.state !== 'unset';
  }

  /** `ready` under the name that futures have. */
  done(): boolean {
    return this.ready();
  }

  /** Whether there is a value. */
  successful(): boolean {
    return this.state === 'value';
  }

  /** Futures can be cancelled, this cannot. */
  cancel(): false {
    return false;
  }

  /** Always false. */
  cancelled(): false {
    return false;
  }

  /** Takes over the result of a greenlet that has ended: so that it can be given to `greenlet.link`. Never switches. */
  receive(source: Pick<Greenlet<T>, 'successful' | 'value' | 'exception'>): void {
    if (source.successful()) this.set(source.value);
    else this.setException(source.exception);
  }

  override toString(): string {
    const found = this.ready()
      ? ` value=${String(this.stored)}${this.error === undefined ? '' : ` exception=${this.error}`}`
      : ' unset';
    return `<AsyncResult${found} links[${this.linkCount()}]>`;
  }
}

switchingMethods(AsyncResult, { get: getForm, wait: waitForm, result: resultForm });

function* getForm(
  this: AsyncResult,
  { block = true, timeout }: GetOptions = {},
): Generator<undefined, unknown, unknown> {
  if (this.ready() || !block) return this.getNowait();
  if (!(yield* parkUntilSet(this, 'AsyncResult.get', timeout))) throw new Timeout(timeout);
  return this.getNowait();
}

function* waitForm(this: AsyncResult, timeout?: number): Generator<undefined, unknown, unknown> {
  const { value } = this;
  const wasReady = this.ready();
  if (wasReady && this.notifier === null) return value;
  yield* parkUntilSet(this, 'AsyncResult.wait', timeout);
  // Who has only queued behind those that waited before does not see a later value.
  return wasReady ? value : this.value;
}

function resultForm(this: AsyncResult, timeout?: number) {
  return getForm.call(this, { timeout });
}

function* parkUntilSet(
  source: AsyncResult,
  kind: string,
  timeout: number | undefined,
): Generator<undefined, unknown, unknown> {
  source.parkLink(new LinkedWaiting(kind), kind, timeout);
  return yield* parked();
}
