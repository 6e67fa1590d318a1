/** The data behind the views of one debug session, fetched by custom requests in deltas. */

import type * as vscode from 'vscode';
import type { History, Snapshot } from '../../runtime/src/protocol/snapshot.ts';
import { GreenletStore } from '../model/greenlet-store.ts';
import { HistoryStore } from '../model/history-store.ts';

/** How many switches the view keeps; the debuggee may keep more. */
const HISTORY_LIMIT = 10_000;

/** A program that has been resumed for longer than this is shown as running, in milliseconds. */
const STEP_TIME = 300;

export class SessionFeed {
  readonly session: vscode.DebugSession;
  readonly greenlets = new GreenletStore();
  readonly history = new HistoryStore(HISTORY_LIMIT);
  /** The greenlet that the session is paused in; undefined while the program runs. */
  pausedIn: number | undefined;
  /** Why the data could not be fetched; undefined when it could. */
  problem: string | undefined;

  readonly #changed: () => void;
  #running: NodeJS.Timeout | undefined;
  #isFetching = false;
  #isStale = false;
  #isClosed = false;

  constructor(session: vscode.DebugSession, changed: () => void) {
    this.session = session;
    this.#changed = changed;
  }

  /** The program is paused in this greenlet. */
  paused(greenlet: number | undefined): void {
    clearTimeout(this.#running);
    this.pausedIn = greenlet;
    this.refresh();
  }

  /** The program runs. The views show it only when it does not stop again at once, as it does in a step. */
  resumed(): void {
    this.pausedIn = undefined;
    clearTimeout(this.#running);
    this.#running = setTimeout(() => this.refresh(), STEP_TIME);
  }

  /** Fetches what has changed and tells the views. Calls that come while one is under way become one more. */
  refresh(): void {
    this.#isStale = true;
    if (!this.#isFetching) void this.#fetchWhileStale();
  }

  /** No answer is awaited any more. */
  close(): void {
    clearTimeout(this.#running);
    this.#isClosed = true;
  }

  async #fetchWhileStale(): Promise<void> {
    this.#isFetching = true;
    while (this.#isStale && !this.#isClosed) {
      this.#isStale = false;
      await this.#fetch();
      if (!this.#isClosed) this.#changed();
    }
    this.#isFetching = false;
  }

  async #fetch(): Promise<void> {
    const { session, greenlets, history } = this;
    try {
      const since = greenlets.version;
      const snapshot: Snapshot = await session.customRequest('greenlet/snapshot', { since });
      greenlets.fold(snapshot);
      const { since: seen, limit } = history;
      const rows: History = await session.customRequest('greenlet/history', { since: seen, limit });
      history.fold(rows, (id) => greenlets.label(id));
      this.problem = undefined;
    } catch (error) {
      this.problem = error instanceof Error ? error.message : String(error);
    }
  }
}
