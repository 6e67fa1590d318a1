/** A queue that holds nothing: who puts waits until somebody gets (gevent's `Channel`). */

import type { Frame } from '../core/frame.ts';
import type { Greenlet } from '../core/greenlet.ts';
import { type Callback, hub } from '../core/hub.ts';
import { switchingMethods } from '../core/methods.ts';
import { primitives } from '../core/primitives.ts';
import { Waiting } from '../core/wait.ts';
import type { Wakers } from '../core/wait-graph.ts';
import { WaitList } from '../core/wait-list.ts';
import type { GetOptions } from './async-result.ts';
import type { PutOptions } from './queue.ts';
import { Empty, Full } from './queue-errors.ts';
import { QueueIterator } from './queue-iterator.ts';
import { Users } from './users.ts';

export class Channel<T = unknown> implements Iterable<T> {
  /** What a debugger calls it. */
  name = '';
  /** @internal */ readonly getters: WaitList<Getter> = new WaitList();
  /** @internal */ readonly putters: WaitList<Putter> = new WaitList();
  /** @internal */ readonly givers: Users = new Users();
  /** @internal */ readonly takers: Users = new Users();
  private readonly unlock: Unlock = new Unlock(this.getters, this.putters);

  constructor() {
    primitives.made?.(this);
  }

  /**
   * Hands an item over. Always switches: returns when another greenlet has got it. With `block: false` it waits no longer than
   * until the hub has polled once.
   *
   * @throws {Full} when the time is over.
   */
  declare put: (item: T, options?: PutOptions) => undefined;

  /**
   * Takes an item from whoever puts one. Always switches. With `block: false` it waits no longer than until the hub has polled
   * once.
   *
   * @throws {Empty} when the time is over.
   */
  declare get: (options?: GetOptions) => T;

  /** `put` with `block: false`. */
  declare putNowait: (item: T) => undefined;

  /** `get` with `block: false`. */
  declare getNowait: () => T;

  /** How many more wait to put than to get. */
  get balance(): number {
    return this.putters.size - this.getters.size;
  }

  /** Always 0. */
  qsize(): number {
    return 0;
  }

  /** Always true. */
  empty(): boolean {
    return true;
  }

  /** Always true. */
  full(): boolean {
    return true;
  }

  /** The greenlets that wait: those that get, then those that put. */
  waiters(): Greenlet[] {
    return [...this.getters, ...this.putters].map((each) => each.greenlet);
  }

  /** @internal Who could end a wait of a kind. */
  wakers(kind: string): Wakers | undefined {
    return kind === 'Channel.put'
      ? this.takers.wakers('so far received from only by')
      : this.givers.wakers('so far sent into only by');
  }

  /** Takes items until one is `StopIteration`. Its `next` may switch. */
  [Symbol.iterator](): Iterator<T> {
    return new QueueIterator(this);
  }

  toString(): string {
    return `<Channel getters[${this.getters.size}] putters[${this.putters.size}]>`;
  }

  /** @internal */
  unlockSoon(): void {
    this.unlock.schedule();
  }
}

switchingMethods(Channel, {
  put: putForm,
  get: getForm,
  putNowait(this: Channel, item: unknown) {
    return putForm.call(this, item, { block: false });
  },
  getNowait(this: Channel) {
    return getForm.call(this, { block: false });
  },
});

function putForm(this: Channel, item: unknown, { block = true, timeout }: PutOptions = {}): Frame {
  const putter = new Putter(item);
  this.givers.note(putter.greenlet);
  if (this.getters.size > 0) this.unlockSoon();
  return putter.parkIn(this.putters as never, 'Channel.put', this, block ? timeout : 0);
}

function getForm(this: Channel, { block = true, timeout }: GetOptions = {}): Frame {
  const getter = new Getter('Channel.get');
  this.takers.note(getter.greenlet);
  if (this.putters.size > 0) this.unlockSoon();
  return getter.parkIn(this.getters as never, 'Channel.get', this, block ? timeout : 0);
}

class Getter extends Waiting {
  protected override expire(): void {
    this.fail(new Empty());
  }
}

class Putter extends Waiting {
  readonly item: unknown;

  constructor(item: unknown) {
    super('Channel.put');
    this.item = item;
  }

  protected override expire(): void {
    this.fail(new Full());
  }
}

/** Brings getters and putters together: in one step the getter goes on, in the next the putter. */
class Unlock implements Callback {
  private readonly getters: WaitList<Getter>;
  private readonly putters: WaitList<Putter>;
  cause = 0;
  private scheduled = false;
  /** The putter whose item has just been taken. */
  private served: Putter | null = null;

  constructor(getters: WaitList<Getter>, putters: WaitList<Putter>) {
    this.getters = getters;
    this.putters = putters;
  }

  schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    hub.push(this);
  }

  step(): boolean {
    const { getters, putters, served } = this;
    if (served !== null) {
      this.served = null;
      if (!served.greenlet.ready() && served.greenlet.cancel === served) served.wake(undefined);
      return true;
    }
    const getter = getters.first;
    const putter = putters.first;
    if (getter === null || putter === null) {
      this.scheduled = false;
      return false;
    }
    putters.remove(putter);
    this.served = putter;
    getter.wake(putter.item);
    return true;
  }
}
