/** The history: the last switches, in a ring of plain numbers, so that recording a switch allocates nothing. */

import { hub } from '../core/hub.ts';
import { placeOf } from '../core/sites.ts';
import type { History, HistoryArguments, SwitchRow } from '../protocol/snapshot.ts';

const HUB_ID = 0;
/** How many numbers a row has, and where they are in it, `from` being the first. */
const WIDTH = 4;
const TO = 1;
const SITE = 2;
const REASON = 3;
/** Rows that follow each other faster than this many seconds share readings of the clock: a reading costs half a switch. */
const QUICK = 2e-6;
/** How many rows share one reading at most. */
const SHARED_BY = 8;
/** The time of a row that has not been read: it lies evenly between its neighbors. */
const UNREAD = -1;

export class Rows {
  /** How many rows are kept. */
  readonly limit: number;
  private readonly times: Float64Array;
  /** Of each row: from, to, site, and the number of its reason. Side by side, so that a row touches little memory. */
  private readonly numbers: Int32Array;
  private readonly reasons: string[] = [];
  private readonly numberOfReason = new Map<string, number>();
  /** The reason of the row before, which is often that of the next one. */
  private reason = '';
  private reasonNumber = -1;
  private count = 0;
  /** How many rows share a reading of the clock now. */
  private sharing = 1;
  /** How many rows come before the next reading. */
  private untilReading = 0;
  /** The last reading, and how many rows there were then. */
  private readTime = 0;
  private readCount = 0;
  /** The place of the newest row; -1 before the first. */
  private last = -1;

  /** @param limit how many rows are kept. */
  constructor(limit: number) {
    this.limit = limit;
    this.times = new Float64Array(this.limit);
    this.numbers = new Int32Array(this.limit * WIDTH);
  }

  /** A greenlet has stopped running. */
  begin(from: number, reason: string, site: number): void {
    if (this.limit === 0) return;
    const last = this.last + 1;
    const at = last === this.limit ? 0 : last;
    this.last = at;
    this.count++;
    if (this.untilReading > 0) {
      this.untilReading--;
      this.times[at] = UNREAD;
    } else {
      this.times[at] = this.readClock();
    }
    if (reason !== this.reason) this.turnTo(reason);
    const { numbers } = this;
    numbers[at * WIDTH] = from;
    numbers[at * WIDTH + TO] = HUB_ID;
    numbers[at * WIDTH + SITE] = site;
    numbers[at * WIDTH + REASON] = this.reasonNumber;
  }

  /** The last row's other end: who runs next. */
  complete(to: number): void {
    if (this.last >= 0) this.numbers[this.last * WIDTH + TO] = to;
  }

  /** The hub had nothing to do, and goes on. */
  wake(): void {
    this.untilReading = 0;
    this.begin(HUB_ID, 'wake', -1);
  }

  /** The hub has nothing to do: what happened until now did not last until it has. */
  rest(): void {
    if (this.last >= 0 && this.times[this.last] === UNREAD) {
      this.times[this.last] = this.readClock();
    }
  }

  /**
   * The turn that runs now: the index of the row that its end will begin, whose time will be read from the clock, and when the turn began;
   * null where that was not read.
   */
  turn(): { row: number; began: number | null } {
    this.untilReading = 0;
    const began = this.last < 0 ? UNREAD : (this.times[this.last] as number);
    return { row: this.count, began: began === UNREAD ? null : began };
  }

  /** When a row was begun, by its index; undefined where it is not kept. */
  begunAt(index: number): number | undefined {
    const isKept = index < this.count && index >= this.count - this.limit;
    return isKept ? this.timeOf(index) : undefined;
  }

  private turnTo(reason: string): void {
    const known = this.numberOfReason.get(reason);
    const number = known ?? this.reasons.push(reason) - 1;
    if (known === undefined) this.numberOfReason.set(reason, number);
    this.reason = reason;
    this.reasonNumber = number;
  }

  private readClock(): number {
    const now = hub.now();
    const isQuick = now - this.readTime < QUICK * (this.count - this.readCount);
    this.sharing = isQuick ? Math.min(SHARED_BY, this.sharing * 2) : 1;
    this.untilReading = this.sharing - 1;
    this.readTime = now;
    this.readCount = this.count;
    return now;
  }

  /** The last reading of the clock: when the newest row was begun, but for a few microseconds. */
  get lastTime(): number {
    return this.readTime;
  }

  /** The rows that are wanted of those that are kept, oldest first. */
  read(wanted: HistoryArguments): History {
    const { since = 0, before = Number.POSITIVE_INFINITY, greenlet, reason } = wanted;
    const { count, reasons } = this;
    const limit = Math.max(0, wanted.limit ?? Number.POSITIVE_INFINITY);
    const dropped = Math.max(0, count - this.limit);
    const oldest = Math.max(dropped, since);
    const reasonNumber = reason === undefined ? undefined : (this.numberOfReason.get(reason) ?? -1);
    const switches: SwitchRow[] = [];
    for (let i = Math.min(count, before - 1) - 1; i >= oldest && switches.length < limit; i--) {
      if (this.matches(i, greenlet, reasonNumber)) switches.push(this.row(i, dropped));
    }
    return { switches: switches.reverse(), dropped, newest: count, reasons: [...reasons] };
  }

  private matches(index: number, greenlet: number | undefined, reason: number | undefined) {
    const { numbers } = this;
    const at = (index % this.limit) * WIDTH;
    const isOf =
      greenlet === undefined || numbers[at] === greenlet || numbers[at + TO] === greenlet;
    return isOf && (reason === undefined || numbers[at + REASON] === reason);
  }

  private row(index: number, oldest: number): SwitchRow {
    const at = index % this.limit;
    const [from = 0, to = 0, site = 0, reason = 0] = this.numbers.subarray(at * WIDTH);
    const place = placeOf(site);
    const time = this.timeOf(index);
    const start = index === 0 ? 0 : index > oldest ? this.timeOf(index - 1) : undefined;
    return {
      seq: index + 1,
      time,
      ...(start !== undefined && { duration: Math.max(0, time - start) }),
      from,
      to,
      reason: this.reasons[reason] as string,
      source: place?.path ?? '',
      line: place?.line ?? 0,
      column: place?.column ?? 0,
    };
  }

  private timeOf(index: number): number {
    const time = this.times[index % this.limit] as number;
    if (time !== UNREAD) return time;
    const oldest = Math.max(0, this.count - this.limit);
    let before = index;
    while (before >= oldest && this.times[before % this.limit] === UNREAD) before--;
    let after = index;
    while (after < this.count && this.times[after % this.limit] === UNREAD) after++;
    // The newest rows have happened right after the last reading, the oldest that are left right before the first.
    if (after === this.count) return this.readTime;
    const end = this.times[after % this.limit] as number;
    if (before < oldest) return end;
    const start = this.times[before % this.limit] as number;
    return start + ((end - start) * (index - before)) / (after - before);
  }
}
