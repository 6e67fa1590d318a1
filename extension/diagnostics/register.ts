/** Puts the diagnostics into the editor: wiring only. */

import * as vscode from 'vscode';
import { explainDiagnostic } from './explain.ts';
import { Problems } from './problems.ts';
import { QuickFixes } from './quick-fixes.ts';

const LANGUAGES = ['typescript', 'javascript', 'typescriptreact', 'javascriptreact'];

/**
 * Shows what is found in programs, with quick fixes and explanations.
 *
 * @param debugType that of the sessions.
 */
export function registerDiagnostics(context: vscode.ExtensionContext, debugType: string): void {
  const problems = new Problems(debugType);
  const { commands, languages } = vscode;
  context.subscriptions.push(
    problems,
    languages.registerCodeActionsProvider(LANGUAGES, new QuickFixes(), {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
    }),
    commands.registerCommand('greenlets.clearDiagnostics', () => problems.clear()),
    commands.registerCommand('greenlets.explainDiagnostic', (code?: string) =>
      explainDiagnostic(context.extensionPath, code),
    ),
  );
}
