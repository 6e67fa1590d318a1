/** Command `greenlets.debugFile`: debugs the file of the active editor. */

import * as vscode from 'vscode';
import { configurationForOpenFile } from './configuration.ts';

/** Starts the session; the editor itself reports what goes wrong after that. */
export async function debugFile(): Promise<void> {
  const configuration = await configurationForOpenFile();
  if (configuration === undefined) return;
  const document = vscode.window.activeTextEditor?.document;
  const folder = document && vscode.workspace.getWorkspaceFolder(document.uri);
  await vscode.debug.startDebugging(folder, configuration);
}
