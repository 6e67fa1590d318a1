/**
 * The hub: takes the next ready callback, resumes the greenlet in it, records where that greenlet gave way, and starts
 * again. It is a loop, not a greenlet: nothing ever switches *to* it, greenlets unwind into it.
 *
 * - One queue of callbacks, first in, first out, whatever they are: a start, a `sleep(0)`, a notification, a kill. Greenlets
 *   are resumed from inside callbacks, as in gevent, so the order of everything follows from the order of the queue.
 * - A callback runs in steps, and one step resumes at most one greenlet. The reason is a module's top level (main): it goes on
 *   only in a promise job, after the native stack is empty. So the hub stops after that step, and goes on with the same
 *   callback when main gives way.
 * - It knows no Node: time comes from a Clock, turns from a Loop, choices from a Policy, and what happens is told to a Probe.
 * Rejected: a hub that is a greenlet (gevent's own shape). It doubles the switches and the frames, and shows nothing more.
 */

import { Alarm } from './alarm.ts';
import type { Clock } from './clock.ts';
import { cannotSwitch, GreenletExit, InternalError } from './errors.ts';
import type { Form } from './form.ts';
import { type Frame, RUNTIME_SITE, type Step } from './frame.ts';
import type { Freezer } from './freezer.ts';
import { Greenlet, thread } from './greenlet.ts';
import { Idlers } from './idlers.ts';
import { findDeadlocks, loopExit } from './loop-exit.ts';
import { Outside } from './outside.ts';
import { asyncContext, captureStores, exchangeStores } from './stores.ts';
import { PLAIN, type Timer, type TimerOptions } from './timers.ts';
import { type Callback, Turns } from './turns.ts';
import type { Deadlock, DeadlockOptions } from './wait-graph.ts';

export type { Callback };

/** What a frame's `next` and `throw` return when the greenlet goes on natively, in a promise job: a module's top level. */
export const AWAY: Step = { done: false, value: undefined };

export class Hub extends Turns {
  /** Keeps greenlets from running; null: none is frozen. */
  freezer: Freezer | null = null;
  /** The greenlet whose code runs now; null in the hub and in code outside any greenlet. */
  current: Greenlet | null = null;
  /** How many native frames lie between the running greenlet's frames and its innermost code. */
  barrier = 0;

  /** The program's top level. */
  readonly main: Greenlet = Greenlet.main();
  /** Whether the program's top level has run to its end. */
  mainEnded = false;

  /**
   * Called for every uncaught error of a greenlet, except GreenletExit (gevent's `Hub.handle_error`). Assignable; the default
   * prints the error with its logical stack to stderr.
   *
   * @param context the greenlet, or the callback that failed.
   */
  handleError: (context: unknown, error: unknown) => void = () => {};

  /** @internal Hears of errors that the runtime is about to throw at the program; null: nobody wants to. */
  onRaise: ((error: unknown) => void) | null = null;

  /** @internal Rejects a promise of the program's; a debugger puts its own in place. */
  reject: (reject: (error: unknown) => void, error: unknown) => void = (reject, error) =>
    reject(error);

  /** @internal Waits for sockets and the like. */
  readonly outside: Outside = new Outside(this);

  /** @internal */ readonly alarm: Alarm = new Alarm(this);
  /** @internal What happens when nothing else is left to do. */
  readonly idlers: Idlers = new Idlers(this);
  /** @internal How many greenlets live that keep the process alive after main has ended. */
  holders = 0;

  constructor() {
    super();
    thread.hub = this;
  }

  /** Seconds since the program's start. */
  now(): number {
    return this.clock.now();
  }

  /** Reads the time from another clock from now on; timers that have been started keep their deadlines. */
  useClock(clock: Clock): void {
    this.clock.disarm();
    this.clock = clock;
    this.alarm.arm();
  }

  /**
   * Starts a timer.
   *
   * @param seconds from now; zero or less rings after the next poll.
   * @param ring runs in the hub; may resume at most one greenlet.
   * @param holds whether the timer keeps the process alive after main has ended.
   */
  after(
    seconds: number,
    ring: (timer: Timer) => void,
    holds: boolean,
    options: TimerOptions = PLAIN,
  ): Timer {
    return this.alarm.add(this.clock.now() + Math.max(0, seconds), ring, holds, options);
  }

  /** Stops a timer; nothing happens if it has rung. */
  cancel(timer: Timer): void {
    this.alarm.remove(timer);
  }

