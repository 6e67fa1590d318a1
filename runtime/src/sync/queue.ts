/**
 * A queue between greenlets (gevent's `Queue`). Getters and putters wait in their order. Who puts while getters wait, or gets
 * while putters wait, lets the hub unlock them in one callback: a putter's item goes in and the putter goes on, then a getter takes
 * one and goes on, and so forth. A getter takes its item only then, so that another greenlet may come before it.
 */

import { type Frame, finished } from '../core/frame.ts';
import type { Greenlet } from '../core/greenlet.ts';
import { type Callback, hub } from '../core/hub.ts';
import { switchingMethods } from '../core/methods.ts';
import { primitives } from '../core/primitives.ts';
import { Waiting } from '../core/wait.ts';
import type { Wakers } from '../core/wait-graph.ts';
import { WaitList } from '../core/wait-list.ts';
import type { GetOptions } from './async-result.ts';
import { Event } from './event.ts';
import { Items } from './items.ts';
import { LinkedWaiting } from './linkable.ts';
import { Empty, Full, ShutDown } from './queue-errors.ts';
import { QueueIterator } from './queue-iterator.ts';
import { Refusal } from './refusal.ts';
import { Users } from './users.ts';

/** Options of `put`. */
export interface PutOptions {
  /** False: throws at once when there is no room. */
  block?: boolean;
  /** How long to wait, in seconds; undefined: without an end. */
  timeout?: number;
}

/** What a queue keeps its items in: decides who is the next. */
export interface Store<T> {
  readonly size: number;
  add(item: T): void;
  take(): T;
  peek(): T;
  toArray(): T[];
}

/** A queue whose items nobody has to finish (gevent's `SimpleQueue`). */
export class SimpleQueue<T = unknown> implements Iterable<T> {
  /** What a debugger calls it. */
  name = '';
  /** @internal */ readonly getters: WaitList<Getter<T>> = new WaitList();
  /** @internal */ readonly putters: WaitList<Putter<T>> = new WaitList();
  /** @internal */ readonly store: Store<T>;
  /** How many items it holds at most; undefined: any number. Assignable. */
  maxsize: number | undefined;
  private readonly unlock: Unlock<T> = new Unlock(this);
  /** Whether `shutdown` was called. */
  isShutdown = false;
  /** @internal */ readonly givers: Users = new Users();
  /** @internal */ readonly takers: Users = new Users();

  /**
   * Puts an item in. May switch: waits while the queue is full.
   *
   * @throws {Full} when the time is over, or at once if it may not wait.
   */
  declare put: (item: T, options?: PutOptions) => undefined;

  /**
   * Takes an item out. May switch: waits while the queue is empty.
   *
   * @throws {Empty} when the time is over, or at once if it may not wait.
   */
  declare get: (options?: GetOptions) => T;

  /** The item that `get` would take, which stays. May switch, and throws, as `get` does. */
  declare peek: (options?: GetOptions) => T;

  /**
   * @param maxsize how many items it holds at most; undefined, null or less than one: any number.
   * @param items what it holds at first.
   */
  constructor(maxsize?: number | null, items: Iterable<T> = []) {
    this.maxsize = maxsize === null || maxsize === undefined || maxsize <= 0 ? undefined : maxsize;
    this.store = this.makeStore(items);
    primitives.made?.(this);
  }

  /** Puts an item in at once. Never switches. @throws {Full} */
  putNowait(item: T): void {
    if (this.isShutdown) throw new ShutDown();
    if (this.full()) throw new Full();
    this.givers.note();
    this.add(item);
    if (this.getters.size > 0) this.unlockSoon();
  }

  /** Takes an item out at once. Never switches. @throws {Empty} */
  getNowait(): T {
    if (this.empty()) throw this.nothing();
    this.takers.note();
    if (this.putters.size > 0) this.unlockSoon();
    return this.store.take();
  }

  /** The next item, which stays. Never switches. @throws {Empty} */
  peekNowait(): T {
    if (this.empty()) throw this.nothing();
    return this.store.peek();
  }

