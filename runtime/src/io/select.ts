/** Waiting until some of several streams or sockets can be read or written. */

import { type Frame, finished } from '../core/frame.ts';
import { switching } from '../core/ordinary.ts';
import {
  checkSelectable,
  type Interest,
  isReady,
  type Selectable,
  waitForAny,
} from './selectable.ts';

/**
 * Waits until a stream or socket of `reads` has something to read (data, its end, an error, a connection to accept), one of `writes`
 * takes data without buffering more, or one of `exceptions` has failed. May switch (gevent's `select.select`).
 *
 * @param timeout how long to wait at most, in seconds; undefined: without an end; 0: only look, without a switch.
 * @returns those of each list that are ready; three empty lists when the time is over.
 * @throws {TypeError} if a list holds something else.
 */
export const select: <R extends Selectable, W extends Selectable, X extends Selectable>(
  reads: readonly R[],
  writes: readonly W[],
  exceptions: readonly X[],
  timeout?: number,
) => [R[], W[], X[]] = switching('select', selectForm) as never;

type Lists = readonly [Interest, readonly Selectable[]][];

function selectForm(
  reads: readonly Selectable[],
  writes: readonly Selectable[],
  exceptions: readonly Selectable[],
  timeout?: number,
): Frame {
  for (const each of [...reads, ...writes, ...exceptions]) checkSelectable(each, 'select');
  const lists: Lists = [
    ['read', reads],
    ['write', writes],
    ['exception', exceptions],
  ];
  const found = readyOf(lists);
  const anyReady = found.some((each) => each.length > 0);
  if (anyReady || (timeout !== undefined && timeout <= 0)) return finished(found);
  return waitFor(lists, timeout);
}

function* waitFor(
  lists: Lists,
  timeout: number | undefined,
): Generator<undefined, unknown, unknown> {
  const watched = lists.flatMap(([interest, list]) =>
    list.map((each): [Selectable, Interest] => [each, interest]),
  );
  yield* waitForAny('select', watched, timeout);
  return readyOf(lists);
}

function readyOf(lists: Lists): Selectable[][] {
  return lists.map(([interest, list]) => list.filter((each) => isReady(each, interest)));
}
