/** All marks in the source: at calls that may switch, at the lines of greenlets, values behind lines, lenses over programs. */

import { join } from 'node:path';
import type * as vscode from 'vscode';
import type { Selection } from '../views/selection.ts';
import type { SessionFeeds } from '../views/session-feeds.ts';
import { CodeLenses } from './code-lenses.ts';
import { GreenletMarks } from './greenlet-marks.ts';
import { InlineValues } from './inline-values.ts';
import { Outlines } from './outlines.ts';
import { RunCounts } from './run-counts.ts';
import { YieldMarks } from './yield-marks.ts';

/**
 * Makes the marks.
 *
 * @param extensionPath the folder of the extension.
 * @param runtimePath the folder of the runtime's build.
 * @returns what ends them.
 */
export function sourceMarks(
  extensionPath: string,
  runtimePath: string,
  feeds: SessionFeeds,
  selection: Selection,
): vscode.Disposable[] {
  const outlines = new Outlines(extensionPath, runtimePath);
  const counts = new RunCounts(feeds);
  return [
    outlines,
    counts,
    new YieldMarks(outlines, counts, join(extensionPath, 'media/icons')),
    new GreenletMarks(feeds),
    new InlineValues(outlines, feeds, selection),
    new CodeLenses(),
  ];
}
