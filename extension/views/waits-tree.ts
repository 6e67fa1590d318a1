/** View `greenlets.waits`: who waits for what; circles come first, explained. */

import * as vscode from 'vscode';
import type { WaitTreeNode } from '../model/wait-tree.ts';
import { FeedView } from './feed-view.ts';
import { greenletContext } from './greenlet-context.ts';
import type { SessionFeed } from './session-feed.ts';
import type { SessionFeeds } from './session-feeds.ts';
import { icon, objectIcon, stateIcon } from './state-icon.ts';
import type { ViewOpener } from './view-opener.ts';

export class WaitsTree extends FeedView<WaitTreeNode> {
  constructor(feeds: SessionFeeds, opener: ViewOpener) {
    super('greenlets.waits', feeds, opener);
  }

  /** The circle that was shown last. */
  #shownCycle = '';

  getChildren(node?: WaitTreeNode): WaitTreeNode[] {
    return this.feeds.shown?.waits.children(node) ?? [];
  }

  getParent(node: WaitTreeNode): WaitTreeNode | undefined {
    return node.parent;
  }

  getTreeItem(node: WaitTreeNode): vscode.TreeItem {
    const item = new vscode.TreeItem('');
    item.id = node.key;
    const feed = this.feeds.shown;
    if (feed === undefined) return item;
    const { label, description } = feed.waits.row(node);
    item.label = label;
    item.description = description;
    item.tooltip = feed.waits.tooltip(node);
    item.accessibilityInformation = { label: `${label}, ${description}` };
    if ('greenlet' in node) describe(item, node, feed);
    else if (node.kind !== 'rest') {
      const isEmpty = this.getChildren(node).length === 0;
      // A row that the editor knows without children stays folded up when it gets some: it has to be another one then.
      if (isEmpty) item.id = `${node.key} leaf`;
      else item.collapsibleState = vscode.TreeItemCollapsibleState.Expanded;
      item.iconPath =
        node.kind === 'cycle'
          ? icon('error', 'list.errorForeground')
          : objectIcon(feed.waits.typeOf(node.id), feed.waits.isInCycle(node.id));
    }
    return item;
  }

  protected override updated(feed: SessionFeed): void {
    const { waits } = feed;
    const { cycles } = waits.graph;
    this.view.badge =
      cycles.length === 0
        ? undefined
        : { value: cycles.length, tooltip: cycles.map(({ text }) => text).join('\n') };
    const [first] = this.getChildren();
    if (first?.kind !== 'cycle') this.#shownCycle = '';
    else if (feed.pausedIn !== undefined && first.key !== this.#shownCycle) {
      this.#shownCycle = first.key;
      this.opener.reveal(this.view, first);
    }
  }
}

function describe(
  item: vscode.TreeItem,
  node: WaitTreeNode & { greenlet: number },
  feed: SessionFeed,
): void {
  const { greenlet: id } = node;
  const greenlet = feed.greenlets.get(id);
  if (greenlet === undefined) return;
  const isStuck = feed.waits.isStuck(id);
  item.iconPath =
    node.kind === 'owner'
      ? icon('key', isStuck ? 'list.errorForeground' : undefined)
      : stateIcon(greenlet, { isPausedHere: id === feed.pausedIn, isStuck });
  item.contextValue = greenletContext(greenlet, feed);
  item.command = { title: '', command: 'greenlets.goTo', arguments: [node] };
}
