/** The data behind the views of one debug session, fetched by custom requests in deltas. It stays after the session's end. */

import type * as vscode from 'vscode';
import type {
  GreenletStack,
  History,
  HistoryArguments,
  Snapshot,
  Stacks,
} from '../../runtime/src/protocol/snapshot.ts';
import type { WaitGraph } from '../../runtime/src/protocol/waits.ts';
import { GreenletStore } from '../model/greenlet-store.ts';
import { HistoryStore, type NamedSwitch, named } from '../model/history-store.ts';
import { isOver } from '../model/state-text.ts';
import { WaitTree } from '../model/wait-tree.ts';

/** How many switches are kept here, and so after the session's end; the debuggee may keep more. */
const HISTORY_LIMIT = 100_000;
/** How many new switches are fetched with every change, and how many at once at the end. */
const FRESH_ROWS = 200;
const LAST_ROWS = 10_000;
/** How long reading the last switches may take, in milliseconds. */
const LAST_LIMIT = 2000;
/** So many greenlets that live at the end keep their stacks. */
const LAST_STACKS = 500;
/** With more greenlets, who waits for whom is only looked at when the program is paused. */
const MOST_LIVE_WAITERS = 2000;

/** A program that has been resumed for longer than this is shown as running, in milliseconds. */
const STEP_TIME = 300;
/** How often the times of a running program are brought up to date, in milliseconds. */
const TICK = 1000;

/** Reads something of a program that has ended and is held; what it throws counts for nothing. */
export type LastReader = (session: vscode.DebugSession) => Promise<void>;

export class SessionFeed {
  readonly session: vscode.DebugSession;
  readonly greenlets = new GreenletStore();
  readonly history = new HistoryStore(HISTORY_LIMIT);
  waits = new WaitTree({ nodes: [], edges: [], cycles: [] });
  /** The greenlet that the session is paused in; undefined while the program runs. */
  pausedIn: number | undefined;
  /** How often it has paused. */
  stops = 0;
  /** Why the data could not be fetched; undefined when it could. */
  problem: string | undefined;
  /** Whether the session has ended: this is its last state. */
  isOver = false;

  readonly #changed: () => void;
  readonly #stacks = new Map<number, GreenletStack>();
  #running: NodeJS.Timeout | undefined;
  #isFetching = false;
  /** The state that the views have been told. */
  #told = '';
  #isStale = false;

  readonly #readLast: LastReader;

  /** @param readLast reads what else is wanted of a program that has ended, before it is let go. */
  constructor(session: vscode.DebugSession, changed: () => void, readLast: LastReader) {
    this.session = session;
    this.#changed = changed;
    this.#readLast = readLast;
  }

  /** The program is about to start. Its end will be held until its last state has been read. */
  started(): void {
    this.session.customRequest('greenlet/hold').then(undefined, () => {
      // Then the last state is what was known of it before.
    });
  }

  /** The program is paused in this greenlet. */
  paused(greenlet: number | undefined): void {
    clearTimeout(this.#running);
    this.pausedIn = greenlet;
    this.stops++;
    this.refresh();
  }

  /** The program runs. The views show it only when it does not stop again at once, as it does in a step. */
  resumed(): void {
    this.pausedIn = undefined;
    clearTimeout(this.#running);
    const tick = (delay: number) => {
      this.#running = setTimeout(() => {
        this.refresh();
        tick(TICK);
      }, delay);
    };
    tick(STEP_TIME);
  }

  /** Fetches what has changed and tells the views. Calls that come while one is under way become one more. */
  refresh(): void {
    this.#isStale = true;
    if (!this.#isFetching) void this.#fetchWhileStale();
  }

  /** The program has ended and is held: reads its last state, and lets it go. */
  async ending(): Promise<void> {
    this.pausedIn = undefined;
    await this.#fetch();
    await this.#fetchLast().catch(() => {});
    await this.#readLast(this.session).catch(() => {});
    await this.session.customRequest('greenlet/release').then(undefined, () => {});
    this.#changed();
  }

  /** No answer is awaited any more; what is known stays. */
  close(): void {
    clearTimeout(this.#running);
    this.isOver = true;
    this.pausedIn = undefined;
    this.history.close();
  }

  /** Fetches the rows that the store does not have; afterwards it has those that can be had. */
  async load(wanted: HistoryArguments | undefined): Promise<void> {
    if (wanted === undefined || this.isOver) return;
    const rows: History = await this.session.customRequest('greenlet/history', wanted);
    this.history.fold(rows, this.#label);
  }

  /** The newest rows that match, newest first; after the session's end, of those that are known. */
  async find(wanted: HistoryArguments & { limit: number }): Promise<NamedSwitch[]> {
    if (this.isOver) return this.history.matching(wanted, wanted.limit);
    const found: History = await this.session.customRequest('greenlet/history', wanted);
    return found.switches.map((row) => named(row, this.#label)).reverse();
  }

  /**
   * Where a greenlet stands and where it was spawned; undefined where nobody knows any more.
   *
   * @throws what the debugger says where it cannot tell.
   */
  async stack(id: number): Promise<GreenletStack | undefined> {
    if (this.isOver) return this.#stacks.get(id);
    const answer: Stacks = await this.session.customRequest('greenlet/stacks', { ids: [id] });
    return answer.stacks[0];
  }

  readonly #label = (id: number): string => this.greenlets.label(id);

  async #fetchWhileStale(): Promise<void> {
    this.#isFetching = true;
    while (this.#isStale && !this.isOver) {
      this.#isStale = false;
      await this.#fetch();
      if (!this.isOver && this.#isNews()) this.#changed();
    }
    this.#isFetching = false;
  }

  /** Whether there is anything new to show: rows that are drawn anew for nothing get in their user's way. */
  #isNews(): boolean {
    const { greenlets, history, pausedIn, stops, problem } = this;
    const state = [greenlets.version, history.newest, stops, problem ?? ''].join(' ');
    const isNews = pausedIn === undefined || state !== this.#told;
    this.#told = state;
    return isNews;
  }

  async #fetch(): Promise<void> {
    const { session, greenlets, history } = this;
    try {
      const since = greenlets.version;
      const snapshot: Snapshot = await session.customRequest('greenlet/snapshot', { since });
      greenlets.fold(snapshot);
      await this.load({ since: history.since, limit: FRESH_ROWS });
      if (this.pausedIn !== undefined || greenlets.size <= MOST_LIVE_WAITERS) {
        const graph: WaitGraph = await session.customRequest('greenlet/waitGraph');
        this.waits = new WaitTree(graph);
      }
      this.problem = undefined;
    } catch (error) {
      if (!this.isOver) this.problem = error instanceof Error ? error.message : String(error);
    }
  }

  async #fetchLast(): Promise<void> {
    const { history, greenlets } = this;
    const alive = [...greenlets.all()].filter((each) => !isOver(each.state));
    const ids = alive.slice(0, LAST_STACKS).map(({ id }) => id);
    const { stacks }: Stacks = await this.session.customRequest('greenlet/stacks', { ids });
    for (const each of stacks) this.#stacks.set(each.id, each);
    const deadline = Date.now() + LAST_LIMIT;
    const oldest = Math.max(history.oldest, history.newest - HISTORY_LIMIT + 1);
    for (let last = history.newest; last >= oldest && Date.now() < deadline; last -= LAST_ROWS) {
      await this.load(history.missing(Math.max(oldest, last - LAST_ROWS + 1), last));
    }
  }
}
