/** The item in the status bar: how many greenlets are in which state, and whether some are in a deadlock. */

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { GreenletInfo } from '../../runtime/src/protocol/snapshot.ts';
import { countText, isOver } from '../model/state-text.ts';
import type { SessionFeed } from './session-feed.ts';
import type { SessionFeeds } from './session-feeds.ts';

export class StatusItem implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem(
    'greenlets.status',
    vscode.StatusBarAlignment.Left,
  );
  readonly #subscription: vscode.Disposable;

  constructor(feeds: SessionFeeds) {
    this.#item.name = l10n.t('Greenlets');
    this.#item.command = 'greenlets.tree.focus';
    this.#subscription = feeds.onDidChange(() => this.#update(feeds.shown));
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#item.dispose();
  }

  #update(feed: SessionFeed | undefined): void {
    if (feed === undefined || feed.isOver || feed.greenlets.size === 0) {
      this.#item.hide();
      return;
    }
    const all = [...feed.greenlets.all()];
    const alive = all.filter((each) => !isOver(each.state));
    const { cycles } = feed.waits.graph;
    const isStuck = cycles.length > 0;
    const short = shortText(alive);
    this.#item.text = isStuck
      ? l10n.t('$(error) Deadlock: {0}', short)
      : l10n.t('$(list-tree) Greenlets: {0}', short);
    this.#item.backgroundColor = isStuck
      ? new vscode.ThemeColor('statusBarItem.errorBackground')
      : undefined;
    const lines = [countText(all), ...cycles.map(({ text }) => text)];
    this.#item.tooltip = lines.join('\n');
    this.#item.accessibilityInformation = {
      label: isStuck
        ? l10n.t('Deadlock among the greenlets: {0}', countText(all))
        : l10n.t('Greenlets: {0}', countText(all)),
    };
    this.#item.show();
  }
}

/** Only those that live. */
function shortText(alive: readonly GreenletInfo[]): string {
  return alive.length === 0 ? l10n.t('all have ended') : countText(alive);
}
