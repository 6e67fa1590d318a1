/** One wait of one greenlet, for people who build their own primitives (gevent's `Waiter`). */

import { type Frame, finished } from '../core/frame.ts';
import { switchingMethods } from '../core/methods.ts';
import { Waiter as Parking } from '../core/wait.ts';
import { runCallback } from './run-callback.ts';

/**
 * Brings a value to the greenlet that waits for it, or keeps it until one does.
 *
 *     const waiter = new Waiter<string>();
 *     server.once('request', (request) => waiter.switch(request.url));
 *     const url = waiter.get();
 */
export class Waiter<T = unknown> {
  /** What a debugger calls it. */
  name = '';
  private state: 'empty' | 'value' | 'exception' = 'empty';
  private stored: unknown = undefined;
  /** @internal */ parking: Parking | null = null;

  /**
   * Waits for the value, or returns the one that is there. May switch.
   *
   * @throws what was given to `throw`.
   * @throws {Error} if a greenlet waits already.
   */
  declare get: () => T;

  /** The value, or undefined. */
  get value(): T | undefined {
    return this.state === 'value' ? (this.stored as T) : undefined;
  }

  /** The error, or undefined. */
  get exception(): unknown {
    return this.state === 'exception' ? this.stored : undefined;
  }

  /** Whether there is a value or an error. */
  ready(): boolean {
    return this.state !== 'empty';
  }

  /** Whether there is a value. */
  successful(): boolean {
    return this.state === 'value';
  }

  /** Goes on with the greenlet that waits, at the hub's next turn; keeps the value if there is none. Never switches. */
  switch(value?: T): void {
    const { parking } = this;
    if (parking === null) this.keep('value', value);
    else runCallback(() => parking.wake(value));
  }

  /** The same with an error, which `get` throws. */
  throw(error: unknown): void {
    const { parking } = this;
    if (parking === null) this.keep('exception', error);
    else runCallback(() => parking.fail(error));
  }

  /** Forgets the value or error. Never switches. */
  clear(): void {
    this.keep('empty', undefined);
  }

  toString(): string {
    return `<Waiter ${this.state}${this.parking === null ? '' : `, ${this.parking.greenlet.label} waits`}>`;
  }

  private keep(state: 'empty' | 'value' | 'exception', value: unknown): void {
    this.state = state;
    this.stored = value;
  }
}

switchingMethods(Waiter, { get: getForm });

function getForm(this: Waiter): Frame {
  if (this.exception !== undefined) throw this.exception;
  if (this.ready()) return finished(this.value);
  if (this.parking !== null) {
    throw new Error(`This Waiter is already used by ${this.parking.greenlet.label}`);
  }
  const parking = new Parking('Waiter.get');
  this.parking = parking;
  parking.onDone(() => {
    this.parking = null;
  });
  return parking.park('Waiter.get', this);
}
