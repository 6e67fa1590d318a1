/** The hub's timers: a heap by deadline, equal deadlines in the order in which they were started. */

import { type Cancel, type Greenlet, thread } from './greenlet.ts';

/** How a timer differs from that of a sleep. */
export interface TimerOptions {
  /** Whether it rings after all the others that are due, and after data that has arrived: that of a time limit. */
  late: boolean;
  /** Whether it keeps the process alive at all. */
  ref: boolean;
}

export const PLAIN: TimerOptions = { late: false, ref: true };
/** The timers of time limits (in gevent: those of priority -1). */
export const LATE: TimerOptions = { late: true, ref: true };

export class Timer implements Cancel {
  readonly deadline: number;
  readonly seq: number;
  readonly ring: (timer: Timer) => void;
  /** Whether the timer keeps the process alive after main has ended. */
  readonly holds: boolean;
  /** Whether it keeps the process alive before that. */
  readonly ref: boolean;
  /** The greenlet that is waiting for it, together with something else, or that it throws into. For who asks who waits in vain. */
  wakes: Greenlet | null = null;
  /** The place in the heap; -1 once it has rung or was cancelled. */
  index = -1;

  constructor(
    deadline: number,
    seq: number,
    ring: (timer: Timer) => void,
    holds: boolean,
    ref: boolean,
  ) {
    this.deadline = deadline;
    this.seq = seq;
    this.ring = ring;
    this.holds = holds && ref;
    this.ref = ref;
  }

  /** It is what a sleeping greenlet is parked on. */
  cancel(): void {
    thread.hub.cancel(this);
  }
}

export class Timers {
  private readonly heap: Timer[] = [];
  /** The number of the next timer. */
  nextSeq = 0;
  /** How many of the timers keep the process alive after main has ended. */
  holding = 0;
  /** How many keep it alive before that. */
  referenced = 0;

  get first(): Timer | undefined {
    return this.heap[0];
  }

  get size(): number {
    return this.heap.length;
  }

  add(deadline: number, ring: (timer: Timer) => void, holds: boolean, ref: boolean = true): Timer {
    const timer = new Timer(deadline, this.nextSeq++, ring, holds, ref);
    if (timer.holds) this.holding++;
    if (ref) this.referenced++;
    timer.index = this.heap.length;
    this.heap.push(timer);
    this.up(timer);
    return timer;
  }

  /** Whether a timer is one of these, and has not rung. */
  owns(timer: Timer): boolean {
    return this.heap[timer.index] === timer;
  }

  /** Takes a timer out; false if it has rung or was cancelled before. */
  remove(timer: Timer): boolean {
    const { index } = timer;
    if (index < 0) return false;
    const last = this.heap.pop() as Timer;
    if (last !== timer) {
      last.index = index;
      this.heap[index] = last;
      this.up(last);
      this.down(last);
    }
    timer.index = -1;
    if (timer.holds) this.holding--;
    if (timer.ref) this.referenced--;
    return true;
  }

  /** All timers, in no order. */
  [Symbol.iterator](): Iterator<Timer> {
    return this.heap.values();
  }

  /** @internal What is wrong with the heap; for tests. */
  defects(): string[] {
    const { heap } = this;
    const defects = heap.flatMap((timer, index) => {
      const parent = heap[(index - 1) >> 1];
      const wrong = timer.index !== index || (parent !== undefined && before(timer, parent));
      return wrong ? [`the timer of ${timer.deadline} s is in a wrong place`] : [];
    });
    if (heap.filter((each) => each.holds).length !== this.holding) defects.push('holding timers');
    if (heap.filter((each) => each.ref).length !== this.referenced) defects.push('timers with ref');
    return defects;
  }

  /** Moves a timer towards the root until its parent comes before it; the others on the way move down. */
  private up(timer: Timer): void {
    const { heap } = this;
    let at = timer.index;
    while (at > 0) {
      const parentAt = (at - 1) >> 1;
      const parent = heap[parentAt] as Timer;
      if (!before(timer, parent)) break;
      heap[at] = parent;
      parent.index = at;
      at = parentAt;
    }
    heap[at] = timer;
    timer.index = at;
  }

  /** Moves a timer down until it comes before its children; those on the way move up. */
  private down(timer: Timer): void {
    const { heap } = this;
    const { length } = heap;
    let at = timer.index;
    for (let childAt = 2 * at + 1; childAt < length; childAt = 2 * at + 1) {
      let child = heap[childAt] as Timer;
      if (childAt + 1 < length) {
        const right = heap[childAt + 1] as Timer;
        if (before(right, child)) {
          child = right;
          childAt++;
        }
      }
      if (!before(child, timer)) break;
      heap[at] = child;
      child.index = at;
      at = childAt;
    }
    heap[at] = timer;
    timer.index = at;
  }
}

function before(a: Timer, b: Timer): boolean {
  return a.deadline < b.deadline || (a.deadline === b.deadline && a.seq < b.seq);
}