  /**
   * From now on nothing can be put in: that throws a ShutDown, and so does `get` once the queue is empty. Who waits for room or for an item
   * gets one too. Never switches.
   *
   * @param immediate drops the items that are there.
   */
  shutdown(immediate: boolean = false): void {
    this.isShutdown = true;
    if (immediate) while (!this.empty()) this.drop();
    for (const each of [...this.getters, ...this.putters]) hub.push(new Refusal(each));
  }

  /** How many items there are. */
  qsize(): number {
    return this.store.size;
  }

  /** Whether there is no item. */
  empty(): boolean {
    return this.store.size === 0;
  }

  /** Whether there is no room. */
  full(): boolean {
    return this.maxsize !== undefined && this.store.size >= this.maxsize;
  }

  /** A queue of the same kind and size with the same items; nobody waits on it. */
  copy(): this {
    return Reflect.construct(this.constructor, [this.maxsize, this.store.toArray()]);
  }

  /** The items, the next one first. */
  toArray(): T[] {
    return this.store.toArray();
  }

  /** The greenlets that wait: those that get, then those that put. */
  waiters(): Greenlet[] {
    return [...this.getters, ...this.putters].map((each) => each.greenlet);
  }

  /** @internal Who could end a wait of a kind. */
  wakers(kind: string): Wakers | undefined {
    return kind === 'Queue.put'
      ? this.takers.wakers('so far emptied only by')
      : this.givers.wakers('so far filled only by');
  }

  /** Takes items until one is `StopIteration`. Its `next` may switch. */
  [Symbol.iterator](): Iterator<T> {
    return new QueueIterator(this);
  }

  toString(): string {
    const maxsize = this.maxsize === undefined ? '' : ` maxsize=${this.maxsize}`;
    const items = this.empty() ? '' : ` queue=${JSON.stringify(this.toArray())}`;
    const getters = this.getters.size > 0 ? ` getters[${this.getters.size}]` : '';
    const putters = this.putters.size > 0 ? ` putters[${this.putters.size}]` : '';
    return `<${this.constructor.name}${maxsize}${items}${getters}${putters}>`;
  }

  /** @internal What `get` throws where there is nothing. */
  nothing(): Error {
    return this.isShutdown ? new ShutDown() : new Empty();
  }

  /** Forgets an item. */
  protected drop(): void {
    this.store.take();
  }

  /** @internal Every item goes through here. */
  add(item: T): void {
    this.store.add(item);
  }

  /** @internal */
  unlockSoon(): void {
    this.unlock.schedule();
  }

  protected makeStore(items: Iterable<T>): Store<T> {
    return new Items(items);
  }
}

/** A queue that knows how many of its items are not finished yet (gevent's `JoinableQueue`, and its `Queue` since 25.4). */
export class Queue<T = unknown> extends SimpleQueue<T> {
  /** How many items were put and are not marked as done. */
  unfinishedTasks: number;
  private readonly allDone = new Event();

  /**
   * Waits until all items are marked as done. May switch.
   *
   * @param timeout how long, in seconds; undefined: without an end.
   * @returns whether they were in time.
   */
  declare join: (timeout?: number) => boolean;

  /** @param options `unfinishedTasks`: how many items are not finished yet; all that it holds by default. */
  constructor(
    maxsize?: number | null,
    items: Iterable<T> = [],
    options: { unfinishedTasks?: number } = {},
  ) {
    super(maxsize, items);
    this.unfinishedTasks = options.unfinishedTasks || this.qsize();
    if (this.unfinishedTasks === 0) this.allDone.set();
  }

  /**
   * Marks one item as done. Never switches.
   *
   * @throws {RangeError} if there was none.
   */
  taskDone(): void {
    if (this.unfinishedTasks <= 0) throw new RangeError('taskDone() called too many times');
    this.unfinishedTasks--;
    if (this.unfinishedTasks === 0) this.allDone.set();
  }

  override copy(): this {
    const { maxsize, unfinishedTasks } = this;
    return Reflect.construct(this.constructor, [maxsize, this.toArray(), { unfinishedTasks }]);
  }

  override add(item: T): void {
    super.add(item);
    this.unfinishedTasks++;
    this.allDone.clear();
  }

  protected override drop(): void {
    super.drop();
    this.taskDone();
  }

