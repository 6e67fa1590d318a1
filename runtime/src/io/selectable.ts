/** What can be waited for together with others: sockets, and Node's streams. */

import type { Readable, Writable } from 'node:stream';
import { parked } from '../core/frame.ts';
import { hub } from '../core/hub.ts';
import { Several } from '../core/several.ts';
import { Waiter } from '../core/wait.ts';
import { Socket } from './socket.ts';

/** What `select` and `poll` can wait for. */
export type Selectable = Readable | Writable | Socket;

/** For what it is watched. */
export type Interest = 'read' | 'write' | 'exception';

const EVENTS = {
  read: ['readable', 'end', 'close', 'error'],
  write: ['drain', 'finish', 'close', 'error'],
  exception: ['error'],
};

/** Whether it is ready, or has failed. */
export function isReady(each: Selectable, interest: Interest): boolean {
  return READY[interest](each);
}

/** @throws {TypeError} if it is neither a socket nor a stream. */
export function checkSelectable(each: unknown, call: string): void {
  if (each instanceof Socket || typeof (each as Readable | undefined)?.on === 'function') return;
  throw new TypeError(`${call} waits for streams and sockets only`);
}

/**
 * Parks the running greenlet until one of them is ready: `yield* waitForAny(…)`.
 *
 * @param kind what it waits for, in the words of the call.
 * @param timeout how long, in seconds; undefined: without an end.
 * @returns whether one was ready in time.
 */
export function* waitForAny(
  kind: string,
  watched: readonly [Selectable, Interest][],
  timeout: number | undefined,
): Generator<undefined, boolean, unknown> {
  const waiter = new Waiter(kind);
  const wakeNow = () => {
    if (watched.some(([each, interest]) => isReady(each, interest))) waiter.wake(true);
    return false;
  };
  // What another greenlet does to a socket or a stream is told at once, while that greenlet runs.
  const wake = () => (hub.current === null ? wakeNow() : hub.push({ step: wakeNow }));
  for (const [each, interest] of watched) {
    waiter.onDone(each instanceof Socket ? each.watch(wake) : listen(each, EVENTS[interest], wake));
  }
  const sockets = socketsOf(watched);
  if (sockets.length > 0) {
    const holds = waiter.greenlet.holds();
    hub.outside.begin(holds);
    waiter.onDone(() => hub.outside.end(holds));
  }
  waiter.timeout(timeout, false);
  // Node's streams have no names.
  waiter.park(kind, sockets.length > 0 ? new Several(sockets, 1) : timeout);
  return (yield* parked()) as boolean;
}

function socketsOf(watched: readonly [Selectable, Interest][]): Socket[] {
  const sockets = watched.map(([each]) => each).filter((each) => each instanceof Socket);
  return [...new Set(sockets)];
}

function listen(
  stream: Readable | Writable,
  events: readonly string[],
  wake: () => void,
): () => void {
  for (const event of events) stream.on(event, wake);
  return () => {
    for (const event of events) stream.off(event, wake);
  };
}

const READY: Record<Interest, (each: Selectable) => boolean> = {
  read(each) {
    if (each instanceof Socket) return each.canRead();
    const { readableLength, readableEnded, destroyed } = each as Readable;
    return readableLength > 0 || readableEnded || destroyed;
  },
  write(each) {
    if (each instanceof Socket) return each.canWrite();
    const { writableNeedDrain, destroyed } = each as Writable;
    return !writableNeedDrain || destroyed;
  },
  exception(each) {
    return each instanceof Socket ? each.hasFailed() : each.errored !== null;
  },
};
