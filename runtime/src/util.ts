/** Looking at greenlets: the names that programs import from `greenlets/util`. */

import './node/install.ts';
import { inspect } from 'node:util';
import { greenletsOnHeap } from './node/heap.ts';
import { GreenletTree } from './sync/greenlet-tree.ts';
import { formatRunInfo, type RunInfoOptions } from './sync/run-info.ts';

export { type Blocked, type Monitor, type MonitorOptions, startMonitor } from './node/monitor.ts';
export {
  type AssertSwitchesOptions,
  assertSwitches,
  FailedToSwitch,
} from './sync/assert-switches.ts';
export { GreenletTree, type TreeDetails } from './sync/greenlet-tree.ts';
export { formatRunInfo, type RunInfoOptions } from './sync/run-info.ts';
export { spawnTreeLocals } from './sync/tree-locals.ts';

GreenletTree.find = greenletsOnHeap;
GreenletTree.show = (value) => inspect(value, { breakLength: Number.POSITIVE_INFINITY });

/** Prints `formatRunInfo()` to stderr, or to another stream. Never switches. */
export function printRunInfo(
  options?: RunInfoOptions,
  stream: { write(text: string): unknown } = process.stderr,
): void {
  stream.write(`${formatRunInfo(options).join('\n')}\n`);
}
