/** The timeline of the session that the views show, in an editor tab. It is there again after a reload of the window, with its rows. */

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { TimelineState } from '../../model/timeline/messages.ts';
import { Trace } from '../../model/timeline/trace.ts';
import { readTrace, savedOf } from '../../model/timeline/trace-file.ts';
import type { Selected, Selection } from '../selection.ts';
import type { SessionFeeds } from '../session-feeds.ts';
import { TimelinePage } from './page.ts';
import { SessionTrace } from './session-trace.ts';

const VIEW_TYPE = 'greenlets.timeline';
const KEPT = 'timeline.greenlets.json';
/** Rows are kept for a reload when nothing has changed for so many milliseconds. */
const QUIET = 2000;
/** Runs with more rows are not kept. */
const MOST_KEPT = 200_000;

export class Timeline implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #extension: vscode.Uri;
  readonly #storage: vscode.Uri | undefined;
  readonly #feeds: SessionFeeds;
  readonly #selection: Selection;
  readonly #subscriptions: vscode.Disposable[];
  #shown: SessionTrace | undefined;
  /** A run from before a reload. */
  #kept: Trace | undefined;
  #page: TimelinePage | undefined;
  #saving: NodeJS.Timeout | undefined;

  constructor(context: vscode.ExtensionContext, feeds: SessionFeeds, selection: Selection) {
    this.#extension = context.extensionUri;
    this.#storage = context.storageUri;
    this.#feeds = feeds;
    this.#selection = selection;
    feeds.lastReaders.push((session) => this.#traceOf(session).refresh());
    this.#subscriptions = [
      vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, this),
      feeds.onDidChange(() => this.#update()),
      selection.onDidChange((selected) => this.#look(selected)),
    ];
  }

  /** Opens it, beside the program. */
  open(): void {
    if (this.#page !== undefined) {
      this.#page.panel.reveal(undefined, false);
      return;
    }
    const title = l10n.t('Greenlet Timeline');
    const column = vscode.ViewColumn.Beside;
    const options = { retainContextWhenHidden: true };
    this.#adopt(vscode.window.createWebviewPanel(VIEW_TYPE, title, column, options), null);
    this.#update();
  }

  /** Opens it and looks at a greenlet. */
  show(greenlet: number, seq: number | null): void {
    this.open();
    const message = { kind: 'select', greenlet, seq } as const;
    this.#first = message;
    this.#page?.tell(message);
  }

  /** What the page is told as soon as it can hear. */
  #first: { kind: 'select'; greenlet: number; seq: number | null } | undefined;

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    this.#kept = await this.#restore();
    this.#adopt(panel, (state as TimelineState | undefined) ?? null);
    this.#update();
  }

  dispose(): void {
    clearTimeout(this.#saving);
    for (const each of this.#subscriptions) each.dispose();
    this.#page?.panel.dispose();
  }

  #adopt(panel: vscode.WebviewPanel, state: TimelineState | null): void {
    const content = () => ({
      trace: this.#shown?.trace ?? this.#kept ?? new Trace(),
      isLive: true,
      name: 'timeline',
    });
    const on = {
      select: (greenlet: number, seq: number | null) => this.#select(greenlet, seq),
      ready: () => {
        if (this.#first !== undefined) this.#page?.tell(this.#first);
        else this.#look(this.#selection.current);
      },
    };
    const page = new TimelinePage(panel, this.#extension, content, on, state);
    this.#page = page;
    panel.onDidDispose(() => {
      page.dispose();
      if (this.#page === page) this.#page = undefined;
    });
  }

  #update(): void {
    const feed = this.#feeds.shown;
    if (feed === undefined || this.#page === undefined) return;
    const before = this.#shown;
    const shown = this.#traceOf(feed.session);
    if (shown !== before) this.#page.tellAll();
    if (!feed.isOver) void shown.refresh();
    else if (shown === before) this.#page.tell({ kind: 'ended' });
  }

  /** The trace of a session; the one of the session before is forgotten. */
  #traceOf(session: vscode.DebugSession): SessionTrace {
    if (this.#shown?.session.id === session.id) return this.#shown;
    const shown = new SessionTrace(session, (chunk) => {
      if (this.#shown !== shown) return;
      this.#page?.tell({ kind: 'rows', chunk, isLast: true });
      clearTimeout(this.#saving);
      this.#saving = setTimeout(() => void this.#keep(shown.trace), QUIET);
    });
    this.#shown = shown;
    return shown;
  }

  #select(greenlet: number, seq: number | null): void {
    const session = this.#shown?.session;
    if (session === undefined || greenlet === 0) return;
    this.#selection.select({ session, greenlet, ...(seq !== null && { seq }) });
  }

  #look(selected: Selected | undefined): void {
    if (selected === undefined || selected.session.id !== this.#shown?.session.id) return;
    const { greenlet, seq = null } = selected;
    this.#page?.tell({ kind: 'select', greenlet, seq });
  }

  async #keep(trace: Trace): Promise<void> {
    const storage = this.#storage;
    if (storage === undefined || this.#page === undefined || trace.length > MOST_KEPT) return;
    await vscode.workspace.fs.createDirectory(storage);
    const bytes = new TextEncoder().encode(JSON.stringify(savedOf(trace)));
    await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(storage, KEPT), bytes);
  }

  async #restore(): Promise<Trace | undefined> {
    if (this.#storage === undefined) return undefined;
    try {
      const file = vscode.Uri.joinPath(this.#storage, KEPT);
      return readTrace(new TextDecoder().decode(await vscode.workspace.fs.readFile(file)));
    } catch {
      // Nothing was kept: the timeline begins with the next session.
      return undefined;
    }
  }
}