  /** @internal The frame of `join`. */
  waitUntilDone(timeout?: number): Frame {
    const { allDone } = this;
    if (allDone.isSet() && allDone.notifier === null) return finished(true);
    return allDone.parkLink(new LinkedWaiting('Queue.join'), 'Queue.join', timeout);
  }
}

switchingMethods(SimpleQueue, { put: putForm, get: getForm, peek: peekForm });
switchingMethods(Queue, {
  join(this: Queue, timeout?: number) {
    return this.waitUntilDone(timeout);
  },
});

function putForm(this: SimpleQueue, item: unknown, options: PutOptions = {}): Frame {
  if (!this.full() || options.block === false || this.isShutdown)
    return finished(this.putNowait(item));
  const putter = new Putter(item);
  this.givers.note(putter.greenlet);
  if (this.getters.size > 0) this.unlockSoon();
  return putter.parkIn(this.putters as never, 'Queue.put', this, options.timeout);
}

function getForm(this: SimpleQueue, options: GetOptions = {}): Frame {
  if (!this.empty() || options.block === false || this.isShutdown)
    return finished(this.getNowait());
  return parkGetter(this, new Getter('Queue.get', this), options.timeout);
}

function peekForm(this: SimpleQueue, options: GetOptions = {}): Frame {
  if (!this.empty() || options.block === false || this.isShutdown)
    return finished(this.peekNowait());
  return parkGetter(this, new Peeker('Queue.peek', this), options.timeout);
}

function parkGetter(queue: SimpleQueue, getter: Getter<unknown>, timeout?: number): Frame {
  queue.takers.note(getter.greenlet);
  if (queue.putters.size > 0) queue.unlockSoon();
  return getter.parkIn(queue.getters as never, getter.kind, queue, timeout);
}

/** A greenlet that waits for an item. */
class Getter<T> extends Waiting {
  readonly kind: string;
  protected readonly queue: SimpleQueue<T>;

  constructor(kind: string, queue: SimpleQueue<T>) {
    super(kind);
    this.kind = kind;
    this.queue = queue;
  }

  /** There is an item: takes it and goes on. */
  serve(): void {
    let item: T;
    try {
      item = this.item();
    } catch (error) {
      this.fail(error);
      return;
    }
    this.wake(item);
  }

  protected item(): T {
    return this.queue.store.take();
  }

  protected override expire(): void {
    this.fail(new Empty());
  }
}

class Peeker<T> extends Getter<T> {
  protected override item(): T {
    return this.queue.store.peek();
  }
}

/** A greenlet that waits for room for its item. */
class Putter<T> extends Waiting {
  readonly item: T;

  constructor(item: T) {
    super('Queue.put');
    this.item = item;
  }

  /** There is room: the item goes in, and the greenlet on. */
  serve(queue: SimpleQueue<T>): void {
    try {
      queue.add(this.item);
    } catch (error) {
      this.fail(error);
      return;
    }
    this.wake(undefined);
  }

  protected override expire(): void {
    this.fail(new Full());
  }
}

/** Unlocks putters and getters in turn until neither can go on; one a step. */
class Unlock<T> implements Callback {
  private readonly queue: SimpleQueue<T>;
  cause = 0;
  private scheduled = false;
  private putterIsNext = true;
  /** Whether somebody has gone on in this round. */
  private progress = false;

  constructor(queue: SimpleQueue<T>) {
    this.queue = queue;
  }

  schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    this.putterIsNext = true;
    this.progress = false;
    hub.push(this);
  }

  step(): boolean {
    const { queue } = this;
    for (;;) {
      if (this.putterIsNext) {
        this.putterIsNext = false;
        const putter = queue.full() ? null : queue.putters.first;
        if (putter !== null) {
          this.progress = true;
          putter.serve(queue);
          return true;
        }
      }
      this.putterIsNext = true;
      const { progress } = this;
      this.progress = false;
      const getter = queue.empty() ? null : queue.getters.first;
      if (getter !== null) {
        getter.serve();
        return true;
      }
      if (!progress) {
        this.scheduled = false;
        return false;
      }
    }
  }
}