  /** Whether a callback is ready, or a timer is due. */
  isBusy(): boolean {
    return this.away !== null || this.hasWork() || this.alarm.isDue();
  }

  /** Runs a greenlet's body for the first time. */
  beginBody(greenlet: Greenlet): void {
    if (this.freezer?.keeps(greenlet, false, () => this.beginBody(greenlet))) return;
    const { current, barrier } = this;
    const outer = asyncContext.inUse === null ? undefined : exchangeStores(greenlet.stores);
    this.enter(greenlet);
    let frame: Frame | undefined;
    try {
      frame = greenlet.firstFrame();
      const step = frame.next();
      if (step.done) this.end(greenlet, false, step.value);
      else this.collect(greenlet, frame);
    } catch (error) {
      this.end(greenlet, true, error);
    }
    this.current = current;
    this.barrier = barrier;
    if (asyncContext.inUse !== null) greenlet.stores = exchangeStores(outer);
  }

  /** Goes on with a parked greenlet: its innermost call returns `value`. Called in the hub only. */
  resume(greenlet: Greenlet, value: unknown): void {
    if (this.freezer?.keeps(greenlet, false, () => this.resume(greenlet, value))) return;
    this.runFrames(greenlet, false, value);
  }

  /** Goes on with a parked greenlet: its innermost call, which waits, has failed with `error`. Called in the hub only. */
  fail(greenlet: Greenlet, error: unknown): void {
    if (greenlet.ready()) return;
    const isKept = this.freezer?.keeps(greenlet, true, () => this.fail(greenlet, error));
    greenlet.unpark();
    if (!isKept) this.runFrames(greenlet, true, error);
  }

  /** Kills a greenlet: where it waits, `error` is thrown. One that has not run yet ends at once. */
  throwInto(greenlet: Greenlet, error: unknown): void {
    if (greenlet.ready()) return;
    const isKept = this.freezer?.keeps(greenlet, true, () => this.throwInto(greenlet, error));
    if (!isKept) this.probe?.kill(greenlet, error);
    greenlet.unpark();
    if (isKept) return;
    if (greenlet.begun) this.runFrames(greenlet, true, error);
    else this.end(greenlet, true, error);
  }

  /**
   * Runs a function's second form outside any greenlet. If it suspends, it goes on as a new greenlet.
   *
   * @param spawner the greenlet that counts as its spawner.
   * @returns the function's value, or a promise of it if it has suspended.
   */
  adopt(
    name: string,
    form: Form,
    self: unknown,
    args: ArrayLike<unknown>,
    spawner?: Greenlet,
  ): unknown {
    const greenlet = Greenlet.adopted(name, form, self, args);
    if (spawner !== undefined) Object.assign(greenlet, { spawningGreenlet: spawner });
    this.holders++;
    this.beginBody(greenlet);
    if (!greenlet.ready()) {
      greenlet.enlist();
      return greenlet.promise();
    }
    if (greenlet.state === 'failed') throw greenlet.exception;
    return greenlet.value;
  }

  /** Starts the greenlet of an `async` function: its first segment runs at once, while its caller is ready. */
  beginAsync(greenlet: Greenlet): void {
    const { current } = this;
    this.holders++;
    greenlet.enlist();
    this.probe?.spawn(greenlet, current);
    if (current !== null) {
      current.state = 'ready';
      this.probe?.leave(current, 'async', RUNTIME_SITE, 0);
    }
    this.beginBody(greenlet);
    if (current === null) return;
    current.state = 'running';
    this.probe?.enter(current);
  }

  /** The top level of a module that `import()` has loaded starts, in a greenlet of its own. */
  topBegins(greenlet: Greenlet): void {
    this.holders++;
    this.topEnters(greenlet);
  }

  /** The top level of a module starts, or goes on after a switch; `run` has entered its greenlet already then. */
  topEnters(greenlet: Greenlet): void {
    if (this.away !== greenlet) this.enter(greenlet);
    if (greenlet.stores !== undefined) exchangeStores(greenlet.stores);
    this.away = greenlet;
    this.current = greenlet;
    this.barrier = 0;
  }

  /**
   * The top level of a module has run to its end; the next one's goes on in the same greenlet, in one of the next promise jobs. If
   * none does, the program's entry is no transformed module, and the others may run.
   */
  topPauses(): void {
    this.main.stores = captureStores();
    this.current = null;
    const go = () => {
      if (this.away === this.main && this.current === null) this.topIsBack();
    };
    this.loop.turn(go, !this.mainEnded);
  }

