/**
 * A heap whose smallest item comes first. It moves items exactly as Python's `heapq` does, because the order of equal items
 * follows from that.
 */

export class Heap<T> {
  private readonly items: T[];

  /** @throws {TypeError} if items cannot be compared. */
  constructor(items: Iterable<T>) {
    this.items = [...items];
    for (let i = (this.items.length >> 1) - 1; i >= 0; i--) this.sink(i);
  }

  get size(): number {
    return this.items.length;
  }

  add(item: T): void {
    const { items } = this;
    items.push(item);
    try {
      this.rise(0, items.length - 1);
    } catch (error) {
      items.splice(items.indexOf(item), 1);
      throw error;
    }
  }

  /** Takes the smallest; there must be one. */
  take(): T {
    const { items } = this;
    const last = items.pop() as T;
    if (items.length === 0) return last;
    const smallest = items[0] as T;
    items[0] = last;
    this.sink(0);
    return smallest;
  }

  peek(): T {
    return this.items[0] as T;
  }

  /** In the order of the heap: the smallest is the first. */
  toArray(): T[] {
    return [...this.items];
  }

  /** Moves an item towards the root until its parent is not greater; the others on the way move down. */
  private rise(root: number, from: number): void {
    const { items } = this;
    const item = items[from] as T;
    let at = from;
    while (at > root) {
      const parent = (at - 1) >> 1;
      if (!isLess(item, items[parent])) break;
      items[at] = items[parent] as T;
      at = parent;
    }
    items[at] = item;
  }

  /** Moves an item down to a leaf along the smaller children, then up to its place. */
  private sink(from: number): void {
    const { items } = this;
    const item = items[from] as T;
    let at = from;
    for (let child = 2 * at + 1; child < items.length; child = 2 * at + 1) {
      const right = child + 1;
      if (right < items.length && !isLess(items[child], items[right])) child = right;
      items[at] = items[child] as T;
      at = child;
    }
    items[at] = item;
    this.rise(from, at);
  }
}

/** Whether `a` comes before `b`. @throws {TypeError} if they are of kinds that have no order. */
function isLess(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    for (let i = 0; i < a.length && i < b.length; i++) {
      if (isLess(a[i], b[i])) return true;
      if (isLess(b[i], a[i])) return false;
    }
    return a.length < b.length;
  }
  const kind = kindOf(a);
  if (kind === undefined || kind !== kindOf(b)) {
    throw new TypeError(
      `Items of a PriorityQueue must have an order: ${show(a)} and ${show(b)} have none`,
    );
  }
  return (a as number) < (b as number);
}

function kindOf(value: unknown): 'number' | 'string' | 'object' | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return 'number';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'number';
  const comparable = typeof value === 'object' && value !== null && !Array.isArray(value);
  return comparable && typeof value.valueOf() !== 'object' ? 'object' : undefined;
}

function show(value: unknown): string {
  return typeof value === 'object' && value !== null
    ? `an object of ${value.constructor?.name ?? 'no class'}`
    : String(value);
}
