/** What the views know of one session's switches: the newest ones, and older ones as far as they have been asked for. */

import type { History, HistoryArguments, SwitchRow } from '../../runtime/src/protocol/snapshot.ts';

/** A switch, with the names that its greenlets had when it was read: they may be forgotten later. */
export interface NamedSwitch extends SwitchRow {
  fromLabel: string;
  toLabel: string;
}

/** Which switches are wanted; without both, all. */
export type HistoryFilter = Pick<HistoryArguments, 'greenlet' | 'reason'>;

export class HistoryStore {
  /** The `seq` of the newest switch; 0: there is none. */
  newest = 0;
  /** The `seq` of the oldest one that can be had. */
  oldest = 1;
  /** Every reason that there has been so far. */
  reasons: readonly string[] = [];

  readonly #limit: number;
  readonly #rows = new Map<number, NamedSwitch>();

  /** @param limit how many switches are kept here; those that were read first are forgotten first. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /**
   * What to send as `since` for what is new. The newest row is asked for again: it is begun when a greenlet stops running and
   * completed when the next one runs, which may have happened since.
   */
  get since(): number {
    return Math.max(0, this.newest - 1);
  }

  /** A switch; undefined where it has not been asked for. */
  get(seq: number): NamedSwitch | undefined {
    return this.#rows.get(seq);
  }

  /** Takes in an answer: its rows, and what it says of all of them. */
  fold(history: History, label: (id: number) => string): void {
    this.newest = history.newest;
    this.oldest = history.dropped + 1;
    this.reasons = history.reasons;
    for (const row of history.switches) this.#rows.set(row.seq, named(row, label));
    for (const seq of this.#rows.keys()) {
      if (this.#rows.size <= this.#limit) break;
      this.#rows.delete(seq);
    }
  }

  /** The rows from `first` to `last`, newest first, as far as they are known. */
  range(first: number, last: number): NamedSwitch[] {
    const rows: NamedSwitch[] = [];
    for (let seq = Math.min(last, this.newest); seq >= Math.max(first, this.oldest); seq--) {
      const row = this.#rows.get(seq);
      if (row !== undefined) rows.push(row);
    }
    return rows;
  }

  /** What to ask for before `range` gives all rows from `first` to `last`; undefined when it does. */
  missing(first: number, last: number): HistoryArguments | undefined {
    const from = Math.max(first, this.oldest);
    const to = Math.min(last, this.newest);
    for (let seq = from; seq <= to; seq++) {
      if (!this.#rows.has(seq)) return { since: from - 1, before: to + 1, limit: to - from + 1 };
    }
    return undefined;
  }

  /** The newest rows that match, newest first, of those that are known. */
  matching({ greenlet, reason }: HistoryFilter, limit: number): NamedSwitch[] {
    const found: NamedSwitch[] = [];
    for (let seq = this.newest; seq >= this.oldest && found.length < limit; seq--) {
      const row = this.#rows.get(seq);
      if (row === undefined || (reason !== undefined && row.reason !== reason)) continue;
      if (greenlet === undefined || row.from === greenlet || row.to === greenlet) found.push(row);
    }
    return found;
  }

  /** The session has ended: no more can be had than the unbroken run of the newest rows. */
  close(): void {
    let oldest = this.newest;
    while (this.#rows.has(oldest - 1)) oldest--;
    this.oldest = Math.max(1, oldest);
  }
}

/** Puts names to a switch. */
export function named(row: SwitchRow, label: (id: number) => string): NamedSwitch {
  return { ...row, fromLabel: label(row.from), toLabel: label(row.to) };
}
