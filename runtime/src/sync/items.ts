/** What a plain queue keeps its items in: first in, first out. */

import { Ring } from '../core/ring.ts';

export class Items<T> {
  private readonly ring = new Ring<T>();

  constructor(items: Iterable<T>) {
    for (const item of items) this.add(item);
  }

  get size(): number {
    return this.ring.size;
  }

  add(item: T): void {
    this.ring.push(item);
  }

  /** Takes the oldest; there must be one. */
  take(): T {
    return this.ring.shift() as T;
  }

  /** The oldest; there must be one. */
  peek(): T {
    return this.ring.first as T;
  }

  toArray(): T[] {
    return this.ring.toArray();
  }
}
