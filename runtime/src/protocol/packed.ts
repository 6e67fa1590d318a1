/** `greenlet/trace`: the switches as numbers, for views that want all of them. A row takes 28 bytes in place of 150. */

import type { Location, Mark } from './snapshot.ts';

export interface PackedArguments {
  /** Only rows with a greater `seq`. */
  since?: number;
  /** At most so many, the oldest. */
  count?: number;
  /** Only marks with a greater `number`; absent: all that are kept. */
  marks?: number;
}

/** How many numbers a row has, and where they are in it, `from` being the first. */
export const PACKED_WIDTH = 5;
export const PACKED_TO = 1;
export const PACKED_SITE = 2;
export const PACKED_REASON = 3;
/** Positive: `SwitchRow.cause`. Negative: `SwitchRow.late`, in microseconds. */
export const PACKED_CAUSE = 4;

export interface PackedHistory {
  /** How many rows there have been. */
  total: number;
  /** How many of them have been forgotten because there were too many. */
  dropped: number;
  /** The `seq` of the first row of the answer, and how many rows it has. */
  first: number;
  length: number;
  /** The rows' times: little-endian 64-bit floats in base64. */
  times: string;
  /** The times outside, alike; null where they are the same. */
  walls: string | null;
  /** The rows' numbers, one row after the other: little-endian 32-bit integers in base64. */
  numbers: string;
  /** The reasons by their numbers. */
  reasons: readonly string[];
  /** The places of the sites that the rows name. */
  places: readonly (Location & { site: number })[];
  /** Oldest first. */
  marks?: Mark[];
}
