/**
 * What the views know of one session's greenlets: snapshots are folded in, whole or as deltas. Ids are never reused and
 * grow with every spawn, so the insertion order of the maps below is the order of ids.
 */

import type { GreenletInfo, HubInfo, Snapshot } from '../../runtime/src/protocol/snapshot.ts';

export class GreenletStore {
  /** What to send as `since`; undefined before the first snapshot. */
  version: number | undefined;
  /** When the last snapshot was taken, in seconds. */
  time = 0;
  /** What the hub had before it then. */
  hub: HubInfo = { ready: 0, timers: 0, nextTimer: null };

  readonly #greenlets = new Map<number, GreenletInfo>();
  /** Children by parent id; the roots stand under null. */
  readonly #children = new Map<number | null, Set<number>>();
  /** The parent under which each greenlet is filed: its spawner, or null when that one is not known. */
  readonly #parents = new Map<number, number | null>();

  /** How many greenlets are known, ended ones included. */
  get size(): number {
    return this.#greenlets.size;
  }

  get(id: number): GreenletInfo | undefined {
    return this.#greenlets.get(id);
  }

  /** Every greenlet that is known, in the order of their ids. */
  all(): Iterable<GreenletInfo> {
    return this.#greenlets.values();
  }

  /** `foo #2`; `hub` for 0, and the bare number for a greenlet that is no longer known. */
  label(id: number): string {
    if (id === 0) return 'hub';
    const greenlet = this.#greenlets.get(id);
    return greenlet === undefined ? `#${id}` : labelOf(greenlet);
  }

  /** The ids that `parent` spawned, ascending; with null, the roots of the forest. */
  children(parent: number | null): number[] {
    return [...(this.#children.get(parent) ?? [])];
  }

  hasChildren(id: number): boolean {
    return this.#children.has(id);
  }

  /** The id that `id` is filed under; null for a root. */
  parent(id: number): number | null {
    return this.#parents.get(id) ?? null;
  }

  /**
   * Takes in the answer to a request with `since: this.version`. An answer without `removed` to a request without `since`
   * is the whole truth, so what it does not name is forgotten.
   */
  fold(snapshot: Snapshot): void {
    if (this.version === undefined) this.clear();
    for (const id of snapshot.removed ?? []) this.#remove(id);
    for (const greenlet of snapshot.greenlets) this.#put(greenlet);
    this.version = snapshot.version;
    this.time = snapshot.time;
    this.hub = snapshot.hub;
  }

  clear(): void {
    this.version = undefined;
    this.#greenlets.clear();
    this.#children.clear();
    this.#parents.clear();
  }

  #put(greenlet: GreenletInfo): void {
    const isNew = !this.#greenlets.has(greenlet.id);
    this.#greenlets.set(greenlet.id, greenlet);
    if (isNew) this.#file(greenlet.id, this.#knownSpawner(greenlet));
  }

  #knownSpawner({ id, spawner }: GreenletInfo): number | null {
    return spawner !== null && spawner !== id && this.#greenlets.has(spawner) ? spawner : null;
  }

  #file(id: number, parent: number | null): void {
    const siblings = this.#children.get(parent);
    if (siblings === undefined) this.#children.set(parent, new Set([id]));
    else siblings.add(id);
    this.#parents.set(id, parent);
  }

  /** Children outlive their spawner: they become roots. */
  #remove(id: number): void {
    if (!this.#greenlets.delete(id)) return;
    const parent = this.parent(id);
    const siblings = this.#children.get(parent);
    siblings?.delete(id);
    if (siblings?.size === 0) this.#children.delete(parent);
    this.#parents.delete(id);
    const orphans = this.#children.get(id) ?? [];
    this.#children.delete(id);
    for (const orphan of orphans) this.#file(orphan, null);
  }
}

/** `foo #2`. */
export function labelOf({ name, id }: { name: string; id: number }): string {
  return `${name} #${id}`;
}
