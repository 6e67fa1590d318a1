/** What happens when nothing else is left to do: the loop has polled, no callback is ready, and no timer is due. */

import type { Callback, Hub } from './hub.ts';

interface Idler {
  readonly priority: number;
  /** Resumes at most one greenlet. */
  readonly run: () => void;
}

export class Idlers implements Callback {
  private readonly hub: Hub;
  private waiting: Idler[] = [];
  private looking = false;

  constructor(hub: Hub) {
    this.hub = hub;
  }

  /**
   * Calls `run` once, in the hub, when nothing is left to do. Those of the highest priority come first, all in one turn, the last one
   * first (libev's order); what they make ready comes before the others.
   *
   * @param run may resume at most one greenlet.
   * @param ref whether this keeps the process alive.
   * @returns takes it back.
   */
  add(priority: number, run: () => void, ref: boolean): () => void {
    const idler: Idler = { priority, run };
    this.waiting.push(idler);
    if (!this.looking) this.lookSoon(ref);
    return () => this.remove(idler);
  }

  /** Runs one of those whose turn it is. */
  step(): boolean {
    const idler = this.turn.shift();
    if (idler !== undefined && this.waiting.includes(idler)) {
      this.remove(idler);
      idler.run();
    }
    if (this.turn.length > 0) return true;
    this.looking = false;
    if (this.waiting.length > 0) this.lookSoon(true);
    return false;
  }

  private turn: Idler[] = [];

  private lookSoon(ref: boolean): void {
    this.looking = true;
    this.hub.loop.turn(() => this.look(ref), ref);
  }

  /** The last one of its priority takes its place, as in libev. */
  private remove(idler: Idler): void {
    const at = this.waiting.indexOf(idler);
    if (at < 0) return;
    const last = this.waiting.findLastIndex((each) => each.priority === idler.priority);
    this.waiting[at] = this.waiting[last] as Idler;
    this.waiting.splice(last, 1);
  }

  private look(ref: boolean): void {
    if (this.waiting.length === 0) {
      this.looking = false;
    } else if (this.hub.isBusy()) {
      this.lookSoon(ref);
    } else {
      const highest = Math.max(...this.waiting.map((each) => each.priority));
      this.turn = this.waiting.filter((each) => each.priority === highest).reverse();
      this.hub.runNow(this);
    }
  }
}
