/** View `greenlets.history`: the switches, newest first. */

import * as vscode from 'vscode';
import {
  type HistoryNode,
  historyNodes,
  historyRow,
  switchTooltip,
} from '../model/history-rows.ts';
import type { NamedSwitch } from '../model/history-store.ts';
import type { SessionFeeds } from './session-feeds.ts';
import type { ViewOpener } from './view-opener.ts';

export class HistoryList implements vscode.TreeDataProvider<HistoryNode>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData: vscode.Event<void> = this.#changed.event;

  readonly #feeds: SessionFeeds;
  readonly #opener: ViewOpener;
  readonly #view: vscode.TreeView<HistoryNode>;
  readonly #subscription: vscode.Disposable;

  constructor(feeds: SessionFeeds, opener: ViewOpener) {
    this.#feeds = feeds;
    this.#opener = opener;
    this.#view = vscode.window.createTreeView('greenlets.history', { treeDataProvider: this });
    this.#subscription = feeds.onDidChange(() => this.#update());
  }

  getChildren(node?: HistoryNode): HistoryNode[] {
    const feed = this.#feeds.shown;
    return feed === undefined ? [] : historyNodes(feed.history, node);
  }

  /** Only roots are revealed, and those have no parent. */
  getParent(): undefined {
    return undefined;
  }

  getTreeItem(node: HistoryNode): vscode.TreeItem {
    const item = new vscode.TreeItem('');
    item.id = node.key;
    Object.assign(item, historyRow(node));
    if (node.kind === 'switch') describe(item, node.row);
    if (node.kind === 'block') {
      item.collapsibleState = vscode.TreeItemCollapsibleState.Collapsed;
    }
    return item;
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#view.dispose();
    this.#changed.dispose();
  }

  #update(): void {
    this.#changed.fire();
    const newest = this.getChildren()[0];
    if (newest !== undefined) this.#opener.reveal(this.#view, newest);
  }
}

function describe(item: vscode.TreeItem, row: NamedSwitch): void {
  const { source, line, column } = row;
  item.tooltip = switchTooltip(row);
  if (source === '') return;
  const place = { path: source, line, column };
  item.command = { title: 'Go to Source', command: 'greenlets.reveal', arguments: [place] };
}
