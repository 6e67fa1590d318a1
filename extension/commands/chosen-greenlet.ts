/** Which greenlet a command is about: the row that it was called on, what the user looks at, or one that is asked for. */

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { treeRow } from '../model/greenlet-row.ts';
import type { NamedSwitch } from '../model/history-store.ts';
import { isOver } from '../model/state-text.ts';
import type { Selected, Selection } from '../views/selection.ts';
import type { SessionFeed } from '../views/session-feed.ts';
import type { SessionFeeds } from '../views/session-feeds.ts';

/** A greenlet with the feed of its session; `row` where a switch was chosen. */
export interface Chosen {
  feed: SessionFeed;
  id: number;
  row?: NamedSwitch;
}

/**
 * Finds it.
 *
 * @param given the command's arguments: a row of one of the views, or a `Selected`; from the command palette there are none.
 * @returns undefined where there is none, or the user has not chosen; says so where there is none.
 */
export async function chosenGreenlet(
  feeds: SessionFeeds,
  selection: Selection,
  given: readonly unknown[],
): Promise<Chosen | undefined> {
  const feed = feeds.shown;
  if (feed === undefined) {
    void vscode.window.showInformationMessage(
      l10n.t('No greenlets are known: debug a program first.'),
    );
    return undefined;
  }
  const [argument] = given;
  if (isSelected(argument)) return chosenOf(feeds, argument);
  if (hasRow(argument)) {
    const { from, to } = argument.row;
    return { feed, id: from === 0 ? to : from, row: argument.row };
  }
  if (hasGreenlet(argument)) return { feed, id: argument.greenlet };
  // The editor gives undefined for a row that is just being drawn anew; the palette, nothing at all.
  if (given.length > 0 && argument === undefined) {
    void vscode.window.showInformationMessage(l10n.t('The rows were just changing: try again.'));
    return undefined;
  }
  const { current } = selection;
  const looked = current && chosenOf(feeds, current);
  return looked ?? pick(feed);
}

function chosenOf(feeds: SessionFeeds, { session, greenlet }: Selected): Chosen | undefined {
  const feed = feeds.of(session);
  return feed && { feed, id: greenlet };
}

async function pick(feed: SessionFeed): Promise<Chosen | undefined> {
  const alive = [...feed.greenlets.all()].filter((each) => feed.isOver || !isOver(each.state));
  const items = alive.map(({ id }) => {
    const node = { kind: 'greenlet', key: '', parent: undefined, greenlet: id } as const;
    return { ...treeRow(feed.greenlets, node), id };
  });
  const placeHolder = l10n.t('Which greenlet?');
  const found = await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true });
  return found && { feed, id: found.id };
}

function isSelected(argument: unknown): argument is Selected {
  return hasGreenlet(argument) && 'session' in argument;
}

function hasGreenlet(argument: unknown): argument is { greenlet: number } {
  return typeof argument === 'object' && argument !== null && 'greenlet' in argument;
}

function hasRow(argument: unknown): argument is { row: NamedSwitch } {
  return typeof argument === 'object' && argument !== null && 'row' in argument;
}
