/** Waiting until some of several streams can be read or written. */

import type { Readable, Writable } from 'node:stream';
import { type Frame, finished, parked } from '../core/frame.ts';
import { switching } from '../core/ordinary.ts';
import { Waiter } from '../core/wait.ts';

/** What `select` can wait for: Node's streams, sockets and servers' connections among them. */
export type Selectable = Readable | Writable;

const READ_EVENTS = ['readable', 'end', 'close', 'error'];
const WRITE_EVENTS = ['drain', 'finish', 'close', 'error'];
const EXCEPTIONAL_EVENTS = ['error'];

/**
 * Waits until a stream of `reads` has something to read (data, its end or an error), one of `writes` takes data without
 * buffering more, or one of `exceptions` has failed. May switch (gevent's `select.select`).
 *
 * @param timeout how long to wait at most, in seconds; undefined: without an end; 0: only look, without a switch.
 * @returns the streams of each list that are ready; three empty lists when the time is over.
 * @throws {TypeError} if a list holds something that is not a stream.
 */
export const select: <R extends Readable, W extends Writable, X extends Selectable>(
  reads: readonly R[],
  writes: readonly W[],
  exceptions: readonly X[],
  timeout?: number,
) => [R[], W[], X[]] = switching('select', selectForm) as never;

function selectForm(
  reads: readonly Readable[],
  writes: readonly Writable[],
  exceptions: readonly Selectable[],
  timeout?: number,
): Frame {
  for (const each of [...reads, ...writes, ...exceptions]) {
    if (typeof each?.on !== 'function') throw new TypeError('select waits for streams only');
  }
  const look = () => [
    reads.filter(canRead),
    writes.filter(canWrite),
    exceptions.filter((each) => each.errored !== null),
  ];
  const anyReady = (found: unknown[][]) => found.some((each) => each.length > 0);
  const found = look();
  if (anyReady(found) || (timeout !== undefined && timeout <= 0)) return finished(found);
  return waitFor(reads, writes, exceptions, timeout, look);
}

function* waitFor(
  reads: readonly Readable[],
  writes: readonly Writable[],
  exceptions: readonly Selectable[],
  timeout: number | undefined,
  look: () => unknown[][],
): Generator<undefined, unknown, unknown> {
  const waiter = new Waiter('select');
  const wake = () => waiter.wake(undefined);
  const listen = (stream: Selectable, events: readonly string[]) => {
    for (const event of events) stream.on(event, wake);
    waiter.onDone(() => {
      for (const event of events) stream.off(event, wake);
    });
  };
  for (const each of reads) listen(each, READ_EVENTS);
  for (const each of writes) listen(each, WRITE_EVENTS);
  for (const each of exceptions) listen(each, EXCEPTIONAL_EVENTS);
  waiter.timeout(timeout, undefined);
  waiter.park('select', timeout);
  yield* parked();
  return look();
}

function canRead(stream: Readable): boolean {
  return stream.readableLength > 0 || stream.readableEnded || stream.destroyed;
}

function canWrite(stream: Writable): boolean {
  return !stream.writableNeedDrain || stream.destroyed;
}
