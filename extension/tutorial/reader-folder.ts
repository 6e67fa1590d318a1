/** The folder that the tutorial's programs are copied into: the reader's, or one that the editor keeps for us. */

import { isAbsolute, join } from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';

const SETTING = 'tutorial.folder';

/**
 * Where the copies are.
 *
 * @param storage what the editor keeps for the extension.
 * @throws {Error} where the setting names no absolute path.
 */
export function readerFolder(storage: vscode.Uri): string {
  const chosen = vscode.workspace.getConfiguration('greenlets').get<string>(SETTING, '').trim();
  if (chosen === '') return join(storage.fsPath, 'tutorial');
  if (isAbsolute(chosen)) return chosen;
  throw new Error(
    l10n.t('The setting greenlets.tutorial.folder must be an absolute path, not {0}.', chosen),
  );
}

/** Lets the reader choose another folder. What is in the old one stays there. */
export async function chooseReaderFolder(): Promise<void> {
  const [folder] =
    (await vscode.window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      openLabel: l10n.t('Copy the Programs Here'),
    })) ?? [];
  if (folder === undefined) return;
  const { Global } = vscode.ConfigurationTarget;
  await vscode.workspace.getConfiguration('greenlets').update(SETTING, folder.fsPath, Global);
}
