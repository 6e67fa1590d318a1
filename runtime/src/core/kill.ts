/** Killing: an error thrown into a greenlet from the hub, so that its `finally` blocks run. */

import { GreenletExit } from './errors.ts';
import { parked } from './frame.ts';
import { Greenlet } from './greenlet.ts';
import { type Callback, hub } from './hub.ts';
import { waitForEnds } from './join.ts';
import { switching } from './ordinary.ts';
import { Several } from './several.ts';
import { Timeout } from './timeout.ts';
import { isSeconds, noSeconds, TIMED_OUT, Waiter } from './wait.ts';

/** Options of `killAll`. */
export interface KillOptions {
  /** What is thrown: an error or a class of errors; a GreenletExit by default. */
  exception?: unknown;
  /** Whether to wait until they have ended. */
  block?: boolean;
  /** How long to wait, in seconds; undefined: until they have ended. */
  timeout?: number;
}

/** Throws a GreenletExit (or `exception`) into a greenlet at the hub's next turn. Never switches (gevent's `kill`). */
export function kill(greenlet: Greenlet, exception?: unknown): void {
  if (greenlet.ready()) return;
  if (greenlet.begun || greenlet.raw) hub.push(new Kill([greenlet], errorOf(exception), undefined));
  else hub.throwInto(greenlet, errorOf(exception));
}

/**
 * Throws into all the greenlets, in their order and in one turn of the hub, and waits until they have ended. May switch,
 * unless `block` is false (gevent's `killall`).
 *
 * @throws {Timeout} if some have not ended in time.
 */
export const killAll: (greenlets: Iterable<Greenlet>, options?: KillOptions) => undefined =
  switching('killAll', killAllForm) as never;

Greenlet.prototype.kill = switching('kill', killForm) as Greenlet['kill'];

function* killForm(
  this: Greenlet,
  exception?: unknown,
  { block = true, timeout }: { block?: boolean; timeout?: number } = {},
): Generator<undefined, undefined, unknown> {
  yield* killEach([this], errorOf(exception), block, timeout, 'kill');
  return undefined;
}

function* killAllForm(
  greenlets: Iterable<Greenlet>,
  { exception, block = true, timeout }: KillOptions = {},
): Generator<undefined, undefined, unknown> {
  const inTime = yield* killEach([...greenlets], errorOf(exception), block, timeout, 'killAll');
  if (!inTime) throw new Timeout(timeout);
  return undefined;
}

function* killEach(
  victims: readonly Greenlet[],
  error: unknown,
  block: boolean,
  timeout: number | undefined,
  kind: string,
): Generator<undefined, boolean, unknown> {
  if (timeout !== undefined && !isSeconds(timeout)) throw noSeconds(timeout);
  for (const each of victims) if (!each.begun && !each.raw) hub.throwInto(each, error);
  const running = victims.filter((each) => !each.ready());
  if (running.length === 0) return true;
  if (!block) {
    hub.push(new Kill(running, error, undefined));
    return true;
  }
  const until = timeout === undefined ? undefined : hub.now() + timeout;
  const thrown = new Waiter(kind);
  const callback = new Kill(running, error, () => thrown.wake(undefined));
  hub.push(callback);
  thrown.timeout(timeout, TIMED_OUT);
  thrown.park(kind, victims.length === 1 ? victims[0] : new Several(running, running.length));
  if ((yield* parked()) === TIMED_OUT) return false;
  const { survivors } = callback;
  // A single one may have ended by now; several are all linked to, and so the killer gives way even then, as in gevent.
  const lasting = kind === 'kill' ? survivors.filter((each) => !each.ready()) : survivors;
  const rest = until === undefined ? undefined : until - hub.now();
  const ended = yield* waitForEnds(lasting, kind, { timeout: rest });
  return ended.length === lasting.length;
}

/** Throws into each victim, one a step, then wakes the killer. */
class Kill implements Callback {
  private readonly victims: readonly Greenlet[];
  private readonly error: unknown;
  private readonly after: (() => void) | undefined;
  private next = 0;
  /** Those that have not ended at once. */
  readonly survivors: Greenlet[] = [];

  constructor(victims: readonly Greenlet[], error: unknown, after: (() => void) | undefined) {
    this.victims = victims;
    this.error = error;
    this.after = after;
  }

  step(): boolean {
    const victim = this.victims[this.next++];
    if (victim === undefined) {
      this.after?.();
      return false;
    }
    if (!victim.ready()) {
      hub.throwInto(victim, this.error);
      if (!victim.ready()) this.survivors.push(victim);
    }
    return this.next < this.victims.length || this.after !== undefined;
  }
}

function errorOf(exception: unknown): unknown {
  if (exception === undefined) return new GreenletExit();
  return typeof exception === 'function' ? Reflect.construct(exception, []) : exception;
}
