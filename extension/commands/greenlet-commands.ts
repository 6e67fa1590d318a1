/** What can be done to one greenlet: look at it in other places, kill it, freeze it, let it run next, copy it. */

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { forestText, greenletText } from '../model/greenlet-row.ts';
import type { Selection } from '../views/selection.ts';
import type { SessionFeeds } from '../views/session-feeds.ts';
import { type Chosen, chosenGreenlet } from './chosen-greenlet.ts';
import { revealPlace } from './reveal-place.ts';

/** How long a message stays in the status bar, in milliseconds. */
const MESSAGE_TIME = 5000;

/** Registers the commands. */
export function registerGreenletCommands(
  feeds: SessionFeeds,
  selection: Selection,
): vscode.Disposable[] {
  /** Does something to a chosen greenlet; what goes wrong is told. */
  const on =
    (act: (chosen: Chosen) => Promise<void>) =>
    async (...given: unknown[]) => {
      const chosen = await chosenGreenlet(feeds, selection, given);
      if (chosen === undefined) return;
      try {
        await act(chosen);
      } catch (error) {
        void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
      }
    };
  const { registerCommand } = vscode.commands;
  return [
    registerCommand(
      'greenlets.goTo',
      on((chosen) => goTo(selection, chosen)),
    ),
    registerCommand('greenlets.goToSpawn', on(goToSpawn)),
    registerCommand('greenlets.focusStack', on(focusStack)),
    registerCommand('greenlets.kill', on(kill)),
    registerCommand('greenlets.freeze', on(freeze)),
    registerCommand('greenlets.thaw', on(thaw)),
    registerCommand('greenlets.runNext', on(runNext)),
    registerCommand('greenlets.copy', on(copy)),
    registerCommand('greenlets.copyAll', () => copyAll(feeds)),
  ];
}

/** Shows the line where it stands, or that of a switch, and looks at it everywhere. */
async function goTo(selection: Selection, { feed, id, row }: Chosen): Promise<void> {
  const { session } = feed;
  if (row === undefined) selection.select({ session, greenlet: id });
  else {
    const peer = id === row.from ? row.to : row.from;
    selection.select({ session, greenlet: id, peer, seq: row.seq });
  }
  const place =
    row === undefined
      ? feed.greenlets.get(id)?.location
      : row.source !== '' && { path: row.source, line: row.line, column: row.column };
  if (place) await revealPlace(place);
}

async function goToSpawn({ feed, id }: Chosen): Promise<void> {
  const label = feed.greenlets.label(id);
  const [spawned] = (await feed.stack(id))?.spawned ?? [];
  if (spawned === undefined) {
    const why = feed.isOver
      ? l10n.t('It is not known any more where {0} was spawned: the program has ended.', label)
      : l10n.t('It is not known where {0} was spawned.', label);
    void vscode.window.showInformationMessage(why);
  } else await revealPlace(spawned);
}

/** Makes the Call Stack show it: the editor goes where the debugger says that the program has stopped. */
async function focusStack({ feed, id }: Chosen): Promise<void> {
  await feed.session.customRequest('greenlet/focus', { id });
  await vscode.commands.executeCommand('workbench.debug.action.focusCallStackView');
}

/** Asks the debuggee to throw `GreenletExit` into it; does not wait for its end. */
async function kill(chosen: Chosen): Promise<void> {
  await ask('greenlet/kill', chosen);
  if (chosen.feed.pausedIn !== undefined) {
    tell(l10n.t('{0} dies when the program goes on.', labelOf(chosen)));
  }
}

async function freeze(chosen: Chosen): Promise<void> {
  await ask('greenlet/freeze', chosen);
}

async function thaw(chosen: Chosen): Promise<void> {
  await ask('greenlet/thaw', chosen);
}

async function runNext(chosen: Chosen): Promise<void> {
  await ask('greenlet/runNext', chosen);
  tell(l10n.t('{0} runs next.', labelOf(chosen)));
}

async function copy({ feed, id }: Chosen): Promise<void> {
  const greenlet = feed.greenlets.get(id);
  if (greenlet === undefined) return;
  const stack = await feed.stack(id);
  await vscode.env.clipboard.writeText(greenletText(feed.greenlets, greenlet, stack));
  tell(l10n.t('{0} is copied.', feed.greenlets.label(id)));
}

async function copyAll(feeds: SessionFeeds): Promise<void> {
  const feed = feeds.shown;
  if (feed === undefined) return;
  const cycles = feed.waits.graph.cycles.map(({ text }) => `${l10n.t('Deadlock')}: ${text}\n`);
  await vscode.env.clipboard.writeText(`${cycles.join('')}${forestText(feed.greenlets)}\n`);
  tell(l10n.t('{0} greenlets are copied.', feed.greenlets.size));
}

async function ask(request: string, { feed, id }: Chosen): Promise<void> {
  await feed.session.customRequest(request, { id });
  feed.refresh();
}

function labelOf({ feed, id }: Chosen): string {
  return feed.greenlets.label(id);
}

function tell(message: string): void {
  vscode.window.setStatusBarMessage(message, MESSAGE_TIME);
}
