/** Who has used one side of a primitive so far: those who put into a queue, or who release a signal. For who asks who waits in vain. */

import type { Greenlet } from '../core/greenlet.ts';
import { hub } from '../core/hub.ts';
import type { Wakers } from '../core/wait-graph.ts';

/** With more users than this, their names would tell nothing. */
const MOST = 8;

export class Users {
  private last: Greenlet | null = null;
  private readonly all = new Set<Greenlet>();
  /** Whether there were more than can be told. */
  private tooMany = false;

  /** Whether nobody has used it. */
  get isEmpty(): boolean {
    return this.last === null && this.all.size === 0 && !this.tooMany;
  }

  /** Whether a greenlet has used it, as far as that is known: of very many, everybody has. */
  has(greenlet: Greenlet): boolean {
    return this.tooMany || this.last === greenlet || this.all.has(greenlet);
  }

  /** The running greenlet, or another one, uses it. Cheap where it was the last one, too. */
  note(greenlet: Greenlet | null = hub.current): void {
    if (greenlet !== this.last || greenlet === null) this.add(greenlet);
  }

  /**
   * Those who have used it and have not ended, who could do so again; undefined where there is none, or too many.
   *
   * @param relation `only these have put into it:`.
   */
  wakers(relation: string): Wakers | undefined {
    this.forgetEnded();
    if (this.tooMany || this.all.size === 0) return undefined;
    return { relation, greenlets: [...this.all], certain: false };
  }

  private add(greenlet: Greenlet | null): void {
    this.last = greenlet;
    if (this.tooMany) return;
    // Code outside any greenlet may come again.
    if (greenlet === null) this.tooMany = true;
    else this.all.add(greenlet);
    if (this.all.size <= MOST) return;
    this.forgetEnded();
    this.tooMany ||= this.all.size > MOST;
    if (this.tooMany) this.all.clear();
  }

  private forgetEnded(): void {
    for (const each of this.all) if (each.ready()) this.all.delete(each);
  }
}
