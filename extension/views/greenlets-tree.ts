/** View `greenlets.tree`: the greenlets, with state, what they wait for and where; grouped and filtered as its user likes. */

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { LONGEST_LIST } from '../model/blocks.ts';
import { greenletTooltip, treeRow } from '../model/greenlet-row.ts';
import { GreenletTree, type TreeNode } from '../model/greenlet-tree.ts';
import { filterText, PLAIN_OPTIONS, type TreeOptions } from '../model/tree-options.ts';
import { FeedView } from './feed-view.ts';
import { greenletContext } from './greenlet-context.ts';
import type { Selected, Selection } from './selection.ts';
import type { SessionFeed } from './session-feed.ts';
import type { SessionFeeds } from './session-feeds.ts';
import { icon, stateIcon } from './state-icon.ts';
import type { ViewOpener } from './view-opener.ts';

/** Where the options are remembered. */
const OPTIONS = 'treeOptions';

export class GreenletsTree extends FeedView<TreeNode> {
  constructor(feeds: SessionFeeds, opener: ViewOpener, selection: Selection, memory: Memory) {
    super('greenlets.tree', feeds, opener);
    this.#selection = selection;
    this.#memory = memory;
    this.#options = { ...PLAIN_OPTIONS, ...memory.get<Partial<TreeOptions>>(OPTIONS) };
    this.#tellOptions();
    this.subscriptions.push(
      selection.onDidChange((selected) => this.#look(selected)),
      this.view.onDidChangeVisibility(() => this.#reveal()),
    );
  }

  readonly #selection: Selection;
  readonly #memory: vscode.Memento;
  #options: TreeOptions;
  #tree: GreenletTree | undefined;
  /** The greenlet whose row is to be shown as soon as there is one. */
  #wanted: number | undefined;
  /** The session and the number of its stop that was shown last. */
  #shownStop = '';

  /** How the greenlets are shown. Setting some of it keeps the rest. */
  get options(): TreeOptions {
    return this.#options;
  }

  change(options: Partial<TreeOptions>): void {
    this.#options = { ...this.#options, ...options };
    void this.#memory.update(OPTIONS, this.#options);
    this.#tellOptions();
    this.update();
  }

  getChildren(node?: TreeNode): TreeNode[] {
    return this.#tree?.children(node) ?? [];
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return node.parent;
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    const item = new vscode.TreeItem('');
    item.id = node.key;
    const feed = this.feeds.shown;
    if (feed === undefined) return item;
    const { label, description } = treeRow(feed.greenlets, node);
    item.label = label;
    item.description = description;
    item.accessibilityInformation = { label: `${label}, ${description}` };
    item.collapsibleState = this.#expansionOf(feed, node);
    // A row that the editor knows without children stays folded up when it gets some: it has to be another one then.
    if (item.collapsibleState === vscode.TreeItemCollapsibleState.None)
      item.id = `${node.key} leaf`;
    if (node.kind === 'greenlet') this.#describe(item, node, feed);
    else item.iconPath = icon(ICONS[node.kind]);
    return item;
  }

  protected override prepare(feed: SessionFeed | undefined): void {
    if (feed === undefined) this.#tree = undefined;
    else this.#tree = new GreenletTree(feed.greenlets, this.#options, this.#pinned(feed));
  }

  protected override updated(feed: SessionFeed): void {
    const filter = filterText(this.#options);
    const { size } = this.#tree ?? { size: 0 };
    this.view.description =
      filter === undefined
        ? String(size)
        : l10n.t('{0} of {1}: {2}', size, feed.greenlets.size, filter);
    const stop = `${feed.session.id} ${feed.stops}`;
    if (feed.pausedIn !== undefined && stop !== this.#shownStop) {
      this.#shownStop = stop;
      this.#wanted = feed.pausedIn;
    }
    this.#reveal();
  }

  #describe(item: vscode.TreeItem, node: TreeNode & { kind: 'greenlet' }, feed: SessionFeed) {
    const { greenlet: id } = node;
    const greenlet = feed.greenlets.get(id);
    if (greenlet === undefined) return;
    const label = String(item.label);
    const { current } = this.#selection;
    const isMarked =
      current?.session.id === feed.session.id && (current.greenlet === id || current.peer === id);
    // The two greenlets of a switch that is looked at stand out, and so does the one that is.
    if (isMarked) item.label = { label, highlights: [[0, label.length]] };
    item.tooltip = greenletTooltip(feed.greenlets, greenlet);
    const isStuck = feed.waits.isStuck(id);
    item.iconPath = stateIcon(greenlet, { isPausedHere: id === feed.pausedIn, isStuck });
    item.contextValue = greenletContext(greenlet, feed);
    item.command = { title: '', command: 'greenlets.goTo', arguments: [node] };
  }

  /** Small trees are open; in large ones only the roots are. */
  #expansionOf({ greenlets }: SessionFeed, node: TreeNode): vscode.TreeItemCollapsibleState {
    const { None, Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
    if (!this.#tree?.hasChildren(node)) return None;
    const isLarge = greenlets.size > LONGEST_LIST;
    if (node.kind === 'greenlet') {
      return !isLarge || node.parent === undefined ? Expanded : Collapsed;
    }
    return node.kind === 'group' && !isLarge ? Expanded : Collapsed;
  }

  #pinned(feed: SessionFeed): Set<number> {
    const { current } = this.#selection;
    const looked =
      current?.session.id === feed.session.id ? [current.greenlet, current.peer ?? 0] : [];
    return new Set([feed.pausedIn ?? 0, this.#wanted ?? 0, ...looked]);
  }

  /** Somebody looks at a greenlet. */
  #look(selected: Selected | undefined): void {
    if (selected === undefined || selected.session.id !== this.feeds.shown?.session.id) return;
    this.#wanted = selected.greenlet;
    this.update();
  }

  #reveal(): void {
    const node = this.#wanted === undefined ? undefined : this.#tree?.find(this.#wanted);
    if (node === undefined) return;
    this.#wanted = undefined;
    const [chosen] = this.view.selection;
    if (chosen?.key !== node.key) this.opener.reveal(this.view, node);
  }

  #tellOptions(): void {
    const { hidesEnded, showsInternal } = this.#options;
    const isFiltered = filterText({ ...this.#options, hidesEnded: false }) !== undefined;
    for (const [key, value] of Object.entries({ hidesEnded, showsInternal, isFiltered })) {
      void vscode.commands.executeCommand('setContext', `greenlets.${key}`, value);
    }
  }
}

type Memory = vscode.Memento;

const ICONS = { hub: 'server-process', group: 'folder', merged: 'layers', block: 'ellipsis' };
