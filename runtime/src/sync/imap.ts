/** The results of many calls, as an iterator (gevent's `imap` and `imap_unordered`). */

import { called } from '../core/call.ts';
import { type Body, Greenlet } from '../core/greenlet.ts';
import { switchingMethods } from '../core/methods.ts';
import { SimpleQueue } from './queue.ts';
import { Semaphore } from './semaphore.ts';

/** Options of `imap` and `imapUnordered`: the last argument, if it is one. */
export interface MapOptions {
  /** How many results may wait to be read, before calls wait; undefined: any number. */
  maxsize?: number;
}

/** Where the calls are made: a group. */
interface Spawner {
  spawn(fn: Body, ...args: unknown[]): Greenlet;
}

/** The outcome of one call; `end` where there are no more. */
interface Outcome {
  index: number;
  kind: 'value' | 'error' | 'end';
  value: unknown;
}

type Steps<R = unknown> = Generator<undefined, R, unknown>;

/** Makes the calls in a greenlet of its own; its iterator gives the results in the order of completion. */
export class IMapUnordered<R = unknown> extends Greenlet implements Iterator<R>, Iterable<R> {
  /** Waits for the next result. May switch. @throws what the call has thrown; the iterator can go on. */
  declare next: () => IteratorResult<R>;

  /** @internal */ readonly spawner: Spawner;
  /** @internal */ readonly fn: Body;
  /** @internal */ readonly iterables: Iterable<unknown>[];
  /** @internal */ readonly outcomes = new SimpleQueue<Outcome>();
  /** @internal Bounds the results that wait to be read. */ room: Semaphore | null;
  /** @internal How many calls have not ended. */ outstanding = 0;
  /** @internal How many calls there are in all. */ count = 0;
  /** @internal Whether the end is in the queue. */ closed = false;
  /** @internal Whether the reader has met the end. */ exhausted = false;

  constructor(spawner: Spawner, fn: Body, iterables: Iterable<unknown>[], maxsize?: number) {
    super();
    if (typeof fn !== 'function') throw new TypeError('imap needs a function');
    this.name = 'imap';
    this.internal = true;
    this.spawner = spawner;
    this.fn = fn;
    this.iterables = iterables;
    this.room = maxsize ? new Semaphore(maxsize) : null;
  }

  [Symbol.iterator](): this {
    return this;
  }

  /** @internal The next outcome. */
  *nextOutcome(): Steps<Outcome> {
    return (yield* called(this.outcomes.get, this.outcomes)) as Outcome;
  }

  /** @internal All calls have been made: `error` is why there are no more, if something went wrong. */
  close(kind: 'error' | 'end', value: unknown): void {
    if (this.closed || (kind === 'end' && this.outstanding > 0)) return;
    this.closed = true;
    this.outcomes.putNowait({ index: this.count, kind, value });
  }

  /** @internal A call has ended; runs in the hub. */
  noteOutcome(index: number, call: Greenlet): void {
    this.outstanding--;
    const closes = this.ready() && this.outstanding <= 0 && !this.closed;
    const outcome: Outcome = call.successful()
      ? { index, kind: 'value', value: call.value }
      : { index, kind: 'error', value: call.exception };
    this.outcomes.putNowait(outcome);
    if (closes) this.close('end', undefined);
  }
}

/** Gives the results in the order of the items. */
export class IMap<R = unknown> extends IMapUnordered<R> {
  private readonly early = new Map<number, Outcome>();
  private index = 0;

  override *nextOutcome(): Steps<Outcome> {
    let outcome = this.early.get(this.index);
    this.early.delete(this.index);
    while (outcome === undefined) {
      const other = yield* super.nextOutcome();
      if (other.index === this.index) outcome = other;
      else this.early.set(other.index, other);
    }
    this.index++;
    return outcome;
  }
}

switchingMethods(IMapUnordered, { run: runForm, next: nextForm });

/** Tells the options at the end from the iterables. */
export function splitOptions(rest: readonly unknown[]): {
  iterables: Iterable<unknown>[];
  maxsize: number | undefined;
} {
  const iterables = [...rest] as Iterable<unknown>[];
  const last = rest[rest.length - 1];
  const hasOptions = typeof last === 'object' && last !== null && !(Symbol.iterator in last);
  const { maxsize } = hasOptions ? (iterables.pop() as MapOptions) : {};
  return { iterables, maxsize };
}

function* runForm(this: IMapUnordered): Steps {
  const { spawner, fn } = this;
  try {
    const iterators = this.iterables.map((each) => each[Symbol.iterator]());
    for (;;) {
      const items = yield* takeEach(iterators);
      if (items === undefined) break;
      if (this.room !== null) yield* called(this.room.acquire, this.room);
      const index = this.count++;
      this.outstanding++;
      const call = (yield* called(spawner.spawn, spawner, fn, ...items)) as Greenlet;
      call.rawlink((ended) => this.noteOutcome(index, ended));
    }
    this.close('end', undefined);
  } catch (error) {
    this.close('error', error);
    throw error;
  } finally {
    this.room = null;
  }
  return undefined;
}

function* nextForm(this: IMapUnordered): Steps {
  if (this.exhausted) return { done: true, value: undefined };
  this.room?.release();
  const { kind, value } = yield* this.nextOutcome();
  if (kind === 'error') throw value;
  this.exhausted = kind === 'end';
  return { done: this.exhausted, value };
}

/** One item of each iterator; undefined when one has come to its end. */
function* takeEach(iterators: readonly Iterator<unknown>[]): Steps<unknown[] | undefined> {
  const items: unknown[] = [];
  for (const each of iterators) {
    const step = (yield* called(each.next, each)) as IteratorResult<unknown>;
    if (step.done) return undefined;
    items.push(step.value);
  }
  return iterators.length > 0 ? items : undefined;
}
