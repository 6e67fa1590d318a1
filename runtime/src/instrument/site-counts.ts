/**
 * How often each call has given way, and why: a counter for each reason and call, so that counting allocates nothing. The history
 * cannot tell: it forgets.
 */

import { RUNTIME_SITE, type Site } from '../core/frame.ts';
import { type Place, sitesOf } from '../core/sites.ts';
import type { YieldPoint, YieldPoints } from '../protocol/switch-points.ts';

/** How many sites there is room for at first; doubled where that is too little. */
const ROOM = 1024;

export class SiteCounts {
  private readonly byReason = new Map<string, Uint32Array>();
  /** The calls that have not returned at once, because something in what they call has given way. */
  private callers: Uint32Array = new Uint32Array(ROOM);
  /** The reason of the switch before, which is often that of the next one, and its counters. */
  private reason = '';
  private counters: Uint32Array = new Uint32Array(0);

  /** A greenlet has given way in a call. */
  add(reason: string, site: Site): void {
    if (site === RUNTIME_SITE) return;
    if (reason !== this.reason || site >= this.counters.length) this.turnTo(reason, site);
    (this.counters[site] as number)++;
  }

  /** A call has not returned at once. */
  addCaller(site: Site): void {
    if (site === RUNTIME_SITE) return;
    if (site >= this.callers.length) this.callers = enlarged(this.callers, site);
    (this.callers[site] as number)++;
  }

  /** The calls of a file that have given way. */
  read(path: string): YieldPoints {
    const points: YieldPoint[] = [];
    const places = sitesOf(path);
    for (const [site, place] of places) {
      const point = this.pointAt(site, place);
      if (point.suspended > 0 || Object.keys(point.reasons).length > 0) points.push(point);
    }
    return { sites: places.length, points };
  }

  private pointAt(site: Site, { line, column }: Place): YieldPoint {
    const reasons: Record<string, number> = {};
    for (const [reason, counters] of this.byReason) {
      const count = counters[site] ?? 0;
      if (count > 0) reasons[reason] = count;
    }
    return { line, column, reasons, suspended: this.callers[site] ?? 0 };
  }

  private turnTo(reason: string, site: Site): void {
    const known = this.byReason.get(reason) ?? new Uint32Array(ROOM);
    this.counters = site < known.length ? known : enlarged(known, site);
    this.reason = reason;
    this.byReason.set(reason, this.counters);
  }
}

function enlarged(counters: Uint32Array, site: Site): Uint32Array {
  const larger = new Uint32Array(Math.max(site + 1, counters.length * 2));
  larger.set(counters);
  return larger;
}
