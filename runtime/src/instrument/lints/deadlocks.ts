/** Deadlocks: of the whole program, and of a part of it while others still run. */

import type { LoopExit } from '../../core/errors.ts';
import { Greenlet } from '../../core/greenlet.ts';
import { hub } from '../../core/hub.ts';
import { Several } from '../../core/several.ts';
import { wakersOf } from '../../core/wait-graph.ts';
import { type LintBook, partyOf } from './book.ts';

/** A circle that lasts so many seconds does not end: somebody outside it might still release what it waits for. */
const LASTING = 1;

export class Deadlocks {
  private readonly book: LintBook;
  private readonly told = new WeakSet<Greenlet>();
  /** The circles that were seen, and when first. */
  private seen = new Map<string, number>();

  constructor(book: LintBook) {
    this.book = book;
  }

  /** Whether a greenlet was told to be in a deadlock. */
  has(greenlet: Greenlet): boolean {
    return this.told.has(greenlet);
  }

  /** Nothing can ever run again: every greenlet that waits is stuck. */
  total(error: LoopExit): void {
    for (const { greenlets } of error.deadlocks) this.tellCircle(greenlets);
    for (const each of Greenlet.live()) if (each.state === 'waiting') this.tell(each, []);
  }

  /**
   * Looks for circles; asks all greenlets.
   *
   * @param isEnd whether the program ends, so that what is stuck now stays so.
   */
  look(isEnd: boolean): void {
    const now = hub.now();
    const before = this.seen;
    this.seen = new Map();
    for (const { greenlets } of hub.findDeadlocks()) {
      const key = greenlets.map((each) => `${each.id}.${each.switches}`).join();
      const since = before.get(key) ?? now;
      this.seen.set(key, since);
      if (isEnd || (now - since >= LASTING && !isAlone(greenlets))) this.tellCircle(greenlets);
    }
  }

  private tellCircle(greenlets: readonly Greenlet[]): void {
    greenlets.forEach((each, i) => {
      this.tell(each, [...greenlets.slice(i + 1), ...greenlets.slice(0, i)]);
    });
  }

  /** @param rest the others of its circle, in their order; empty: it waits for itself, or is in none. */
  private tell(greenlet: Greenlet, rest: readonly Greenlet[]): void {
    if (this.told.has(greenlet)) return;
    this.told.add(greenlet);
    const wakers = wakersOf(greenlet);
    const parties = new Set([
      ...rest,
      ...(wakers?.greenlets ?? []),
      ...greenletsIn(greenlet.waitOn).filter((each) => !each.ready()),
    ]);
    const others = [...parties].map((each) =>
      partyOf(each, wakers?.greenlets.includes(each) ? wakers.relation : ''),
    );
    const circle = rest.length > 0 ? [greenlet, ...rest].map((each) => each.label) : [];
    const subject = greenlet.waitText();
    this.book.add({
      code: 'deadlock',
      greenlet,
      subject,
      stack: greenlet.places(),
      circle,
      others,
    });
  }
}

/** The greenlets that somebody waits for. */
function greenletsIn(on: unknown): Greenlet[] {
  if (on instanceof Several) return on.objects.flatMap(greenletsIn);
  return on instanceof Greenlet ? [on] : [];
}

/** Whether the greenlet waits for what it holds itself: it may also wait for somebody else to give it, as a signal. */
function isAlone(greenlets: readonly Greenlet[]): boolean {
  const [only] = greenlets;
  return (
    greenlets.length === 1 &&
    wakersOf(only as Greenlet)?.greenlets.includes(only as Greenlet) === true
  );
}
