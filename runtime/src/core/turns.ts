/**
 * The hub's turns: the queue of ready callbacks, and when they run. Ready work runs in drains: promise jobs are let in between them, and
 * after some milliseconds the loop may poll.
 */

import { type Clock, type Loop, NO_CLOCK, NO_LOOP } from './clock.ts';
import type { Greenlet } from './greenlet.ts';
import type { Policy } from './policy.ts';
import type { Probe } from './probe.ts';
import { Ring } from './ring.ts';

/** Something that waits in the hub's queue. */
export interface Callback {
  /** Runs the next step, which resumes at most one greenlet. Returns whether another step follows. */
  step(): boolean;
  /** The greenlet that it lets run, where it is there for nothing else. */
  readonly turnOf?: Greenlet;
  /** What the probe has said when it was queued: see `Turns.cause`. */
  cause?: number;
}

/** After so many callbacks the promise jobs that have queued up may run. */
const CALLBACKS_BETWEEN_JOBS = 32;

export abstract class Turns {
  clock: Clock = NO_CLOCK;
  loop: Loop = NO_LOOP;
  /** Chooses who runs next; null: first in, first out. */
  policy: Policy | null = null;
  /** Is told what happens; null: nobody. */
  probe: Probe | null = null;
  /** The ready callbacks are run for so many seconds before the loop may poll (gevent's `setswitchinterval`). Assignable. */
  switchInterval = 0.005;
  /**
   * Why the callback runs that runs now, where a probe listens: what the probe has said when it was queued (positive), or by how many
   * microseconds the timer that rings is late (negative). 0: nobody knows.
   */
  cause = 0;
  /** The greenlet that runs, or is about to, outside the hub's native stack: a module's top level. */
  away: Greenlet | null = null;

  private readonly queue = new Ring<Callback>();
  /** A callback whose last step sent main away. */
  private readonly unfinished: Callback[] = [];
  /** Whether a call of `drain` is on its way. */
  private scheduled = false;
  private drainedSince = -1;
  /** How often main has given way since the loop polled. */
  private mainTurns = 0;
  /** Whether the loop has come to `drain` yet. */
  private hasTurned = false;

  /** Appends a callback to the queue. Never switches. */
  push(callback: Callback): void {
    if (this.probe !== null) callback.cause = this.probe.queued();
    this.queue.push(callback);
    // While a module's top level runs, `goOn` comes when it gives way: what is ready then goes before the poll. But the first turn is the
    // loop's: a program that ends before it leaves nothing running.
    if (!this.scheduled && (this.away === null || !this.hasTurned)) this.schedule();
  }

  /** Takes a callback out of the queue again; for kills, rare. */
  withdraw(callback: Callback): void {
    const index = this.ready().indexOf(callback);
    if (index >= 0) this.queue.remove(index);
  }

  /** The callbacks that are ready now, oldest first. */
  ready(): readonly Callback[] {
    return this.queue.toArray();
  }

  /** Runs a callback's steps now: for code that the loop calls (timers, streams, promises), outside any greenlet. */
  runNow(callback: Callback): void {
    if (this.probe !== null) this.cause = callback.cause ?? 0;
    while (callback.step()) {
      if (this.away !== null) {
        this.unfinished.push(callback);
        break;
      }
    }
    this.cause = 0;
  }

  /** Whether ready callbacks keep the process alive. */
  protected abstract keepsAlive(): boolean;

  /** Lets the loop come here again, even if nothing is ready. */
  protected wantTurn(): void {
    if (!this.scheduled) this.schedule();
  }

  /** Main has given way: goes on with what is ready. */
  protected goOn(): void {
    if (!this.hasWork()) {
      this.probe?.idle();
    } else if (!this.keepsAlive()) {
      // Main has ended: what is ready must not run unless something else keeps the process alive.
      if (!this.scheduled) this.schedule();
    } else if (!this.scheduled) {
      // As long as main was busy, what is ready goes first; main that gives way again and again lets the loop poll all the same.
      if (++this.mainTurns < CALLBACKS_BETWEEN_JOBS) this.drainedSince = -1;
      this.proceed();
    }
  }

  /** Whether a callback is ready, or has not finished. */
  protected hasWork(): boolean {
    return this.unfinished.length > 0 || this.queue.size > 0;
  }

  private schedule(): void {
    this.mainTurns = 0;
    this.scheduled = true;
    this.loop.turn(this.drain, this.keepsAlive());
  }

  private readonly drain = (): void => {
    this.scheduled = false;
    this.hasTurned = true;
    if (this.away !== null) return;
    if (this.drainedSince < 0) this.drainedSince = this.clock.now();
    this.scheduled = true;
    for (let count = 0; count < CALLBACKS_BETWEEN_JOBS && this.away === null; count++) {
      const callback = this.unfinished.length > 0 ? this.unfinished.pop() : this.take();
      if (callback === undefined) break;
      this.runNow(callback);
    }
    this.scheduled = false;
    if (this.away !== null) return;
    if (!this.hasWork()) {
      this.drainedSince = -1;
      this.probe?.idle();
    } else {
      this.proceed();
    }
  };

  /** Goes on with what is ready: after the promise jobs, or where the loop has waited for long enough, after a poll. */
  private proceed(): void {
    const now = this.clock.now();
    if (this.drainedSince < 0) this.drainedSince = now;
    if (now - this.drainedSince < this.switchInterval) {
      this.scheduled = true;
      this.loop.afterJobs(this.drain);
    } else {
      this.drainedSince = -1;
      this.schedule();
    }
  }

  private take(): Callback | undefined {
    const { queue, policy } = this;
    if (policy !== null && queue.size > 0) return queue.remove(policy.choose(this.ready()));
    return queue.shift();
  }
}
