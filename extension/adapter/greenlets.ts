/** The greenlets that the adapter knows, kept up to date by deltas. */

import * as l10n from '@vscode/l10n';
import type { GreenletInfo, Snapshot } from '../../runtime/src/protocol/snapshot.ts';
import { isOver, stateName, waitText } from '../model/state-text.ts';

/** So many greenlets that are no longer known are told of by deltas; who asks for older ones gets everything anew. */
const REMOVED_KEPT = 10_000;

interface Known {
  info: GreenletInfo;
  /** The version that it came with. */
  version: number;
}

export class Greenlets {
  private latest: Snapshot | undefined;
  private readonly byId = new Map<number, Known>();
  private readonly removed: { id: number; version: number }[] = [];
  /** Of removals up to this version not all are known any more. */
  private removedUntil = 0;

  /** The version of the last snapshot; undefined before the first. */
  get version(): number | undefined {
    return this.latest?.version;
  }

  /**
   * Takes in a snapshot.
   *
   * @returns the ids of those that were not known as living before, and of those that have ended since.
   */
  update(snapshot: Snapshot): { started: number[]; ended: number[] } {
    const { version, greenlets } = snapshot;
    const started: number[] = [];
    const ended: number[] = [];
    for (const info of greenlets) {
      const wasAlive = this.isAlive(info.id);
      if (!wasAlive && isAlive(info)) started.push(info.id);
      if (wasAlive && !isAlive(info)) ended.push(info.id);
      this.byId.set(info.id, { info, version });
    }
    for (const id of snapshot.removed ?? this.missingIn(greenlets)) {
      if (this.isAlive(id)) ended.push(id);
      this.byId.delete(id);
      this.removed.push({ id, version });
    }
    const tooMany = this.removed.splice(0, Math.max(0, this.removed.length - REMOVED_KEPT));
    this.removedUntil = tooMany.at(-1)?.version ?? this.removedUntil;
    this.latest = { ...snapshot, greenlets: [] };
    return { started, ended };
  }

  /**
   * All that is known, as of the last update.
   *
   * @param since a version from an earlier answer; only later changes are wanted.
   */
  snapshot(since?: number): Snapshot {
    const { version = 0, time = 0, hub = NO_HUB } = this.latest ?? {};
    const isDelta = since !== undefined && since >= this.removedUntil;
    const known = [...this.byId.values()];
    const changed = isDelta ? known.filter((each) => each.version > since) : known;
    const greenlets = changed.map((each) => each.info).sort((a, b) => a.id - b.id);
    const whole = { version, time, hub, greenlets };
    if (!isDelta) return whole;
    const removed = this.removed.filter((each) => each.version > since).map((each) => each.id);
    return { ...whole, removed };
  }

  get(id: number): GreenletInfo | undefined {
    return this.byId.get(id)?.info;
  }

  /** Those that have not ended, by id. */
  alive(): GreenletInfo[] {
    return [...this.byId.values()]
      .map((each) => each.info)
      .filter(isAlive)
      .sort((a, b) => a.id - b.id);
  }

  private isAlive(id: number): boolean {
    const info = this.get(id);
    return info !== undefined && isAlive(info);
  }

  /** Those that a whole snapshot does not have any more. */
  private missingIn(greenlets: readonly GreenletInfo[]): number[] {
    const there = new Set(greenlets.map((each) => each.id));
    return [...this.byId.keys()].filter((id) => !there.has(id));
  }
}

const NO_HUB = { ready: 0, timers: 0, nextTimer: null };

/** `NAME #ID — waiting: Queue.get (jobs)`. */
export function titleOf(info: GreenletInfo): string {
  const state = info.waitingOn === null ? '' : `: ${waitText(info)}`;
  const text = `${stateName(info.state)}${state}`;
  return `${info.name} #${info.id} — ${info.frozen ? l10n.t('frozen, {0}', text) : text}`;
}

/** Whether a greenlet has not ended. */
export function isAlive({ state }: GreenletInfo): boolean {
  return !isOver(state);
}
