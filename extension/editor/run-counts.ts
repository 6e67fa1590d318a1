/** How often the calls of the files that are seen have given way in the program that is debugged. */

import * as vscode from 'vscode';
import type { YieldPoints } from '../../runtime/src/protocol/switch-points.ts';
import { YieldCounts } from '../model/yield-texts.ts';
import type { SessionFeeds } from '../views/session-feeds.ts';
import { isSource, realPathOf } from './programs.ts';

/** How often a running program is asked at most, in milliseconds. */
const INTERVAL = 400;

export class RunCounts implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  /** There are new counts. */
  readonly onDidChange: vscode.Event<void> = this.#changed.event;

  readonly #feeds: SessionFeeds;
  readonly #subscriptions: vscode.Disposable[];
  readonly #files = new Map<string, YieldCounts>();
  /** The session that the counts are of. They outlive it. */
  #session: vscode.DebugSession | undefined;
  #timer: NodeJS.Timeout | undefined;
  #askedAt = 0;

  constructor(feeds: SessionFeeds) {
    this.#feeds = feeds;
    feeds.lastReaders.push((session) => this.#ask(session));
    const soon = () => this.#soon();
    this.#subscriptions = [
      feeds.onDidChange(soon),
      vscode.window.onDidChangeVisibleTextEditors(soon),
    ];
  }

  /** What was counted in a document; undefined where it is no file of the program, or no program has run. */
  of(document: vscode.TextDocument): YieldCounts | undefined {
    return this.#files.get(realPathOf(document));
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const each of this.#subscriptions) each.dispose();
    this.#changed.dispose();
  }

  #soon(): void {
    const wait = Math.max(0, this.#askedAt + INTERVAL - Date.now());
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#askedAt = Date.now();
      void this.#askLive();
    }, wait);
  }

  async #askLive(): Promise<void> {
    const session = this.#feeds.live?.session;
    // A program that has ended, or does not run yet, has nothing to say: what was counted last stays.
    if (session !== undefined) await this.#ask(session).catch(() => {});
  }

  async #ask(session: vscode.DebugSession): Promise<void> {
    if (session !== this.#session) {
      this.#session = session;
      this.#files.clear();
    }
    const documents = vscode.window.visibleTextEditors.map(({ document }) => document);
    for (const path of new Set(documents.filter(isSource).map(realPathOf))) {
      const answer: YieldPoints = await session.customRequest('greenlet/yieldPoints', { path });
      if (session !== this.#session) return;
      if (answer.sites > 0) this.#files.set(path, new YieldCounts(answer.points));
    }
    this.#changed.fire();
  }
}
