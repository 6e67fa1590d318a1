/** What the views have in common: a tree whose content comes from the sessions' feeds. */

import * as vscode from 'vscode';
import type { SessionFeeds } from './session-feeds.ts';
import type { ViewOpener } from './view-opener.ts';

export abstract class FeedView<N> implements vscode.TreeDataProvider<N>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData: vscode.Event<void> = this.#changed.event;

  protected readonly feeds: SessionFeeds;
  protected readonly opener: ViewOpener;
  protected readonly view: vscode.TreeView<N>;
  readonly #subscription: vscode.Disposable;

  /** @param id the view's id in the manifest. */
  constructor(id: string, feeds: SessionFeeds, opener: ViewOpener) {
    this.feeds = feeds;
    this.opener = opener;
    this.view = vscode.window.createTreeView(id, { treeDataProvider: this });
    this.#subscription = feeds.onDidChange(() => {
      this.#changed.fire();
      this.updated();
    });
  }

  abstract getChildren(node?: N): N[];

  abstract getParent(node: N): N | undefined;

  abstract getTreeItem(node: N): vscode.TreeItem;

  /** The content has changed: says so outside the rows, and shows the row that matters. */
  protected abstract updated(): void;

  dispose(): void {
    this.#subscription.dispose();
    this.view.dispose();
    this.#changed.dispose();
  }
}
