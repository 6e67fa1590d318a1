/**
 * Greenlets that could go on and do not come to it, while others run again and again; and those that run again and again where they
 * should wait. The hub's queue is fair; what is not: a lock that is taken anew by whoever has just released it, jobs of promises that go
 * on without an end, a policy of the program's own, and `sleep(0)` in place of a wait.
 */

import { Greenlet } from '../../core/greenlet.ts';
import { hub } from '../../core/hub.ts';
import { placeOf } from '../../core/sites.ts';
import { Semaphore } from '../../sync/semaphore.ts';
import type { Recorder } from '../recorder.ts';
import { type LintBook, partyOf } from './book.ts';

/** Who has not come to run for so many seconds starves, if others have. */
const LONG = 1;
/** So often another greenlet has run meanwhile, or has taken the lock. */
const AGAIN_AND_AGAIN = 10;
/** Who gives way so many times a second at one place does no work in between. */
const BUSY = 20_000;
/** So many of the hub's queue are looked at: who starves is at its head. */
const HEAD = 64;

/** A greenlet that was seen to wait for its turn. */
interface Seen {
  since: number;
  /** What would be different had it run meanwhile. */
  mark: number;
  /** What counts what others do: rows of the history, the times that a lock was taken, the greenlet's own switches. */
  count: number;
}

export class Starvation {
  private readonly book: LintBook;
  private readonly recorder: Recorder;
  private ready = new Map<Greenlet, Seen>();
  private first = new Map<Greenlet, Seen>();
  private busy = new Map<Greenlet, Seen>();

  constructor(book: LintBook, recorder: Recorder) {
    this.book = book;
    this.recorder = recorder;
  }

  /** Looks at who is ready, some times a second. */
  look(): void {
    const now = hub.now();
    const { row } = this.recorder.turn();
    const head = hub.ready().slice(0, HEAD).filter(isGreenlet);
    this.ready = this.watch(this.ready, head, now, ({ change }) => [change, row], this.starves);
    const busy = hub.current === null ? head : [...head, hub.current];
    const own = (each: Greenlet): [number, number] => [each.site(), each.switches];
    this.busy = this.watch(this.busy, busy, now, own, this.spins);
  }

  /** What was seen so far counts no more. */
  forget(): void {
    this.ready.clear();
    this.first.clear();
    this.busy.clear();
  }

  /** Looks at who is the first to wait for a lock; asks all greenlets. */
  lookAtLocks(): void {
    const waiting = nextInLines();
    const taken = (each: Greenlet): [number, number] => [
      each.switches,
      (each.waitOn as Semaphore).taken,
    ];
    this.first = this.watch(this.first, waiting, hub.now(), taken, this.isPassedOver);
  }

  /**
   * One look: who is as it was at the last one is judged, who is not begins anew.
   *
   * @param stateOf the mark and the count.
   * @param judge is asked about who has been so for long; tells whether it was told.
   */
  private watch(
    before: ReadonlyMap<Greenlet, Seen>,
    greenlets: readonly Greenlet[],
    now: number,
    stateOf: (greenlet: Greenlet) => [mark: number, count: number],
    judge: (greenlet: Greenlet, seen: Seen, seconds: number, count: number) => boolean,
  ): Map<Greenlet, Seen> {
    const seen = new Map<Greenlet, Seen>();
    for (const each of greenlets) {
      const [mark, count] = stateOf(each);
      const known = before.get(each);
      if (known?.mark !== mark) {
        seen.set(each, { since: now, mark, count });
        continue;
      }
      const seconds = now - known.since;
      const isTold = seconds >= LONG && judge.call(this, each, known, seconds, count);
      seen.set(each, isTold ? { since: now, mark, count } : known);
    }
    return seen;
  }

  private starves(greenlet: Greenlet, { count }: Seen, seconds: number): boolean {
    const rows = this.recorder.history({ since: count }).switches;
    const runs = new Map<number, number>();
    for (const { from } of rows) runs.set(from, (runs.get(from) ?? 0) + 1);
    const [most = 0, times = 0] = [...runs].reduce((a, b) => (b[1] > a[1] ? b : a), [0, 0]);
    const other = this.recorder.find(most);
    if (times < AGAIN_AND_AGAIN || other === undefined) return false;
    const stack = greenlet.begun ? greenlet.places() : greenlet.spawnPlaces();
    const others = [partyOf(other, 'runs meanwhile')];
    this.book.add({ code: 'starvation', greenlet, subject: '', seconds, stack, others });
    return true;
  }

  private isPassedOver(
    greenlet: Greenlet,
    { count }: Seen,
    seconds: number,
    taken: number,
  ): boolean {
    if (taken - count < AGAIN_AND_AGAIN) return false;
    const others = (greenlet.waitOn as Semaphore).owners().map((each) => partyOf(each, 'held by'));
    const subject = greenlet.waitText();
    this.book.add({
      code: 'starvation',
      greenlet,
      subject,
      seconds,
      stack: greenlet.places(),
      others,
    });
    return true;
  }

  /** Whether a greenlet has lately done nothing but give way. */
  private onlySleeps({ id }: Greenlet): boolean {
    const rows = this.recorder.history({ limit: HEAD }).switches;
    return rows.every((each) => each.from !== id || each.reason === 'sleep');
  }

  private spins(greenlet: Greenlet, { count }: Seen, seconds: number, switches: number): boolean {
    const place = placeOf(greenlet.site());
    const stack = place === undefined ? [] : [place];
    if (switches - count < BUSY * seconds || !this.onlySleeps(greenlet)) return false;
    this.book.add({
      code: 'busy-wait',
      greenlet,
      subject: 'sleep(0)',
      seconds,
      stack,
    });
    return true;
  }
}

function isGreenlet(each: unknown): each is Greenlet {
  return each instanceof Greenlet && hub.freezer?.has(each) !== true;
}

/** The first of those who wait for each semaphore. */
function nextInLines(): Greenlet[] {
  const semaphores = new Set<Semaphore>();
  for (const { state, waitOn } of Greenlet.live()) {
    if (state === 'waiting' && waitOn instanceof Semaphore) semaphores.add(waitOn);
  }
  return [...semaphores].flatMap((each) => each.waiters().slice(0, 1));
}
