/** What the views know of one session's switches: the newest ones, oldest first. */

import type { History, SwitchRow } from '../../runtime/src/protocol/snapshot.ts';

/** A switch, with the names that its greenlets had when it was read: they may be forgotten later. */
export interface NamedSwitch extends SwitchRow {
  fromLabel: string;
  toLabel: string;
}

export class HistoryStore {
  /** How many switches are kept; the `limit` of every request. */
  readonly limit: number;

  #switches: NamedSwitch[] = [];

  constructor(limit: number) {
    this.limit = limit;
  }

  /** The `seq` of every switch that is kept, ascending and without a gap. */
  get sequence(): number[] {
    return this.#switches.map((row) => row.seq);
  }

  /** How many older switches there were that are not kept here. */
  get dropped(): number {
    return (this.#switches[0]?.seq ?? 1) - 1;
  }

  /**
   * What to send as `since`. The newest row is asked for again: it is begun when a greenlet stops running and completed
   * when the next one runs, which may have happened since.
   */
  get since(): number {
    return Math.max(0, (this.#switches.at(-1)?.seq ?? 0) - 1);
  }

  get(seq: number): NamedSwitch | undefined {
    return this.#switches[seq - this.dropped - 1];
  }

  /** Takes in the answer to a request with `since: this.since` and `limit: this.limit`. */
  fold(history: History, label: (id: number) => string): void {
    const first = history.switches[0];
    if (first === undefined) return;
    while ((this.#switches.at(-1)?.seq ?? 0) >= first.seq) this.#switches.pop();
    // More than `limit` switches since the last request: what is kept does not join on to the answer any more.
    if (this.#switches.at(-1)?.seq !== first.seq - 1) this.#switches = [];
    for (const row of history.switches) {
      this.#switches.push({ ...row, fromLabel: label(row.from), toLabel: label(row.to) });
    }
    if (this.#switches.length > this.limit) this.#switches = this.#switches.slice(-this.limit);
  }

  clear(): void {
    this.#switches = [];
  }
}
