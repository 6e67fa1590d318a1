/** Which errors the program pauses at: what of them only the runtime knows. */

import { GreenletExit } from '../core/errors.ts';
import type { Greenlet } from '../core/greenlet.ts';
import { hub } from '../core/hub.ts';
import { placeOf } from '../core/sites.ts';
import type { ErrorVerdict } from '../protocol/bridge.ts';
import type { Filters } from './filters.ts';

export class Errors {
  /** Each error is told once as caught, and once as uncaught. */
  private readonly told = {
    uncaught: new WeakSet<object>(),
    caught: new WeakSet<object>(),
  };
  /** Errors that are on their way to a promise, and whose they are. */
  private readonly pending = new WeakMap<object, Greenlet>();

  /**
   * Judges an error that is being thrown.
   *
   * @param guarded whether a frame on V8's stack catches it.
   */
  judge(error: unknown, guarded: boolean, filters: Filters): ErrorVerdict {
    const { current } = hub;
    if (error instanceof GreenletExit) return null;
    const isCaught = guarded || (current?.sites ?? []).some((site) => placeOf(site)?.guarded);
    const settles = current !== null && current !== hub.main && !current.reports();
    if (!isCaught && settles) {
      if (isObject(error)) this.pending.set(error, current);
      return 'later';
    }
    return this.admit(error, isCaught ? 'caught' : 'uncaught', current, filters);
  }

  /**
   * Judges an error that a greenlet's promise is rejected with, while nobody handles it. Where one of the callers would catch it who
   * was on V8's stack when it was thrown, that one is going to await the promise.
   *
   * @returns the greenlet's id; 0: the program does not pause.
   */
  judgeRejection(error: unknown, filters: Filters): number {
    const greenlet = isObject(error) ? this.pending.get(error) : undefined;
    if (greenlet === undefined) return 0;
    return this.admit(error, 'uncaught', greenlet, filters) === null ? 0 : greenlet.id;
  }

  /** An error that the program has paused at already. */
  tell(error: object): void {
    this.told.uncaught.add(error);
  }

  private admit(
    error: unknown,
    verdict: 'caught' | 'uncaught',
    greenlet: Greenlet | null,
    filters: Filters,
  ): ErrorVerdict {
    if (isObject(error)) {
      const told = this.told[verdict];
      if (told.has(error)) return null;
      told.add(error);
    }
    const reason = error instanceof Error ? error.name : String(error);
    return filters[verdict]?.admits({ greenlet, reason, error }) ? verdict : null;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
