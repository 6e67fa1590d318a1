/** The program's events, queues and locks that are still there, also while nobody waits for them. */

import { labelsOf, ownersOf } from '../core/label.ts';
import { primitives } from '../core/primitives.ts';

/** So many are kept; of a program that makes more, the first ones. */
const MOST = 10_000;

export class MadeObjects {
  private refs: WeakRef<object>[] = [];
  /** How many there may be before those that are gone are looked for. */
  private limit = 1000;

  /** Begins to note what is made from now on. */
  listen(): void {
    primitives.made = (object) => this.note(object);
  }

  /** Those that have a name or are held: the others are parts of something else. */
  *known(): Iterable<object> {
    for (const ref of this.refs) {
      const object = ref.deref();
      if (object === undefined) continue;
      if (labelsOf(object) !== '' || ownersOf(object).length > 0) yield object;
    }
  }

  private note(object: object): void {
    if (this.refs.length >= this.limit) this.prune();
    if (this.refs.length < MOST) this.refs.push(new WeakRef(object));
  }

  private prune(): void {
    this.refs = this.refs.filter((ref) => ref.deref() !== undefined);
    this.limit = Math.max(this.limit, 2 * this.refs.length);
  }
}
