/** The hub's queue: a ring, so that taking the oldest entry moves nothing and leaves nothing behind. */

const FIRST_CAPACITY = 64;

export class Ring<T> {
  private slots: (T | undefined)[] = new Array(FIRST_CAPACITY).fill(undefined);
  private mask = FIRST_CAPACITY - 1;
  private head = 0;
  /** How many entries there are. */
  size = 0;

  /** Adds an entry at the end. */
  push(entry: T): void {
    if (this.size > this.mask) this.grow();
    this.slots[(this.head + this.size) & this.mask] = entry;
    this.size++;
  }

  /** The oldest entry. */
  get first(): T | undefined {
    return this.slots[this.head];
  }

  /** Takes the oldest entry out. */
  shift(): T | undefined {
    if (this.size === 0) return undefined;
    const { slots, head } = this;
    const entry = slots[head];
    slots[head] = undefined;
    this.head = (head + 1) & this.mask;
    this.size--;
    return entry;
  }

  /** Takes out the entry that is `index` places after the oldest. Not fast. */
  remove(index: number): T | undefined {
    const entries = this.toArray();
    const [entry] = entries.splice(index, 1);
    this.slots.fill(undefined);
    this.head = 0;
    this.size = 0;
    for (const each of entries) this.push(each);
    return entry;
  }

  /** All entries, oldest first. */
  toArray(): T[] {
    const { slots, head, mask } = this;
    const entries: T[] = new Array(this.size);
    for (let at = 0; at < this.size; at++) entries[at] = slots[(head + at) & mask] as T;
    return entries;
  }

  private grow(): void {
    const { slots, head, mask } = this;
    const capacity = (mask + 1) * 2;
    // Only the slots after the entries: filling all of them first would take as long again.
    const grown: (T | undefined)[] = new Array(capacity);
    for (let at = 0; at <= mask; at++) grown[at] = slots[(head + at) & mask];
    this.slots = grown.fill(undefined, mask + 1);
    this.mask = capacity - 1;
    this.head = 0;
  }
}
