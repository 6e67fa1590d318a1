/**
 * Kills and time limits that were caught by whoever they were to end. A greenlet that was killed may wait in its `finally` blocks,
 * and ends with the GreenletExit. It has gone on if it ends with something else after it has given way again, or comes back to the very
 * place where it was killed. A time limit may be caught and the call be repeated; it was swallowed if that is done without a limit.
 */

import { GreenletExit } from '../../core/errors.ts';
import type { Greenlet } from '../../core/greenlet.ts';
import { hub } from '../../core/hub.ts';
import type { Place } from '../../core/sites.ts';
import { Timeout } from '../../core/timeout.ts';
import type { LintBook } from './book.ts';

/** An error that was thrown into a greenlet. */
interface Blow {
  kind: 'swallowed-kill' | 'swallowed-timeout';
  subject: string;
  /** Where all its frames were suspended. */
  sites: string;
  stack: Place[];
  /** How often the greenlet had given way. */
  switches: number;
}

/** A greenlet that has given way so often since its kill does not clean up any more. */
const MANY_YIELDS = 10;

export class Swallowed {
  private readonly book: LintBook;
  private readonly blows = new Map<Greenlet, Blow>();
  private readonly told = new WeakSet<Greenlet>();

  constructor(book: LintBook) {
    this.book = book;
  }

  /** Whether a greenlet was told to have swallowed something. */
  has(greenlet: Greenlet): boolean {
    return this.told.has(greenlet);
  }

  /** An error is about to be thrown into a greenlet. */
  thrown(greenlet: Greenlet, error: unknown): void {
    const isKill = error instanceof GreenletExit;
    if (!(isKill || error instanceof Timeout) || !greenlet.begun) return;
    this.blows.set(greenlet, {
      kind: isKill ? 'swallowed-kill' : 'swallowed-timeout',
      subject: greenlet.waitText(),
      sites: greenlet.sites.join(),
      stack: greenlet.places(),
      switches: greenlet.switches,
    });
  }

  /** A greenlet has ended; its end is not counted among its switches yet. */
  ended(greenlet: Greenlet): void {
    const blow = this.blows.get(greenlet);
    if (blow === undefined) return;
    this.blows.delete(greenlet);
    const hasGoneOn = greenlet.state !== 'killed' && greenlet.switches - blow.switches > 1;
    if (hasGoneOn && blow.kind === 'swallowed-kill') this.tell(greenlet, blow);
  }

  /**
   * Looks for those that have gone on.
   *
   * @param isEnd whether the program ends: then whoever has given way since its kill has survived it.
   */
  look(isEnd: boolean): void {
    for (const [greenlet, blow] of this.blows) {
      if (!this.goesOn(greenlet, blow, isEnd)) continue;
      this.blows.delete(greenlet);
      this.tell(greenlet, blow);
    }
  }

  private goesOn(greenlet: Greenlet, blow: Blow, isEnd: boolean): boolean {
    const yields = greenlet.switches - blow.switches;
    if (yields === 0 || greenlet.state !== 'waiting') return false;
    const isBack = greenlet.sites.join() === blow.sites;
    if (blow.kind === 'swallowed-timeout') return isBack && !hasLimit(greenlet);
    return isBack || yields >= MANY_YIELDS || isEnd;
  }

  private tell(greenlet: Greenlet, { kind, subject, stack }: Blow): void {
    this.told.add(greenlet);
    this.book.add({ code: kind, greenlet, subject, stack });
  }
}

/** Whether a timer will wake the greenlet. */
function hasLimit(greenlet: Greenlet): boolean {
  for (const { wakes } of hub.alarm) if (wakes === greenlet) return true;
  return false;
}
