/** The settings of the marks in the source. */

import * as vscode from 'vscode';

/** The section that all of them are in. */
export const SECTION = 'greenlets.source';

/** Which calls are marked in the gutter. */
export type YieldMarks = 'all' | 'known' | 'off';

/** What `greenlets.source.NAME` says; the manifest has the defaults. */
export function setting<T>(name: string): T {
  return vscode.workspace.getConfiguration(SECTION).get<T>(name) as T;
}
