/** Gives the hub Node's clock and loop. Imported once, by the package's entry, for its effect. */

// `performance` is not the global one: its getter costs more than the clock, and V8's steps would stop in it.
import { AsyncResource } from 'node:async_hooks';
import { performance } from 'node:perf_hooks';
import { aside } from '../core/aside.ts';
import type { Clock, Loop } from '../core/clock.ts';
import { hub } from '../core/hub.ts';
import { checkEveryTurn } from '../core/invariants.ts';
// For their effect: a greenlet can be joined and killed, whichever entries the program imports.
import '../core/join.ts';
import '../core/kill.ts';
import { formatReport } from '../core/report.ts';
import { setOwnFolder } from '../core/stack.ts';
import { installAsyncContext } from './async-context.ts';

/** Node fires a timer of more milliseconds than this at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * The clock rings so many seconds after a deadline, so that timers that were started in one turn ring together, in their order, before
 * what they make ready: as in an event loop that counts milliseconds.
 */
const TOGETHER = 0.0001;

/** A promise job costs a third of what `queueMicrotask` does. */
const SETTLED = Promise.resolve();

class NodeClock implements Clock {
  private timer: NodeJS.Timeout | undefined;
  private immediate: NodeJS.Immediate | undefined;
  /** When `timer` fires; it may be before the deadline, since making a timer costs more than firing once in vain. */
  private firesAt = Number.POSITIVE_INFINITY;
  private keepsAlive = false;
  private deadline = 0;
  private ring: () => void = nothing;

  now(): number {
    return performance.now() / 1000;
  }

  arm(deadline: number, ring: () => void, ref: boolean): void {
    this.deadline = deadline;
    this.ring = ring;
    const now = this.now();
    const at = deadline + TOGETHER;
    if (this.firesAt > now && this.firesAt <= at && this.keepsAlive === ref) return;
    this.disarm();
    if (deadline <= now) {
      this.immediate = setImmediate(ring);
      if (!ref) this.immediate.unref();
      return;
    }
    const milliseconds = Math.min(Math.ceil((at - now) * 1000), LONGEST_TIMER);
    this.firesAt = Math.min(at, now + milliseconds / 1000);
    this.keepsAlive = ref;
    this.timer = setTimeout(this.fired, milliseconds);
    if (!ref) this.timer.unref();
  }

  disarm(): void {
    clearTimeout(this.timer);
    clearImmediate(this.immediate);
    this.firesAt = Number.POSITIVE_INFINITY;
  }

  private readonly fired = (): void => {
    this.firesAt = Number.POSITIVE_INFINITY;
    if (this.now() < this.deadline + TOGETHER) this.arm(this.deadline, this.ring, this.keepsAlive);
    else this.ring();
  };
}

function nothing(): void {}

class NodeLoop implements Loop {
  private immediate: NodeJS.Immediate | undefined;
  /** Makes the loop look again within a millisecond, while there is an immediate that does not keep it alive. */
  private prod: NodeJS.Timeout | undefined;
  /** Does nothing but keep the process alive. */
  private holder: NodeJS.Timeout | undefined;

  turn(drain: () => void, ref: boolean): void {
    // A closure: arguments would be spread by Node, with an iterator that programs can take away.
    const immediate = setImmediate(() => {
      if (this.immediate === immediate) this.immediate = undefined;
      drain();
    });
    this.immediate = immediate;
    if (!ref) this.unref();
  }

  afterJobs(drain: () => void): void {
    SETTLED.then(drain);
  }

  unref(): void {
    this.immediate?.unref();
    this.prod ??= setTimeout(this.prodded, 0).unref();
  }

  hold(on: boolean): void {
    this.holder ??= setInterval(() => {}, LONGEST_TIMER);
    if (on) this.holder.ref();
    else this.holder.unref();
  }

  // The loop polls after its timers and before its immediates. It would poll until the next event of what keeps it alive, if
  // this timer had rung just before and there were no other.
  private readonly prodded = (): void => {
    this.prod = this.immediate && setTimeout(this.prodded, 0).unref();
  };
}

/** The URL of the bundle's folder: this file lies in it, or in its folder of chunks. */
export const runtimeFolder: string = new URL('.', import.meta.url).href.replace(/chunks\/$/, '');

setOwnFolder(runtimeFolder);
hub.clock = new NodeClock();
hub.loop = new NodeLoop();
hub.handleError = (context, error) => {
  process.stderr.write(formatReport(context, error));
};
if (process.env.GREENLETS_CHECKED === '1') checkEveryTurn(hub);
process.on('beforeExit', () => hub.exhausted());

// A test of `node:test`, for one, may begin inside the call that declares it; so it is nobody's, and a greenlet of its own.
const { runInAsyncScope } = AsyncResource.prototype;
AsyncResource.prototype.runInAsyncScope = function (this: AsyncResource, fn, self, ...args) {
  return aside(() => Reflect.apply(runInAsyncScope, this, [fn, self, ...args]));
} as typeof runInAsyncScope;
installAsyncContext();
