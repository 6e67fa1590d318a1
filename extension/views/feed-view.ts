/** What the views have in common: a tree whose content comes from the sessions' feeds. */

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { SessionFeed } from './session-feed.ts';
import type { SessionFeeds } from './session-feeds.ts';
import type { ViewOpener } from './view-opener.ts';

export abstract class FeedView<N> implements vscode.TreeDataProvider<N>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData: vscode.Event<void> = this.#changed.event;

  protected readonly feeds: SessionFeeds;
  protected readonly opener: ViewOpener;
  protected readonly view: vscode.TreeView<N>;
  /** What ends with the view. */
  protected readonly subscriptions: vscode.Disposable[];

  /** @param id the view's id in the manifest. */
  constructor(id: string, feeds: SessionFeeds, opener: ViewOpener) {
    this.feeds = feeds;
    this.opener = opener;
    this.view = vscode.window.createTreeView(id, { treeDataProvider: this, showCollapseAll: true });
    this.subscriptions = [this.view, this.#changed, feeds.onDidChange(() => this.update())];
  }

  abstract getChildren(node?: N): vscode.ProviderResult<N[]>;

  abstract getParent(node: N): N | undefined;

  abstract getTreeItem(node: N): vscode.TreeItem;

  /** Something has changed: draws the rows anew. */
  protected update(): void {
    const feed = this.feeds.shown;
    this.view.message = feed && messageOf(feed);
    this.prepare(feed);
    this.#changed.fire();
    if (feed !== undefined) this.updated(feed);
  }

  /** The rows are about to be drawn anew. */
  protected prepare(_feed: SessionFeed | undefined): void {}

  /** The content has changed: says so outside the rows, and shows the row that matters. */
  protected updated(_feed: SessionFeed): void {}

  dispose(): void {
    for (const each of this.subscriptions) each.dispose();
  }
}

function messageOf({ problem, isOver, session }: SessionFeed): string | undefined {
  if (isOver) return l10n.t('The session “{0}” has ended: this is its last state.', session.name);
  return problem && l10n.t('The greenlets cannot be read: {0}', problem);
}
