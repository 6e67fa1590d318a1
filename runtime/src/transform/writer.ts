/** A cursor that walks the source and writes a rope: what nothing changes is copied as it stands. */

import type { Origin } from './origin.ts';
import { Rope } from './rope.ts';

export class Writer {
  readonly rope: Rope;
  /** How far the source has been dealt with. */
  cursor = 0;

  /** @param origin where the source itself comes from, if another pass has written it. */
  constructor(code: string, origin?: Origin) {
    this.rope = new Rope(code, origin);
  }

  /** Copies the source up to `offset`. */
  copyTo(offset: number): void {
    if (offset <= this.cursor) return;
    this.rope.slice(this.cursor, offset);
    this.cursor = offset;
  }

  /** Leaves the source out up to `offset`, except for its line breaks. */
  blankTo(offset: number): void {
    if (offset <= this.cursor) return;
    this.rope.blank(this.cursor, offset);
    this.cursor = offset;
  }

  /** Leaves the source out up to `offset`; only where it has no line breaks. */
  skipTo(offset: number): void {
    if (offset > this.cursor) this.cursor = offset;
  }

  /**
   * Writes a text that is not in the source, without line breaks.
   *
   * @param at the offset of what it stands for; -1 for nothing.
   * @param name the function that begins here.
   */
  insert(text: string, at = -1, name?: string): void {
    this.rope.insert(text, at, name);
  }
}
