/** What the views do with 10,000 greenlets at every change, without the editor. Prints milliseconds. */

import { treeRow } from '../../../extension/model/greenlet-row.ts';
import { GreenletStore } from '../../../extension/model/greenlet-store.ts';
import { GreenletTree, type TreeNode } from '../../../extension/model/greenlet-tree.ts';
import { PLAIN_OPTIONS, type TreeOptions } from '../../../extension/model/tree-options.ts';
import type { GreenletInfo } from '../../../runtime/src/protocol/snapshot.ts';

const COUNT = 10_000;
const TIMES = 20;
const HUB = { ready: 0, timers: 0, nextTimer: null };

const figures: Record<string, number> = {};

measure('identical greenlets', () => 'worker', {});
measure('different greenlets', (id) => `worker-${id}`, {});
measure('different greenlets, by state', (id) => `worker-${id}`, { groupBy: 'state' });
measure('different greenlets, searched', (id) => `worker-${id}`, { text: '777' });
console.log(JSON.stringify(figures));

/** One greenlet has changed: the delta, the tree, and every row that is open. */
function measure(
  name: string,
  nameOf: (id: number) => string,
  options: Partial<TreeOptions>,
): void {
  const store = new GreenletStore();
  const all = Array.from({ length: COUNT }, (_, index) => info(index + 2, nameOf(index + 2)));
  const main = { ...info(1, 'main'), spawner: null };
  store.fold({ version: 1, time: 1, hub: HUB, greenlets: [main, ...all] });
  let best = Number.POSITIVE_INFINITY;
  for (let version = 2; version < TIMES + 2; version++) {
    const changed = { ...info(version, nameOf(version)), state: 'ready' as const };
    const start = performance.now();
    store.fold({ version, time: version, hub: HUB, greenlets: [changed], removed: [] });
    const tree = new GreenletTree(store, { ...PLAIN_OPTIONS, ...options }, new Set([version]));
    const found = tree.find(version);
    // The tree is open down to the one that is paused at.
    const open = new Set<TreeNode>();
    for (let each = found?.parent; each !== undefined; each = each.parent) open.add(each);
    const rows = (node?: TreeNode): number =>
      tree
        .children(node)
        .map((each) => treeRow(store, each).label.length + (open.has(each) ? rows(each) : 0))
        .reduce((a, b) => a + b, 0);
    rows();
    best = Math.min(best, performance.now() - start);
  }
  figures[name] = best;
}

function info(id: number, name: string): GreenletInfo {
  const location = { path: '/p/main.ts', line: 12, column: 3, function: 'worker' };
  const waitingOn = { kind: 'Queue.get', name: 'jobs' };
  const rest = { waitingOn, location, switches: 1, since: 0.5 };
  return { id, name, state: 'waiting', spawner: 1, ...rest };
}
