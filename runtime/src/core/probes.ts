/** Several listeners at once, where the hub has room for one. */

import type { Site } from './frame.ts';
import type { Greenlet } from './greenlet.ts';
import type { Hub } from './hub.ts';
import type { Probe } from './probe.ts';

/**
 * Lets one more listener hear what the hub tells. As long as there is none, each moment costs a branch.
 *
 * @param probe may leave out the moments that it does not care for.
 * @returns takes it back.
 */
export function addProbe(hub: Hub, probe: Partial<Probe>): () => void {
  if (!(hub.probe instanceof Probes)) {
    hub.probe = new Probes(hub.probe === null ? [] : [hub.probe]);
  }
  const probes = hub.probe as Probes;
  probes.list = [...probes.list, probe];
  return () => {
    probes.list = probes.list.filter((each) => each !== probe);
    if (probes.list.length === 0 && hub.probe === probes) hub.probe = null;
  };
}

class Probes implements Probe {
  /** Replaced, never changed: a listener may leave while it is told something. */
  list: readonly Partial<Probe>[];

  constructor(list: readonly Partial<Probe>[]) {
    this.list = list;
  }

  spawn(greenlet: Greenlet, spawner: Greenlet | null): void {
    for (const each of this.list) each.spawn?.(greenlet, spawner);
  }

  park(greenlet: Greenlet): void {
    for (const each of this.list) each.park?.(greenlet);
  }

  enter(greenlet: Greenlet): void {
    for (const each of this.list) each.enter?.(greenlet);
  }

  leave(greenlet: Greenlet, reason: string, site: Site, callers: number): void {
    for (const each of this.list) each.leave?.(greenlet, reason, site, callers);
  }

  queued(): number {
    let cause = 0;
    for (const each of this.list) cause = each.queued?.() ?? cause;
    return cause;
  }

  idle(): void {
    for (const each of this.list) each.idle?.();
  }

  exit(greenlet: Greenlet): void {
    for (const each of this.list) each.exit?.(greenlet);
  }

  kill(greenlet: Greenlet, error: unknown): void {
    for (const each of this.list) each.kill?.(greenlet, error);
  }

  expire(greenlet: Greenlet): void {
    for (const each of this.list) each.expire?.(greenlet);
  }
}
