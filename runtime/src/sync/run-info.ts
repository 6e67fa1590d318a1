/** What all greenlets are doing, as text (gevent's `format_run_info`). */

import { GreenletTree } from './greenlet-tree.ts';

/** Options of `formatRunInfo`. */
export interface RunInfoOptions {
  /** Whether the stacks of parked greenlets are shown; true by default. */
  greenletStacks?: boolean;
}

/** The lines of a report on all greenlets: the trees, with stacks and locals. Slow. Never switches. */
export function formatRunInfo({ greenletStacks = true }: RunInfoOptions = {}): string[] {
  const line = '*'.repeat(80);
  const details = { runningStacks: greenletStacks, spawningStacks: greenletStacks };
  const trees = GreenletTree.forest().flatMap((tree) => tree.formatLines(details));
  return [line, '* Greenlets', line, ...trees];
}
