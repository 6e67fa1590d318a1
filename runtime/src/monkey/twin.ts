/** Cooperative twins: forms that start the asynchronous call, and park until it calls back. */

import type { Form } from '../core/form.ts';
import { type Frame, finished } from '../core/frame.ts';
import type { Greenlet } from '../core/greenlet.ts';
import { hub } from '../core/hub.ts';
import { formatPlace } from '../core/sites.ts';
import { Waiter } from '../core/wait.ts';
import type { Callable } from './patchable.ts';

/** Ends the wait: with an error unless it is null or undefined, else with the value. */
export type Done = (error: unknown, value?: unknown) => void;

/** What a twin has begun. */
export interface Begun {
  /** What the greenlet waits on, for people: a path, a command. */
  on?: unknown;
  /** Whether the work does not keep the process alive by itself. */
  isIdle?: boolean;
  /** The greenlet waits no longer: stops the work, if it can be. */
  cancel?(): void;
  /** The greenlet has waited no longer, and now the work is done: gives back what nobody takes. */
  discard?(value: unknown): void;
}

/**
 * Starts the asynchronous call that does the same as the function.
 *
 * @returns undefined where there is no such call: then the function itself is called.
 * @throws anything: then the function itself is called, and throws its own error.
 */
export type Begin = (self: unknown, args: readonly unknown[], done: Done) => Begun | undefined;

/**
 * The form of a function that blocks: cooperative where the greenlet can give way, the function itself everywhere else. So the
 * arguments that `begin` does not want, wrong ones above all, get the function's own answer.
 *
 * @param kind what the greenlet waits for: `fs.readFileSync`.
 */
export function twinOf(kind: string, fn: Callable, begin: Begin): Form {
  return function (this: unknown, ...args: unknown[]): Frame {
    if (!canSwitch()) return finished(Reflect.apply(fn, this, args));
    const call = new Call(kind);
    let begun: Begun | undefined;
    try {
      begun = begin(this, args, call.done);
    } catch {
      begun = undefined;
    }
    if (begun === undefined) return finished(Reflect.apply(fn, this, args));
    return call.park(begun);
  };
}

/**
 * When the asynchronous function fails, asks the blocking one, which fails at once: their errors differ in details, and so does
 * what they count as an error (`throwIfNoEntry`).
 */
export function asking(begin: Begin, fn: Callable): Begin {
  return (self, args, done) =>
    begin(self, args, (error, value) => {
      if (error) ask(fn, self, args, done);
      else done(null, value);
    });
}

/** Lets the blocking function say what is wrong, which it does at once. */
export function ask(fn: Callable, self: unknown, args: readonly unknown[], done: Done): void {
  let value: unknown;
  try {
    value = Reflect.apply(fn, self, args);
  } catch (error) {
    done(error);
    return;
  }
  done(null, value);
}

/** Whether the code that runs is that of a greenlet which can give way. */
export function canSwitch(): boolean {
  return hub.current !== null && hub.barrier === 0;
}

/** One call that is on its way. */
class Call {
  private readonly kind: string;
  private readonly waiter: Waiter;
  private begun: Begun | undefined = undefined;
  private settled: { error: unknown; value: unknown } | undefined = undefined;
  private over = false;

  constructor(kind: string) {
    this.kind = kind;
    this.waiter = new Waiter(kind);
  }

  park(begun: Begun): Frame {
    const { settled, waiter } = this;
    if (settled !== undefined) {
      if (settled.error) throw settled.error;
      return finished(settled.value);
    }
    this.begun = begun;
    const holds = waiter.greenlet.holds();
    if (begun.isIdle) hub.outside.begin(holds);
    waiter.onDone(() => {
      this.over = true;
      if (begun.isIdle) hub.outside.end(holds);
      if (this.settled === undefined) begun.cancel?.();
    });
    return waiter.park(this.kind, begun.on);
  }

  readonly done: Done = (error, value) => {
    if (this.settled !== undefined) return;
    this.settled = { error, value };
    if (this.begun === undefined) return;
    if (this.over) {
      if (!error) this.begun.discard?.(value);
    } else if (error) {
      this.waiter.fail(traced(error, this.waiter.greenlet));
    } else {
      this.waiter.wake(value);
    }
  };
}

/** Adds to an error that was made outside the greenlet where the greenlet made the call. */
function traced(error: unknown, greenlet: Greenlet): unknown {
  if (!(error instanceof Error) || typeof error.stack !== 'string') return error;
  const lines = error.stack.split('\n');
  const foreign = lines.findIndex((line) => FRAME.test(line) && !NODE_FRAME.test(line));
  const kept = foreign < 0 ? lines : lines.slice(0, foreign);
  const places = greenlet.places().map((place) => `    at ${formatPlace(place)}`);
  error.stack = [...kept, ...places].join('\n');
  greenlet.noteTold(error);
  return error;
}

const FRAME = /^ {4}at /;
/** A frame of Node's own: what the error's stack begins with, wherever the function is called. */
const NODE_FRAME = /\(node:(?!internal\/process)[^)]*\)$/;
