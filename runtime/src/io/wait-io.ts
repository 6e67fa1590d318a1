/** Waiting for one socket or stream, for code that does its own reading and writing (gevent's `wait_read` and its kin). */

import { type Frame, finished } from '../core/frame.ts';
import { switching } from '../core/ordinary.ts';
import {
  checkSelectable,
  type Interest,
  isReady,
  type Selectable,
  waitForAny,
} from './selectable.ts';
import { SocketTimeout } from './socket-error.ts';

/** Options of a wait. */
export interface WaitOptions {
  /** How long, in seconds; undefined: without an end. */
  timeout?: number;
  /** What is thrown when the time is over; by default a SocketTimeout. */
  timeoutException?: Error;
}

type Wait = (each: Selectable, options?: WaitOptions) => undefined;

/** Waits until it can be read, has ended or has failed. May switch. @throws {SocketTimeout} */
export const waitRead: Wait = waiting('waitRead', ['read']);

/** Waits until more can be written, or it has failed. May switch. @throws {SocketTimeout} */
export const waitWrite: Wait = waiting('waitWrite', ['write']);

/** Waits until it can be read or written. May switch. @throws {SocketTimeout} */
export const waitReadWrite: Wait = waiting('waitReadWrite', ['read', 'write']);

function waiting(kind: string, interests: readonly Interest[]): Wait {
  return switching(kind, (each: Selectable, options: WaitOptions = {}): Frame => {
    checkSelectable(each, kind);
    if (interests.some((interest) => isReady(each, interest))) return finished(undefined);
    const watched = interests.map((interest): [Selectable, Interest] => [each, interest]);
    return waitFor(kind, watched, options);
  }) as Wait;
}

function* waitFor(
  kind: string,
  watched: readonly [Selectable, Interest][],
  { timeout, timeoutException }: WaitOptions,
): Generator<undefined, undefined, unknown> {
  if (!(yield* waitForAny(kind, watched, timeout))) throw timeoutException ?? new SocketTimeout();
  return undefined;
}
