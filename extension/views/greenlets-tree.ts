/** View `greenlets.tree`: the greenlets by spawner, with state, what they wait for and where. */

import * as vscode from 'vscode';
import type { GreenletInfo, GreenletState } from '../../runtime/src/protocol/snapshot.ts';
import { LONGEST_LIST } from '../model/blocks.ts';
import { blockRow, greenletRow, greenletTooltip } from '../model/greenlet-row.ts';
import { childNodes, greenletNode, parentNode, type TreeNode } from '../model/greenlet-tree.ts';
import { FeedView } from './feed-view.ts';
import type { SessionFeed } from './session-feed.ts';
import type { SessionFeeds } from './session-feeds.ts';
import type { ViewOpener } from './view-opener.ts';

export class GreenletsTree extends FeedView<TreeNode> {
  constructor(feeds: SessionFeeds, opener: ViewOpener) {
    super('greenlets.tree', feeds, opener);
  }

  getChildren(node?: TreeNode): TreeNode[] {
    const feed = this.feeds.shown;
    return feed === undefined ? [] : childNodes(feed.greenlets, node);
  }

  getParent(node: TreeNode): TreeNode | undefined {
    const feed = this.feeds.shown;
    return feed && parentNode(feed.greenlets, node);
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    const item = new vscode.TreeItem('');
    item.id = node.key;
    const feed = this.feeds.shown;
    if (feed === undefined) return item;
    if (node.kind === 'block') {
      Object.assign(item, blockRow(feed.greenlets, node.block));
      item.collapsibleState = vscode.TreeItemCollapsibleState.Collapsed;
      item.iconPath = new vscode.ThemeIcon('ellipsis');
      return item;
    }
    const greenlet = feed.greenlets.get(node.id);
    if (greenlet !== undefined) describe(item, greenlet, feed);
    return item;
  }

  protected updated(): void {
    const feed = this.feeds.shown;
    this.view.message = feed?.problem && `The greenlets cannot be read: ${feed.problem}`;
    const paused = feed?.pausedIn;
    if (paused !== undefined && feed?.greenlets.get(paused)) {
      this.opener.reveal(this.view, greenletNode(paused));
    }
  }
}

function describe(item: vscode.TreeItem, greenlet: GreenletInfo, feed: SessionFeed): void {
  const { id, state, location } = greenlet;
  const store = feed.greenlets;
  Object.assign(item, greenletRow(store, greenlet));
  item.tooltip = greenletTooltip(store, greenlet);
  item.iconPath = iconOf(state, id === feed.pausedIn);
  item.contextValue = isOver(state) ? 'over' : 'alive';
  item.collapsibleState = expansionOf(feed, id);
  if (location !== null) {
    item.command = { title: 'Go to Source', command: 'greenlets.reveal', arguments: [location] };
  }
}

/** Small trees are open; in large ones only the roots are. */
function expansionOf({ greenlets }: SessionFeed, id: number): vscode.TreeItemCollapsibleState {
  if (!greenlets.hasChildren(id)) return vscode.TreeItemCollapsibleState.None;
  const isOpen = greenlets.size <= LONGEST_LIST || greenlets.parent(id) === null;
  return vscode.TreeItemCollapsibleState[isOpen ? 'Expanded' : 'Collapsed'];
}

function iconOf(state: GreenletState, isPausedHere: boolean): vscode.ThemeIcon {
  if (isPausedHere)
    return icon('debug-stackframe', 'debugIcon.breakpointCurrentStackframeForeground');
  switch (state) {
    case 'created':
      return icon('circle-outline');
    case 'ready':
      return icon('circle-filled', 'charts.green');
    case 'running':
      return icon('play', 'charts.green');
    case 'waiting':
      return icon('watch', 'charts.yellow');
    case 'finished':
      return icon('pass', 'disabledForeground');
    case 'failed':
      return icon('error', 'list.errorForeground');
    case 'killed':
      return icon('circle-slash', 'disabledForeground');
  }
}

function icon(name: string, color?: string): vscode.ThemeIcon {
  return new vscode.ThemeIcon(name, color === undefined ? undefined : new vscode.ThemeColor(color));
}

function isOver(state: GreenletState): boolean {
  return state === 'finished' || state === 'failed' || state === 'killed';
}
