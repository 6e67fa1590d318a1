/** The commands of the timeline. */

import * as vscode from 'vscode';
import type { Selection } from '../views/selection.ts';
import type { SessionFeeds } from '../views/session-feeds.ts';
import type { Timeline } from '../views/timeline/timeline.ts';
import { TraceEditor } from '../views/timeline/trace-editor.ts';
import { chosenGreenlet } from './chosen-greenlet.ts';

/** Registers them. */
export function registerTimelineCommands(
  timeline: Timeline,
  feeds: SessionFeeds,
  selection: Selection,
): vscode.Disposable[] {
  const { registerCommand } = vscode.commands;
  return [
    registerCommand('greenlets.openTimeline', () => timeline.open()),
    registerCommand('greenlets.openTrace', () => TraceEditor.open()),
    registerCommand('greenlets.showInTimeline', async (...given: unknown[]) => {
      const chosen = await chosenGreenlet(feeds, selection, given);
      if (chosen === undefined) return;
      const { feed, id, row } = chosen;
      selection.select({ session: feed.session, greenlet: id, ...(row && { seq: row.seq }) });
      timeline.show(id, row?.seq ?? null);
    }),
  ];
}
