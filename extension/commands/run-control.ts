/** Commands that let a paused program go on: to the next switch, until a greenlet runs again, with one greenlet alone. */

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { labelOf } from '../model/greenlet-store.ts';
import { isOver } from '../model/state-text.ts';
import type { Selection } from '../views/selection.ts';
import type { SessionFeeds } from '../views/session-feeds.ts';

/** What the commands need to know of the views. */
export interface Views {
  feeds: SessionFeeds;
  selection: Selection;
}

/** Command `greenlets.nextSwitch`: to the next yield of whichever greenlet. */
export async function runToNextSwitch({ feeds }: Views): Promise<void> {
  const session = feeds.live?.session;
  if (session === undefined) return tell(l10n.t('No greenlet program is being debugged.'));
  await ask(session, 'greenlet/nextSwitch', {});
}

/**
 * Commands `greenlets.untilRuns` and `greenlets.runAlone`.
 *
 * @param request the debug adapter's: `greenlet/untilRuns` or `greenlet/runAlone`.
 * @param item what the command was called on: an item of the editor's Call Stack, or a row of a view; without one it is the greenlet
 *   that the user looks at, else one that is chosen from a list.
 */
export async function runGreenlet(views: Views, request: string, item: unknown): Promise<void> {
  const session = views.feeds.live?.session;
  if (session === undefined) return tell(l10n.t('No greenlet program is being debugged.'));
  const id = idOf(item) ?? selectedIn(views, session) ?? (await choose(views));
  if (id !== undefined) await ask(session, request, { id });
}

/** The id of a greenlet in what menus hand over; that of the editor's Call Stack is the thread's number or `thread:SESSION:ID`. */
function idOf(item: unknown): number | undefined {
  if (typeof item === 'number') return item;
  const given = (item ?? {}) as { id?: unknown; greenlet?: unknown; threadId?: unknown };
  if (typeof given.greenlet === 'number') return given.greenlet;
  if (typeof given.id === 'number') return given.id;
  const thread = /(\d+)$/.exec(String(given.threadId ?? ''))?.[1];
  return thread === undefined ? undefined : Number(thread);
}

function selectedIn({ feeds, selection }: Views, session: vscode.DebugSession): number | undefined {
  const { current } = selection;
  const greenlet = current?.session === session ? current.greenlet : undefined;
  const info = greenlet === undefined ? undefined : feeds.live?.greenlets.get(greenlet);
  return info !== undefined && !isOver(info.state) ? greenlet : undefined;
}

async function choose({ feeds }: Views): Promise<number | undefined> {
  const greenlets = [...(feeds.live?.greenlets.all() ?? [])].filter(({ state }) => !isOver(state));
  const items = greenlets.map((each) => ({ label: labelOf(each), id: each.id }));
  const title = l10n.t('Which greenlet?');
  return (await vscode.window.showQuickPick(items, { title }))?.id;
}

async function ask(session: vscode.DebugSession, request: string, args: object): Promise<void> {
  try {
    await session.customRequest(request, args);
  } catch (error) {
    tell(error instanceof Error ? error.message : String(error));
  }
}

function tell(message: string): void {
  void vscode.window.showErrorMessage(message);
}
