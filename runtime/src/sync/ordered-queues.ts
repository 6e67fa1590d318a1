/** Queues with another order than first in, first out. */

import { Heap } from './heap.ts';
import { Queue, type Store } from './queue.ts';

/** The newest item first (gevent's `LifoQueue`). */
export class LifoQueue<T = unknown> extends Queue<T> {
  protected override makeStore(items: Iterable<T>): Store<T> {
    return new Stack(items);
  }
}

/**
 * The smallest item first (gevent's `PriorityQueue`). Numbers, strings, big integers and dates are compared with `<`, arrays item
 * by item.
 */
export class PriorityQueue<T = unknown> extends Queue<T> {
  protected override makeStore(items: Iterable<T>): Store<T> {
    return new Heap(items);
  }
}

class Stack<T> implements Store<T> {
  private readonly items: T[];

  constructor(items: Iterable<T>) {
    this.items = [...items];
  }

  get size(): number {
    return this.items.length;
  }

  add(item: T): void {
    this.items.push(item);
  }

  take(): T {
    return this.items.pop() as T;
  }

  peek(): T {
    return this.items[this.items.length - 1] as T;
  }

  toArray(): T[] {
    return [...this.items];
  }
}
