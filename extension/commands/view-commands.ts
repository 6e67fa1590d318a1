/** How the views show things: groups, filters, following. */

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { STATES, stateName } from '../model/state-text.ts';
import type { Grouping } from '../model/tree-options.ts';
import type { GreenletsTree } from '../views/greenlets-tree.ts';
import type { HistoryList } from '../views/history-list.ts';
import type { Selection } from '../views/selection.ts';
import type { SessionFeeds } from '../views/session-feeds.ts';
import { chosenGreenlet } from './chosen-greenlet.ts';

/** Registers the commands. */
export function registerViewCommands(
  feeds: SessionFeeds,
  selection: Selection,
  tree: GreenletsTree,
  history: HistoryList,
): vscode.Disposable[] {
  const { registerCommand } = vscode.commands;
  return [
    registerCommand('greenlets.groupBy', () => chooseGrouping(tree)),
    registerCommand('greenlets.filter', () => chooseText(tree)),
    registerCommand('greenlets.filterStates', () => chooseStates(tree)),
    registerCommand('greenlets.clearFilter', () => tree.change({ text: '', states: [] })),
    registerCommand('greenlets.hideEnded', () => tree.change({ hidesEnded: true })),
    registerCommand('greenlets.showEnded', () => tree.change({ hidesEnded: false })),
    registerCommand('greenlets.showInternal', () => tree.change({ showsInternal: true })),
    registerCommand('greenlets.hideInternal', () => tree.change({ showsInternal: false })),
    registerCommand('greenlets.history.ofGreenlet', async (...given) => {
      // From the view's title there may be no row.
      const rows = given[0] === undefined ? [] : given;
      const chosen = await chosenGreenlet(feeds, selection, rows);
      if (chosen === undefined) return;
      history.filter({ ...history.filterState.filter, greenlet: chosen.id });
      await vscode.commands.executeCommand('greenlets.history.focus');
    }),
    registerCommand('greenlets.history.byReason', () => chooseReason(history)),
    registerCommand('greenlets.history.clearFilter', () => history.filter({})),
    registerCommand('greenlets.history.follow', () => history.follow(true)),
    registerCommand('greenlets.history.unfollow', () => history.follow(false)),
    registerCommand('greenlets.history.showMore', () => history.showMore()),
  ];
}

async function chooseGrouping(tree: GreenletsTree): Promise<void> {
  const groupings: readonly (readonly [Grouping, string])[] = [
    ['spawner', l10n.t('Who spawned them')],
    ['state', l10n.t('State')],
    ['function', l10n.t('Function')],
    ['wait', l10n.t('What they wait for')],
  ];
  const { groupBy } = tree.options;
  const items = groupings.map(([value, label]) => {
    return { label, value, description: value === groupBy ? l10n.t('now') : '' };
  });
  const placeHolder = l10n.t('Group the greenlets by');
  const found = await vscode.window.showQuickPick(items, { placeHolder });
  if (found !== undefined) tree.change({ groupBy: found.value });
}

async function chooseText(tree: GreenletsTree): Promise<void> {
  const text = await vscode.window.showInputBox({
    prompt: l10n.t('Show greenlets with this in their name, function, file, wait or result'),
    value: tree.options.text,
  });
  if (text !== undefined) tree.change({ text });
}

async function chooseStates(tree: GreenletsTree): Promise<void> {
  const { states } = tree.options;
  const items = STATES.map((value) => {
    const picked = states.length === 0 || states.includes(value);
    return { label: stateName(value), value, picked };
  });
  const placeHolder = l10n.t('Show greenlets in these states');
  const found = await vscode.window.showQuickPick(items, { placeHolder, canPickMany: true });
  if (found === undefined) return;
  const isAll = found.length === STATES.length || found.length === 0;
  tree.change({ states: isAll ? [] : found.map(({ value }) => value) });
}

async function chooseReason(history: HistoryList): Promise<void> {
  const { filter, reasons } = history.filterState;
  const all = { label: l10n.t('All reasons'), reason: undefined };
  const items = [...reasons].sort().map((reason) => ({ label: reason, reason }));
  const placeHolder = l10n.t('Show switches for this reason');
  const found = await vscode.window.showQuickPick([all, ...items], { placeHolder });
  if (found === undefined) return;
  const { reason } = found;
  const { greenlet } = filter;
  history.filter({
    ...(greenlet !== undefined && { greenlet }),
    ...(reason !== undefined && { reason }),
  });
}
