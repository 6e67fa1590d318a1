/** A run as the timeline has it: columns of numbers, since it may have a million switches. */

import {
  PACKED_CAUSE,
  PACKED_REASON,
  PACKED_SITE,
  PACKED_TO,
  PACKED_WIDTH,
} from '../../../runtime/src/protocol/packed.ts';
import type { GreenletInfo, Mark, SwitchRow } from '../../../runtime/src/protocol/snapshot.ts';

/** A place in the source. */
export interface TracePlace {
  site: number;
  path: string;
  line: number;
  column: number;
}

/** Some rows, and what has changed beside them; plain data that crosses to a webview. */
export interface TraceChunk {
  /** The `seq` of the first row. */
  first: number;
  /** How many rows have been forgotten before the first that is kept anywhere. */
  dropped: number;
  times: Float64Array;
  walls: Float64Array | null;
  /** `PACKED_WIDTH` numbers a row. */
  numbers: Int32Array;
  /** All reasons so far, by their numbers. */
  reasons: readonly string[];
  /** The places of sites that may be new. */
  places: readonly TracePlace[];
  /** Marks with greater numbers than those before. */
  marks: readonly Mark[];
  /** Greenlets that have changed. */
  greenlets: readonly GreenletInfo[];
}

const MICROSECONDS = 1e6;
const FIRST_CAPACITY = 1024;

export class Trace {
  /** The `seq` of the first row that is here; positions on the timeline count from it. */
  first = 1;
  /** How many rows there are. */
  length = 0;
  dropped = 0;
  times = new Float64Array(FIRST_CAPACITY);
  walls: Float64Array | null = null;
  numbers = new Int32Array(FIRST_CAPACITY * PACKED_WIDTH);
  reasons: readonly string[] = [];
  readonly places = new Map<number, TracePlace>();
  readonly marks: Mark[] = [];
  readonly greenlets = new Map<number, GreenletInfo>();
  /** Counts how often it has been begun anew, since rows were missing. */
  generation = 0;

  /** The `seq` of the newest row; one less than `first` where there is none. */
  get last(): number {
    return this.first + this.length - 1;
  }

  /** What to ask for next, as `since`: the newest row may have been completed since. */
  get since(): number {
    return this.length === 0 ? 0 : this.last - 1;
  }

  /** Takes in rows that join on to those here, or replace the newest ones. Where rows are missing in between, it begins anew. */
  append(chunk: TraceChunk): void {
    const { times, walls, numbers } = chunk;
    if (times.length > 0) {
      if (this.length === 0 || chunk.first > this.last + 1 || chunk.first < this.first) {
        this.first = chunk.first;
        this.length = 0;
        this.generation++;
      }
      const at = chunk.first - this.first;
      this.reserve(at + times.length);
      if (walls !== null && this.walls === null) this.walls = this.times.slice();
      this.times.set(times, at);
      this.walls?.set(walls ?? times, at);
      this.numbers.set(numbers, at * PACKED_WIDTH);
      this.length = at + times.length;
    }
    this.dropped = this.first - 1;
    this.reasons = chunk.reasons;
    for (const place of chunk.places) this.places.set(place.site, place);
    const known = this.marks.at(-1)?.number ?? 0;
    for (const mark of chunk.marks) if (mark.number > known) this.marks.push(mark);
    for (const greenlet of chunk.greenlets) this.greenlets.set(greenlet.id, greenlet);
  }

  /** One of a row's numbers. */
  number(seq: number, column: number): number {
    return this.numbers[(seq - this.first) * PACKED_WIDTH + column] as number;
  }

  reason(seq: number): string {
    return this.reasons[this.number(seq, PACKED_REASON)] ?? '';
  }

  /** Where the turn with this number ended. */
  place(seq: number): TracePlace | undefined {
    return this.places.get(this.number(seq, PACKED_SITE));
  }

  has(seq: number): boolean {
    return seq >= this.first && seq <= this.last;
  }

  /** `foo #2`; `hub` for 0. */
  label(id: number): string {
    if (id === 0) return 'hub';
    const name = this.greenlets.get(id)?.name;
    return name === undefined ? `#${id}` : `${name} #${id}`;
  }

  /** A row as the protocol has it. */
  row(seq: number): SwitchRow {
    const at = seq - this.first;
    const place = this.place(seq);
    const cause = this.number(seq, PACKED_CAUSE);
    const row: SwitchRow = {
      seq,
      time: this.times[at] as number,
      from: this.number(seq, 0),
      to: this.number(seq, PACKED_TO),
      reason: this.reason(seq),
      source: place?.path ?? '',
      line: place?.line ?? 0,
      column: place?.column ?? 0,
    };
    if (cause > 0) row.cause = cause;
    if (cause < 0) row.late = -cause / MICROSECONDS;
    if (this.walls !== null) row.wall = this.walls[at] as number;
    return row;
  }

  /** Everything, in chunks of so many rows. */
  *chunks(rows: number): Generator<TraceChunk> {
    let at = 0;
    do {
      const end = Math.min(this.length, at + rows);
      const isFirst = at === 0;
      yield {
        first: this.first + at,
        dropped: this.dropped,
        times: this.times.slice(at, end),
        walls: this.walls?.slice(at, end) ?? null,
        numbers: this.numbers.slice(at * PACKED_WIDTH, end * PACKED_WIDTH),
        reasons: this.reasons,
        places: isFirst ? [...this.places.values()] : [],
        marks: isFirst ? this.marks : [],
        greenlets: isFirst ? [...this.greenlets.values()] : [],
      };
      at = end;
    } while (at < this.length);
  }

  private reserve(rows: number): void {
    if (rows <= this.times.length) return;
    const capacity = Math.max(rows, this.times.length * 2);
    const grown = <A extends Float64Array | Int32Array>(into: A, from: A): A => {
      into.set(from);
      return into;
    };
    this.times = grown(new Float64Array(capacity), this.times);
    if (this.walls !== null) this.walls = grown(new Float64Array(capacity), this.walls);
    this.numbers = grown(new Int32Array(capacity * PACKED_WIDTH), this.numbers);
  }
}