  /** The top level of a module has suspended: `frame` continues it. */
  topLeaves(greenlet: Greenlet, frame: Frame): void {
    greenlet.stores = captureStores();
    this.collect(greenlet, frame);
    this.topIsBack();
  }

  /** The top level of a module has run to its end. */
  topEnds(greenlet: Greenlet): void {
    this.end(greenlet, false, undefined);
    this.topIsBack();
  }

  /** The top level of a module has thrown; whoever imports it gets the error. */
  topFails(greenlet: Greenlet, error: unknown): void {
    this.end(greenlet, true, error);
    this.topIsBack();
  }

  /** Nothing will ever happen again: no ready callback, no timer, no handle of the loop's. */
  exhausted(): void {
    if (this.mainEnded || this.main.state !== 'waiting') return;
    this.throwInto(this.main, loopExit([...Greenlet.live()]));
    this.wantTurn(); // If main waits again, this happens again.
  }

  /**
   * The greenlets that wait for each other in a circle, or for one that has ended, while others may still run. Who waits with a time
   * limit is in none. Never switches.
   */
  findDeadlocks(options?: DeadlockOptions): Deadlock[] {
    return findDeadlocks(this.alarm, options);
  }

  /**
   * The running greenlet, which is about to park.
   *
   * @param kind what it is going to wait for, for the error.
   * @throws {CannotSwitchError} in the hub, and below a native frame.
   */
  parking(kind: string): Greenlet {
    const { current, barrier } = this;
    if (current === null || barrier > 0) throw cannotSwitch(kind, current);
    return current;
  }

  private runFrames(greenlet: Greenlet, throwing: boolean, value: unknown): void {
    const { current, barrier } = this;
    const outer = asyncContext.inUse === null ? undefined : exchangeStores(greenlet.stores);
    this.enter(greenlet);
    if (throwing && !(value instanceof GreenletExit)) greenlet.noteFrames(value);
    for (;;) {
      const frame = greenlet.popFrame();
      if (frame === null) {
        this.end(greenlet, throwing, value);
        break;
      }
      let step: Step;
      try {
        step = throwing ? frame.throw(value) : frame.next(value);
      } catch (error) {
        greenlet.noteCallers(error);
        throwing = true;
        value = error;
        continue;
      }
      if (step === AWAY) {
        this.away = greenlet;
        break;
      }
      if (!step.done) {
        this.collect(greenlet, frame);
        break;
      }
      throwing = false;
      value = step.value;
    }
    this.current = current;
    this.barrier = barrier;
    if (asyncContext.inUse !== null) greenlet.stores = exchangeStores(outer);
  }

  private enter(greenlet: Greenlet): void {
    this.current = greenlet;
    this.barrier = 0;
    greenlet.state = 'running';
    greenlet.begun = true;
    greenlet.waitKind = '';
    greenlet.waitOn = undefined;
    greenlet.cancel = null;
    if (this.probe !== null) this.probe.enter(greenlet);
  }

  /** The running greenlet has suspended; `outermost` is the frame that the hub ran. */
  private collect(greenlet: Greenlet, outermost: Frame): void {
    if (greenlet.waitKind === '')
      throw new InternalError(`${greenlet.label} suspended without a wait`);
    const callers = greenlet.pushFrames(outermost);
    greenlet.switches++;
    if (this.probe !== null)
      this.probe.leave(greenlet, greenlet.waitKind, greenlet.site(), callers);
  }

  private end(greenlet: Greenlet, threw: boolean, value: unknown): void {
    if (greenlet === this.main) this.letGo();
    greenlet.ended(threw, value);
    greenlet.switches++;
    if (greenlet.holds()) this.holders--;
    if (this.probe !== null) {
      this.probe.exit(greenlet);
      this.probe.leave(greenlet, greenlet.state === 'killed' ? 'kill' : 'exit', RUNTIME_SITE, 0);
    }
    if (greenlet.state === 'failed' && greenlet.reports()) this.handleError(greenlet, value);
  }

  /** The program's top level is done: what was spawned no longer keeps the process alive. */
  private letGo(): void {
    this.mainEnded = true;
    if (this.holders === 0) this.loop.unref();
    this.outside.update();
    this.alarm.arm();
  }

  private topIsBack(): void {
    this.away = null;
    this.current = null;
    this.barrier = 0;
    this.goOn();
  }

  protected override keepsAlive(): boolean {
    return !this.mainEnded || this.holders > 0;
  }
}

/** The hub of this thread. */
export const hub: Hub = new Hub();
