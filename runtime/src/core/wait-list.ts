/**
 * The fair queue under every primitive: whoever waits, first come, first served. Doubly linked, so that a greenlet that is
 * killed, or whose time is over, leaves it at the same cost however many wait.
 */

/** Something that waits in one list at most. */
export abstract class Entry {
  /** @internal */ list: WaitList | null = null;
  /** @internal */ previous: Entry | null = null;
  /** @internal */ following: Entry | null = null;
}

export class WaitList<E extends Entry = Entry> {
  /** How many wait. */
  size = 0;
  private oldest: E | null = null;
  private newest: E | null = null;

  /** The one that has waited longest. */
  get first(): E | null {
    return this.oldest;
  }

  /** The one that came last. */
  get last(): E | null {
    return this.newest;
  }

  /** Adds an entry at the end. */
  push(entry: E): void {
    entry.list = this as unknown as WaitList;
    entry.previous = this.newest;
    if (this.newest === null) this.oldest = entry;
    else this.newest.following = entry;
    this.newest = entry;
    this.size++;
  }

  /** Takes out the one that has waited longest. */
  shift(): E | null {
    const { oldest } = this;
    if (oldest !== null) this.remove(oldest);
    return oldest;
  }

  /** Takes an entry out; nothing happens if it is not in this list. */
  remove(entry: E): void {
    if (entry.list !== (this as unknown as WaitList)) return;
    const { previous, following } = entry;
    if (previous === null) this.oldest = following as E | null;
    else previous.following = following;
    if (following === null) this.newest = previous as E | null;
    else following.previous = previous;
    entry.list = null;
    entry.previous = null;
    entry.following = null;
    this.size--;
  }

  /** All entries, oldest first. */
  *[Symbol.iterator](): Generator<E> {
    for (let each = this.oldest; each !== null; each = each.following as E | null) yield each;
  }
}
