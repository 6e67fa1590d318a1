/** Commands `greenlets.debugFile` and `greenlets.runFile`: start a file, by default that of the active editor. */

import * as vscode from 'vscode';
import { configurationForDocument, configurationForOpenFile } from './configuration.ts';
import { isTrusted } from './trust.ts';

/**
 * Starts the session; the editor itself reports what goes wrong after that.
 *
 * @param file a file of the workspace, from a lens or from the explorer.
 * @param noDebug without the debugger: the program just runs.
 */
export async function startFile(file: unknown, noDebug: boolean): Promise<void> {
  if (!isTrusted()) return;
  const given = file instanceof vscode.Uri ? file : undefined;
  const configuration =
    given === undefined
      ? await configurationForOpenFile()
      : await configurationForDocument(await vscode.workspace.openTextDocument(given));
  if (configuration === undefined) return;
  const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(configuration.program));
  await vscode.debug.startDebugging(folder, configuration, { noDebug });
}
