/** View `greenlets.history`: the switches, newest first, in pages; only some of them where its user filters. */

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import {
  filteredNodes,
  type HistoryNode,
  historyNodes,
  historyRow,
  PAGE,
  rowsBelow,
  switchTooltip,
} from '../model/history-rows.ts';
import type { HistoryFilter } from '../model/history-store.ts';
import { FeedView } from './feed-view.ts';
import type { SessionFeed } from './session-feed.ts';
import type { SessionFeeds } from './session-feeds.ts';
import { icon } from './state-icon.ts';
import type { ViewOpener } from './view-opener.ts';

export class HistoryList extends FeedView<HistoryNode> {
  constructor(feeds: SessionFeeds, opener: ViewOpener) {
    super('greenlets.history', feeds, opener);
    this.follow(true);
    this.filter({});
  }

  #filter: HistoryFilter = {};
  /** How many rows a filter shows. */
  #limit = PAGE;
  #follows = true;
  /** The newest row, when it was shown last. */
  #followed = '';

  /** Whether the view goes to the newest switch whenever there is one. */
  follow(on: boolean): void {
    this.#follows = on;
    this.#followed = '';
    void vscode.commands.executeCommand('setContext', 'greenlets.history.follows', on);
    if (on) this.update();
  }

  /** Shows only some switches; with `{}`, all. */
  filter(filter: HistoryFilter): void {
    this.#filter = filter;
    this.#limit = PAGE;
    void vscode.commands.executeCommand(
      'setContext',
      'greenlets.history.isFiltered',
      this.#isFiltered,
    );
    this.update();
  }

  /** The filter, and the reasons that it can name. */
  get filterState(): { filter: HistoryFilter; reasons: readonly string[] } {
    return { filter: this.#filter, reasons: this.feeds.shown?.history.reasons ?? [] };
  }

  /** Shows more of the switches that a filter has found. */
  showMore(): void {
    this.#limit += PAGE;
    this.update();
  }

  async getChildren(node?: HistoryNode): Promise<HistoryNode[]> {
    const feed = this.feeds.shown;
    if (feed === undefined || feed.history.newest === 0) return [];
    if (this.#isFiltered) return node === undefined ? this.#found(feed) : [];
    const rows = rowsBelow(feed.history, node);
    if (rows !== undefined) {
      // A program that ends while it is asked leaves what is known.
      await feed.load(feed.history.missing(rows.first, rows.last)).catch(() => {});
    }
    return historyNodes(feed.history, node);
  }

  /** Only roots are revealed, and those have no parent. */
  getParent(): undefined {
    return undefined;
  }

  getTreeItem(node: HistoryNode): vscode.TreeItem {
    const item = new vscode.TreeItem('');
    item.id = node.key;
    Object.assign(item, historyRow(node));
    if (node.kind === 'switch') describe(item, node);
    if (node.kind === 'block') item.collapsibleState = vscode.TreeItemCollapsibleState.Collapsed;
    if (node.kind === 'more') {
      item.command = { title: '', command: 'greenlets.history.showMore' };
    }
    return item;
  }

  protected override updated(feed: SessionFeed): void {
    this.view.description = this.#isFiltered ? this.#filterText(feed) : String(feed.history.newest);
    if (this.#follows && !this.#isFiltered) void this.#showNewest(feed);
  }

  get #isFiltered(): boolean {
    return this.#filter.greenlet !== undefined || this.#filter.reason !== undefined;
  }

  async #found(feed: SessionFeed): Promise<HistoryNode[]> {
    try {
      const rows = await feed.find({ ...this.#filter, limit: this.#limit + 1 });
      return filteredNodes(rows.slice(0, this.#limit), rows.length > this.#limit);
    } catch {
      return []; // The program has ended meanwhile; the views are told.
    }
  }

  #filterText({ greenlets }: SessionFeed): string {
    const { greenlet, reason } = this.#filter;
    const parts = [
      ...(greenlet === undefined ? [] : [l10n.t('only of {0}', greenlets.label(greenlet))]),
      ...(reason === undefined ? [] : [l10n.t('only {0}', reason)]),
    ];
    return parts.join(', ');
  }

  async #showNewest(feed: SessionFeed): Promise<void> {
    const newest = feed.history.get(feed.history.newest);
    if (newest === undefined) return;
    const node: HistoryNode = { kind: 'switch', key: `switch ${newest.seq}`, row: newest };
    if (node.key === this.#followed || !this.view.visible) return;
    this.#followed = node.key;
    this.opener.reveal(this.view, node);
  }
}

function describe(item: vscode.TreeItem, node: HistoryNode & { kind: 'switch' }): void {
  const { row } = node;
  item.tooltip = switchTooltip(row);
  item.iconPath = icon(row.from === 0 ? 'server-process' : 'arrow-swap');
  item.contextValue = 'switch';
  const { label, description } = item;
  item.accessibilityInformation = { label: `${label}, ${description}` };
  item.command = { title: '', command: 'greenlets.goTo', arguments: [node] };
}
