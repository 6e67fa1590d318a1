/** What can be waited for together with others: sockets, and Node's streams. */

import type { Readable, Writable } from 'node:stream';
import { hub } from '../core/hub.ts';
import type { Waiter } from '../core/wait.ts';
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

/** Wakes the waiter as soon as one of them is ready; the caller looks which. */
export function watchAll(waiter: Waiter, watched: readonly [Selectable, Interest][]): void {
  const wakeNow = () => {
    if (watched.some(([each, interest]) => isReady(each, interest))) waiter.wake(undefined);
    return false;
  };
  // What another greenlet does to a socket or a stream is told at once, while that greenlet runs.
  const wake = () => (hub.current === null ? wakeNow() : hub.push({ step: wakeNow }));
  const holds = waiter.greenlet.holds();
  let outside = false;
  for (const [each, interest] of watched) {
    waiter.onDone(each instanceof Socket ? each.watch(wake) : listen(each, EVENTS[interest], wake));
    outside ||= each instanceof Socket;
  }
  if (!outside) return;
  hub.outside.begin(holds);
  waiter.onDone(() => hub.outside.end(holds));
}

/** The sockets among them, for people; undefined: there are none, and Node's streams have no names. */
export function socketsOf(watched: Iterable<[Selectable, Interest]>): Socket[] | undefined {
  const sockets = new Set<Socket>();
  for (const [each] of watched) if (each instanceof Socket) sockets.add(each);
  return sockets.size > 0 ? [...sockets] : undefined;
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
