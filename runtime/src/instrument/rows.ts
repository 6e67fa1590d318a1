/** The history: the last switches, in a ring of plain numbers, so that recording a switch allocates nothing. */

import { hub } from '../core/hub.ts';
import { type Place, placeOf } from '../core/sites.ts';
import type { PackedArguments, PackedHistory } from '../protocol/packed.ts';
import type { History, HistoryArguments, Location, SwitchRow } from '../protocol/snapshot.ts';

const HUB_ID = 0;
/** How many numbers a row has, and where they are in it, `from` being the first. */
const WIDTH = 5;
const TO = 1;
const SITE = 2;
const REASON = 3;
/** Why `to` runs, as `hub.cause` has it. */
const CAUSE = 4;
/** Rows that follow each other faster than this many seconds share readings of the clock: a reading costs half a switch. */
const QUICK = 2e-6;
/** How many rows share one reading at most. */
const SHARED_BY = 8;
const MICROSECONDS = 1e6;
/** The time of a row that has not been read: it lies evenly between its neighbors. */
const UNREAD = -1;

export class Rows {
  /** How many rows are kept. */
  readonly limit: number;
  private readonly times: Float64Array;
  /** The clock of the world outside; and its readings, made once the program has given its hub another one. */
  private readonly worldClock = hub.clock;
  private walls: Float64Array | null = null;
  /** Of each row: from, to, site, the number of its reason, and its cause. Side by side, so that a row touches little memory. */
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
      if (this.walls !== null) this.walls[at] = UNREAD;
    } else {
      this.times[at] = this.readClock();
    }
    if (reason !== this.reason) this.turnTo(reason);
    const { numbers } = this;
    numbers[at * WIDTH] = from;
    numbers[at * WIDTH + TO] = HUB_ID;
    numbers[at * WIDTH + SITE] = site;
    numbers[at * WIDTH + REASON] = this.reasonNumber;
    numbers[at * WIDTH + CAUSE] = 0;
  }

  /**
   * The last row's other end: who runs next.
   *
   * @param cause why, as `hub.cause` has it.
   */
  complete(to: number, cause: number): void {
    if (this.last < 0) return;
    this.numbers[this.last * WIDTH + TO] = to;
    this.numbers[this.last * WIDTH + CAUSE] = cause;
  }

  /** Who ran in the turn that a row has ended; 0 where that row is not kept. */
  from(seq: number): number {
    const isKept = seq > 0 && seq <= this.count && seq > this.count - this.limit;
    return isKept ? (this.numbers[((seq - 1) % this.limit) * WIDTH] as number) : 0;
  }

  /** How many rows there have been. */
  get total(): number {
    return this.count;
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
    return isKept ? this.timeOf(index, this.times) : undefined;
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
    if (hub.clock !== this.worldClock || this.walls !== null) this.readWorld();
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
    const { numbers, limit: size } = this;
    let i = Math.min(count, before - 1) - 1;
    // Most rows may be no match: nothing is computed for those.
    let at = (i % size) * WIDTH;
    for (; i >= oldest && switches.length < limit; i--) {
      const isOf =
        greenlet === undefined || numbers[at] === greenlet || numbers[at + TO] === greenlet;
      if (isOf && (reasonNumber === undefined || numbers[at + REASON] === reasonNumber)) {
        switches.push(this.row(i, dropped));
      }
      at = at === 0 ? (size - 1) * WIDTH : at - WIDTH;
    }
    return { switches: switches.reverse(), dropped, newest: count, reasons: [...reasons] };
  }

  /** Notes the time outside for the newest row. */
  private readWorld(): void {
    if (this.walls === null) {
      this.walls = new Float64Array(this.limit);
      for (let i = Math.max(0, this.count - this.limit); i < this.count - 1; i++)
        this.walls[i % this.limit] = this.timeOf(i, this.times);
    }
    this.walls[this.last] = this.worldClock.now();
  }

  /** The rows that are kept, as numbers, oldest first. */
  pack({ since = 0, count = Number.POSITIVE_INFINITY }: PackedArguments): PackedHistory {
    const dropped = Math.max(0, this.count - this.limit);
    const first = Math.max(dropped, since);
    const length = Math.max(0, Math.min(count, this.count - first));
    const times = new Float64Array(length);
    const walls = this.walls === null ? null : new Float64Array(length);
    const numbers = new Int32Array(length * WIDTH);
    const sites = new Set<number>();
    for (let i = 0; i < length; i++) {
      const at = ((first + i) % this.limit) * WIDTH;
      numbers.set(this.numbers.subarray(at, at + WIDTH), i * WIDTH);
      sites.add(numbers[i * WIDTH + SITE] as number);
      times[i] = this.timeOf(first + i, this.times);
      if (walls !== null) walls[i] = this.timeOf(first + i, this.walls as Float64Array);
    }
    return {
      total: this.count,
      dropped,
      first: first + 1,
      length,
      times: base64(times),
      walls: walls === null ? null : base64(walls),
      numbers: base64(numbers),
      reasons: this.reasons,
      places: [...sites].flatMap((site) => {
        const place = placeOf(site);
        return place === undefined ? [] : [{ site, ...locationOf(place) }];
      }),
    };
  }

  private row(index: number, oldest: number): SwitchRow {
    const at = index % this.limit;
    const [from = 0, to = 0, site = 0, reason = 0, cause = 0] = this.numbers.subarray(at * WIDTH);
    const place = placeOf(site);
    const time = this.timeOf(index, this.times);
    const start = index === 0 ? 0 : index > oldest ? this.timeOf(index - 1, this.times) : undefined;
    const row: SwitchRow = {
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
    if (cause > 0) row.cause = cause;
    if (cause < 0) row.late = -cause / MICROSECONDS;
    if (this.walls !== null) row.wall = this.timeOf(index, this.walls);
    return row;
  }

  /** @param times readings, of either clock. */
  private timeOf(index: number, times: Float64Array): number {
    const time = times[index % this.limit] as number;
    if (time !== UNREAD) return time;
    const oldest = Math.max(0, this.count - this.limit);
    let before = index;
    while (before >= oldest && times[before % this.limit] === UNREAD) before--;
    let after = index;
    while (after < this.count && times[after % this.limit] === UNREAD) after++;
    // The newest rows have happened right after the last reading, the oldest that are left right before the first.
    if (after === this.count) return times[Math.max(before, oldest) % this.limit] as number;
    const end = times[after % this.limit] as number;
    if (before < oldest) return end;
    const start = times[before % this.limit] as number;
    return start + ((end - start) * (index - before)) / (after - before);
  }
}

/** A place as the protocol has it. */
export function locationOf(place: Place): Location {
  return { path: place.path, line: place.line, column: place.column, function: place.function };
}

function base64({ buffer, byteOffset, byteLength }: Float64Array | Int32Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}
