/** Where a text comes from that one pass of the transform has written for the next. */

/** A text's way back to the source that it was made of. */
export interface Origin {
  /** The source. */
  readonly source: string;
  /** The offset in the source of what stands at an offset of the text; -1 for what the pass has added. */
  at(offset: number): number;
  /** The same for what was added, too: then it is the nearest place before it. */
  near(offset: number): number;
}
