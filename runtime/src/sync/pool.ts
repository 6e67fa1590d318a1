/** A group of limited size (gevent's `Pool`). */

import { after, frameOf } from '../core/call.ts';
import { type Frame, finished } from '../core/frame.ts';
import { type Body, Greenlet } from '../core/greenlet.ts';
import { switchingMethods } from '../core/methods.ts';
import { Group } from './group.ts';
import { Full } from './queue-errors.ts';
import { type AcquireOptions, Semaphore } from './semaphore.ts';

/** Thrown where there is no room in a pool and the call may not wait (longer). */
export class PoolFull extends Full {
  override name = 'PoolFull';
}

/** At most `size` members run at a time; who adds one more waits, in order, until there is room. */
export class Pool extends Group {
  /** How many members there are at most; undefined: any number. */
  readonly size: number | undefined;
  /** @internal */ readonly places: Semaphore | null;

  /** Starts `fn(...args)` in a new member. May switch: waits for room. */
  declare spawn: <A extends unknown[], R>(
    fn: (...args: A) => R,
    ...args: A
  ) => Greenlet<Awaited<R>>;

  /** Adds a greenlet and starts it. May switch: waits for room. @throws {PoolFull} */
  declare start: (greenlet: Greenlet, options?: AcquireOptions) => undefined;

  /** Adds a greenlet. May switch: waits for room. @throws {PoolFull} */
  declare add: (greenlet: Greenlet, options?: AcquireOptions) => undefined;

  /**
   * Waits until there is room. May switch.
   *
   * @param timeout how long, in seconds; undefined: without an end.
   * @returns for how many there is room; 1 where there is no limit.
   */
  declare waitAvailable: (timeout?: number) => number;

  /**
   * @param size how many members there are at most; undefined: any number.
   * @param greenletClass what `spawn` makes its greenlets of.
   * @throws {RangeError} if `size` is negative.
   */
  constructor(size?: number | null, greenletClass: typeof Greenlet = Greenlet) {
    super();
    if (typeof size === 'number' && !(size >= 0)) {
      throw new RangeError(`size must not be negative: ${size}`);
    }
    this.size = size ?? undefined;
    this.greenletClass = greenletClass;
    this.places = this.size === undefined ? null : new Places(this.size, this.members);
    if (this.places !== null) this.places.name = 'places of a pool';
  }

  /** For how many more there is room; 1 where there is no limit. */
  freeCount(): number {
    return this.size === undefined ? 1 : Math.max(0, this.size - this.length);
  }

  override full(): boolean {
    return this.freeCount() <= 0;
  }

  /** The members: those who have the places that others wait for. */
  owners(): Greenlet[] {
    return [...this.members];
  }

  override startNow(greenlet: Greenlet): void {
    this.places?.take(greenlet);
    this.admit(greenlet);
    greenlet.start();
  }

  protected override leave(greenlet: Greenlet): void {
    super.leave(greenlet);
    this.places?.releaseFor(greenlet);
  }
}

/** The places of a pool: they belong to its members, not to whoever adds those. */
class Places extends Semaphore {
  private readonly members: ReadonlySet<Greenlet>;

  constructor(size: number, members: ReadonlySet<Greenlet>) {
    super(size);
    this.members = members;
  }

  override owners(): Greenlet[] {
    return [...this.members];
  }

  protected override isLock(): boolean {
    return this.members.size + this.counter === this.places;
  }

  protected override own(): void {}

  protected override giveBack(): void {}
}

switchingMethods(Pool, {
  spawn: spawnForm,
  start: startForm,
  add: addForm,
  waitAvailable: waitAvailableForm,
});

function spawnForm(this: Pool, fn: Body, ...args: unknown[]): Frame {
  const greenlet = new this.greenletClass(fn, ...args);
  return after(frameOf(this.start, this, greenlet), () => greenlet);
}

function startForm(this: Pool, greenlet: Greenlet, options?: AcquireOptions): Frame {
  return after(frameOf(this.add, this, greenlet, options), () => greenlet.start());
}

function addForm(this: Pool, greenlet: Greenlet, options?: AcquireOptions): Frame {
  const { places } = this;
  if (places === null) return finished(this.admit(greenlet));
  return after(frameOf(places.acquire, places, options), (acquired) => {
    if (!acquired) throw new PoolFull();
    this.admit(greenlet);
  });
}

function waitAvailableForm(this: Pool, timeout?: number): Frame {
  const { places } = this;
  return places === null ? finished(1) : frameOf(places.wait, places, timeout);
}
