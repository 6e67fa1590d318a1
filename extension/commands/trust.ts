/** In a workspace that the user does not trust, nothing runs: neither programs nor what a launch.json names. */

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';

/** Whether programs may run; where not, says so, and how that is changed. */
export function isTrusted(): boolean {
  if (!vscode.workspace.isTrusted) void explain();
  return vscode.workspace.isTrusted;
}

async function explain(): Promise<void> {
  const manage = l10n.t('Manage Workspace Trust');
  const chosen = await vscode.window.showWarningMessage(
    l10n.t(
      'Greenlet Debugger runs nothing in this workspace, because you do not trust its authors (restricted mode).',
    ),
    manage,
  );
  if (chosen === manage) await vscode.commands.executeCommand('workbench.trust.manage');
}
