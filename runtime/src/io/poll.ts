/** Waiting for the same streams and sockets again and again (gevent's `select.poll`). */

import { type Frame, finished } from '../core/frame.ts';
import { switchingMethods } from '../core/methods.ts';
import {
  checkSelectable,
  type Interest,
  isReady,
  type Selectable,
  waitForAny,
} from './selectable.ts';

/** Something can be read. */
export const POLLIN = 1;
/** Something can be written. */
export const POLLOUT = 4;
/** It has failed; is told without being asked for. */
export const POLLERR = 8;

const INTERESTS: readonly [number, Interest][] = [
  [POLLIN, 'read'],
  [POLLOUT, 'write'],
  [POLLERR, 'exception'],
];

export class Poll {
  private readonly masks = new Map<Selectable, number>();

  /**
   * Waits until one of those that are registered is ready. May switch.
   *
   * @param timeout how long, in seconds; undefined: without an end; 0: only look, without a switch.
   * @returns those that are ready, each with the sum of its events; none when the time is over.
   */
  declare poll: (timeout?: number) => [Selectable, number][];

  /**
   * Registers a stream or socket, or changes its events. Never switches.
   *
   * @param events the sum of what it is watched for.
   * @throws {TypeError} if it is neither a stream nor a socket.
   */
  register(each: Selectable, events: number = POLLIN + POLLOUT): void {
    checkSelectable(each, 'poll');
    this.masks.set(each, events);
  }

  /** Changes the events of one that is registered. Never switches. @throws {Error} if it is not. */
  modify(each: Selectable, events: number): void {
    this.check(each);
    this.masks.set(each, events);
  }

  /** No longer watches it. Never switches. @throws {Error} if it is not registered. */
  unregister(each: Selectable): void {
    this.check(each);
    this.masks.delete(each);
  }

  /** @internal Those that are ready. */
  ready(): [Selectable, number][] {
    const found: [Selectable, number][] = [];
    for (const each of this.masks.keys()) {
      const events = this.interests(each)
        .filter(([, interest]) => isReady(each, interest))
        .reduce((sum, [event]) => sum + event, 0);
      if (events > 0) found.push([each, events]);
    }
    return found;
  }

  /** @internal All that are watched, for each of their events. */
  watched(): [Selectable, Interest][] {
    return [...this.masks.keys()].flatMap((each) =>
      this.interests(each).map(([, interest]): [Selectable, Interest] => [each, interest]),
    );
  }

  private interests(each: Selectable): [number, Interest][] {
    const mask = (this.masks.get(each) ?? 0) | POLLERR;
    return INTERESTS.filter(([event]) => (mask & event) !== 0);
  }

  private check(each: Selectable): void {
    if (!this.masks.has(each)) throw new Error('It is not registered');
  }
}

/** Makes a Poll with nothing registered. */
export function poll(): Poll {
  return new Poll();
}

switchingMethods(Poll, { poll: pollForm });

function pollForm(this: Poll, timeout?: number): Frame {
  const found = this.ready();
  if (found.length > 0 || (timeout !== undefined && timeout <= 0)) return finished(found);
  return waitFor(this, timeout);
}

function* waitFor(
  target: Poll,
  timeout: number | undefined,
): Generator<undefined, unknown, unknown> {
  yield* waitForAny('poll', target.watched(), timeout);
  return target.ready();
}
