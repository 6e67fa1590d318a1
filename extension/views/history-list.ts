/** View `greenlets.history`: the switches, newest first. */

import * as vscode from 'vscode';
import {
  type HistoryNode,
  historyNodes,
  historyRow,
  switchTooltip,
} from '../model/history-rows.ts';
import type { NamedSwitch } from '../model/history-store.ts';
import { FeedView } from './feed-view.ts';
import type { SessionFeeds } from './session-feeds.ts';
import type { ViewOpener } from './view-opener.ts';

export class HistoryList extends FeedView<HistoryNode> {
  constructor(feeds: SessionFeeds, opener: ViewOpener) {
    super('greenlets.history', feeds, opener);
  }

  getChildren(node?: HistoryNode): HistoryNode[] {
    const feed = this.feeds.shown;
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

  protected updated(): void {
    const newest = this.getChildren()[0];
    if (newest !== undefined) this.opener.reveal(this.view, newest);
  }
}

function describe(item: vscode.TreeItem, row: NamedSwitch): void {
  const { source, line, column } = row;
  item.tooltip = switchTooltip(row);
  if (source === '') return;
  const place = { path: source, line, column };
  item.command = { title: 'Go to Source', command: 'greenlets.reveal', arguments: [place] };
}
