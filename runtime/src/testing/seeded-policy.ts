/** A policy that chooses at random, and the same each time it is given the same seed. */

import type { Callback } from '../core/hub.ts';
import type { Policy } from '../core/policy.ts';

/**
 * Tries orders that first in, first out never gives. If a test fails with a seed, the same seed fails again; the choices can be given to
 * a ScriptedPolicy.
 *
 *     getHub().policy = new SeededPolicy(7);
 */
export class SeededPolicy implements Policy {
  readonly seed: number;
  /** The index that was chosen at each turn. */
  readonly choices: number[] = [];
  private state: number;

  /** @param seed any integer. */
  constructor(seed: number) {
    if (!Number.isInteger(seed)) throw new TypeError(`A seed is an integer, not ${String(seed)}`);
    this.seed = seed;
    this.state = seed | 0;
  }

  choose(ready: readonly Callback[]): number {
    const choice = Math.floor(this.random() * ready.length);
    this.choices.push(choice);
    return choice;
  }

  toString(): string {
    return `<SeededPolicy seed=${this.seed} choices=[${this.choices.join(',')}]>`;
  }

  /** At least 0, less than 1: a generator of 32 bits, whose every seed gives the whole period (mulberry32). */
  private random(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}
