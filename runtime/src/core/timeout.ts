/** Time limits: an error that is thrown into the greenlet that started it (gevent's `Timeout`). */

import { called } from './call.ts';
import { CannotSwitchError } from './errors.ts';
import type { Greenlet } from './greenlet.ts';
import { hub } from './hub.ts';
import { switchingMethods } from './methods.ts';
import { switching } from './ordinary.ts';
import type { Timer } from './timers.ts';
import { isSeconds, noSeconds } from './wait.ts';

/**
 * What a Timeout throws: itself, with a text if a string is given, or the error given, or a new one of the class given. False:
 * itself, and `run` keeps it quiet.
 */
export type TimeoutException = Error | (new () => unknown) | string | false | null;

/** Options of a Timeout. */
export interface TimeoutOptions {
  /** False: a pending one alone does not keep the process alive. */
  ref?: boolean;
}

/**
 * A time limit for the greenlet that starts it. It takes effect where that greenlet waits: code that computes outlives it, and so
 * does `sleep(0)`. Compare what is caught by identity, since limits nest:
 *
 *     const limit = Timeout.startNew(1);
 *     try {
 *       answer = fetchAnswer();
 *     } catch (error) {
 *       if (error !== limit) throw error;
 *     } finally {
 *       limit.cancel();
 *     }
 */
export class Timeout extends Error {
  override name = 'Timeout';
  /** The time that is allowed; undefined: it never fires. */
  declare readonly seconds: number | undefined;
  /** What is thrown in its place. */
  declare readonly exception: TimeoutException | undefined;
  /** @internal */ declare timer: Timer | null;
  declare private readonly ref: boolean;

  /**
   * Starts the limit unless it is pending, calls `fn(...args)`, and stops it. May switch. A Timeout whose exception is false ends
   * the call quietly when it is its own time that is over: the result is undefined then (gevent's `with timeout:`).
   */
  declare run: <A extends unknown[], R>(fn: (...args: A) => R, ...args: A) => R | undefined;

  /**
   * Makes a limit that `start` starts.
   *
   * @param seconds undefined or null: it never fires.
   * @param exception what is thrown in its place.
   * @throws {TypeError} if `seconds` is not a number.
   */
  constructor(
    seconds?: number | null,
    exception?: TimeoutException,
    { ref = true }: TimeoutOptions = {},
  ) {
    const given = seconds ?? undefined;
    if (given !== undefined && !isSeconds(given)) throw noSeconds(given);
    super(textOf(given, exception));
    // Not enumerable: Node would print them below every Timeout.
    Object.defineProperties(this, {
      seconds: { value: given },
      exception: { value: exception },
      timer: { value: null, writable: true },
      ref: { value: ref },
    });
  }

  /**
   * Makes a limit and starts it. Never switches (gevent's `Timeout.start_new`).
   *
   * @param limit seconds, or a Timeout, which is started unless it is pending.
   */
  static startNew(limit?: number | Timeout | null, exception?: TimeoutException): Timeout {
    const timeout = limit instanceof this ? limit : new this(limit, exception);
    if (!timeout.pending) timeout.start();
    return timeout;
  }

  /** Whether it was started, and has neither fired nor been stopped. */
  get pending(): boolean {
    return this.timer !== null;
  }

  /**
   * Starts it for the running greenlet. Never switches.
   *
   * @throws {Error} if it is pending.
   * @throws {CannotSwitchError} outside any greenlet.
   */
  start(): void {
    if (this.pending) {
      throw new Error(
        `<${this.name} seconds=${this.seconds} pending> is already started; to restart it, cancel it first`,
      );
    }
    if (this.seconds === undefined) return;
    const greenlet = hub.current;
    if (greenlet === null) {
      throw new CannotSwitchError('Timeout.start: no greenlet is running', null);
    }
    const ring = () => {
      this.timer = null;
      this.expired(greenlet);
    };
    this.timer = hub.after(this.seconds, ring, greenlet.holds(), { late: true, ref: this.ref });
    this.timer.wakes = greenlet;
  }

  /** Stops it; nothing happens if it is not pending. Never switches. */
  cancel(): void {
    if (this.timer !== null) hub.cancel(this.timer);
    this.timer = null;
  }

  /** The same, under gevent's other name. */
  close(): void {
    this.cancel();
  }

  [Symbol.dispose](): void {
    this.cancel();
  }

  /** Throws into the greenlet whose time is over; a subclass may do something else. Called in the hub. */
  protected expired(greenlet: Greenlet): void {
    const { exception } = this;
    const own = !exception || typeof exception === 'string';
    const error = own
      ? this
      : typeof exception === 'function'
        ? Reflect.construct(exception, [])
        : exception;
    hub.throwInto(greenlet, error);
  }
}

switchingMethods(Timeout, { run: runForm });

/** Options of `withTimeout`. */
export interface WithTimeoutOptions<V> {
  /** What is returned when the time is over; without it, a Timeout is thrown. */
  timeoutValue?: V;
}

/**
 * Calls `fn` with a time limit. May switch (gevent's `with_timeout`).
 *
 * @throws {Timeout} when the time is over, unless `timeoutValue` is given.
 */
export const withTimeout: <R, V = never>(
  seconds: number | null | undefined,
  fn: () => R,
  options?: WithTimeoutOptions<V>,
) => R | V = switching('withTimeout', withTimeoutForm) as never;

function* runForm(
  this: Timeout,
  fn: unknown,
  ...args: unknown[]
): Generator<undefined, unknown, unknown> {
  if (!this.pending) this.start();
  try {
    return yield* called(fn, undefined, ...args);
  } catch (error) {
    if (error === this && this.exception === false) return undefined;
    throw error;
  } finally {
    this.cancel();
  }
}

function* withTimeoutForm(
  seconds: number | null | undefined,
  fn: unknown,
  options: WithTimeoutOptions<unknown> = {},
): Generator<undefined, unknown, unknown> {
  const limit = Timeout.startNew(seconds);
  try {
    return yield* called(fn, undefined);
  } catch (error) {
    if (error === limit && 'timeoutValue' in options) return options.timeoutValue;
    throw error;
  } finally {
    limit.cancel();
  }
}

function textOf(seconds: number | undefined, exception: TimeoutException | undefined): string {
  if (seconds === undefined) return '';
  const time = `${seconds} second${seconds === 1 ? '' : 's'}`;
  if (exception === undefined || exception === null) return time;
  if (exception === false) return `${time} (silent)`;
  return `${time}: ${typeof exception === 'function' ? exception.name : exception}`;
}
