/** Who waits for whom: the circle that a deadlock consists of. */

import { Greenlet } from '../core/greenlet.ts';
import { ownersOf } from '../core/label.ts';

/**
 * The greenlets that wait for each other in a circle, beginning with the one of the smallest id; empty if there is none.
 *
 * @param waiting all greenlets that wait.
 */
export function findCycle(waiting: Iterable<Greenlet>): Greenlet[] {
  const done = new Set<Greenlet>();
  for (const start of [...waiting].sort((a, b) => a.id - b.id)) {
    const cycle = walk(start, [], done);
    if (cycle.length > 0) {
      const first = cycle.reduce((a, b) => (b.id < a.id ? b : a));
      const at = cycle.indexOf(first);
      return [...cycle.slice(at), ...cycle.slice(0, at)];
    }
  }
  return [];
}

function walk(greenlet: Greenlet, path: Greenlet[], done: Set<Greenlet>): Greenlet[] {
  const seen = path.indexOf(greenlet);
  if (seen >= 0) return path.slice(seen);
  if (done.has(greenlet) || greenlet.ready()) return [];
  path.push(greenlet);
  for (const next of targetsOf(greenlet.waitOn)) {
    const cycle = walk(next, path, done);
    if (cycle.length > 0) return cycle;
  }
  path.pop();
  done.add(greenlet);
  return [];
}

function targetsOf(on: unknown): Greenlet[] {
  if (on instanceof Greenlet) return [on];
  return Array.isArray(on) ? on.filter((each) => each instanceof Greenlet) : ownersOf(on);
}
