/** The greenlets that the adapter knows, kept up to date by deltas. */

import * as l10n from '@vscode/l10n';
import type { GreenletInfo, Snapshot } from '../../runtime/src/protocol/snapshot.ts';
import { stateWord } from '../model/state-word.ts';

export class Greenlets {
  /** The version of the last snapshot; undefined before the first. */
  version: number | undefined = undefined;
  private readonly byId = new Map<number, GreenletInfo>();

  /**
   * Takes in a snapshot.
   *
   * @returns the ids of those that were not known as living before, and of those that have ended since.
   */
  update({ version, greenlets, removed = [] }: Snapshot): { started: number[]; ended: number[] } {
    const started: number[] = [];
    const ended: number[] = [];
    for (const info of greenlets) {
      const before = this.byId.get(info.id);
      const wasAlive = before !== undefined && isAlive(before);
      if (!wasAlive && isAlive(info)) started.push(info.id);
      if (wasAlive && !isAlive(info)) ended.push(info.id);
      this.byId.set(info.id, info);
    }
    for (const id of removed) {
      const before = this.byId.get(id);
      if (before !== undefined && isAlive(before)) ended.push(id);
      this.byId.delete(id);
    }
    this.version = version;
    return { started, ended };
  }

  get(id: number): GreenletInfo | undefined {
    return this.byId.get(id);
  }

  /** Those that have not ended, by id. */
  alive(): GreenletInfo[] {
    return [...this.byId.values()].filter(isAlive).sort((a, b) => a.id - b.id);
  }
}

/** `NAME #ID — waiting: Queue.get (jobs)`. */
export function titleOf({ name, id, state, waitingOn, frozen }: GreenletInfo): string {
  const word = stateWord(state);
  const label = `${name} #${id} — ${frozen ? l10n.t('frozen, {0}', word) : word}`;
  if (waitingOn === null) return label;
  const on = waitingOn.name === '' ? '' : ` (${waitingOn.name})`;
  return `${label}: ${waitingOn.kind}${on}`;
}

/** Whether a greenlet has not ended. */
export function isAlive({ state }: GreenletInfo): boolean {
  return state !== 'finished' && state !== 'failed' && state !== 'killed';
}
