/** What has happened between switches: spawns, kills, errors… in a ring of plain numbers, the newest. */

import type { Mark, MarkKind } from '../protocol/snapshot.ts';

/** How many numbers a mark has, and where they are in it, the kind being the first. */
const WIDTH = 4;
const GREENLET = 1;
const BY = 2;
const TURN = 3;

const KINDS: readonly MarkKind[] = ['spawn', 'kill', 'timeout', 'error', 'freeze', 'thaw'];

export class Marks {
  private readonly limit: number;
  private readonly times: Float64Array;
  private readonly numbers: Int32Array;
  private count = 0;

  /** @param limit how many marks are kept. */
  constructor(limit: number) {
    this.limit = limit;
    this.times = new Float64Array(limit);
    this.numbers = new Int32Array(limit * WIDTH);
  }

  /**
   * Something has happened.
   *
   * @param by the id of the greenlet that did it; 0: none.
   * @param turn the number of the row that ends the turn in which it happened.
   */
  add(kind: MarkKind, greenlet: number, by: number, turn: number, time: number): void {
    if (this.limit === 0) return;
    const at = this.count++ % this.limit;
    this.times[at] = time;
    const { numbers } = this;
    numbers[at * WIDTH] = KINDS.indexOf(kind);
    numbers[at * WIDTH + GREENLET] = greenlet;
    numbers[at * WIDTH + BY] = by;
    numbers[at * WIDTH + TURN] = turn;
  }

  /** The marks that are kept and come after the one with this number, oldest first. */
  read(since: number): Mark[] {
    const marks: Mark[] = [];
    for (let i = Math.max(since, this.count - this.limit, 0); i < this.count; i++) {
      const at = i % this.limit;
      const [kind = 0, greenlet = 0, by = 0, turn = 0] = this.numbers.subarray(at * WIDTH);
      const mark = { number: i + 1, kind: KINDS[kind] as MarkKind, greenlet, by, turn };
      marks.push({ ...mark, time: this.times[at] as number });
    }
    return marks;
  }
}
