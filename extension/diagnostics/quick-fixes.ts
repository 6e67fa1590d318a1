/** What can be done about a finding: the light bulb at its line. */

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { patchEdits } from '../model/patch-edits.ts';
import { EXPLAIN } from './explain.ts';
import { SOURCE } from './problems.ts';

/** The view that shows the cause, by the kind of the finding. */
const VIEW_OF: Readonly<Record<string, string>> = {
  deadlock: 'greenlets.waits',
  leak: 'greenlets.tree',
  starvation: 'greenlets.history',
  blocked: 'greenlets.history',
  'busy-wait': 'greenlets.history',
  'swallowed-kill': 'greenlets.history',
  'swallowed-timeout': 'greenlets.history',
  'over-release': 'greenlets.history',
};

export class QuickFixes implements vscode.CodeActionProvider {
  provideCodeActions(
    document: vscode.TextDocument,
    _range: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    return diagnostics
      .filter((each) => each.source === SOURCE)
      .flatMap((each) => [...fixesOf(document, each), explanationOf(each)]);
  }
}

function fixesOf(
  document: vscode.TextDocument,
  diagnostic: vscode.Diagnostic,
): vscode.CodeAction[] {
  const code = codeOf(diagnostic);
  if (code === 'blocking-call') {
    const insertions = patchEdits(document.getText());
    if (insertions.length === 0) return [];
    const fix = action(l10n.t('Patch Node here: call patchAll()'), diagnostic);
    fix.edit = new vscode.WorkspaceEdit();
    for (const { line, text } of insertions) {
      fix.edit.insert(document.uri, new vscode.Position(line, 0), text);
    }
    fix.isPreferred = true;
    return [fix];
  }
  const view = VIEW_OF[code];
  if (view === undefined || vscode.debug.activeDebugSession === undefined) return [];
  const show = action(l10n.t('Show what the greenlets do'), diagnostic);
  show.command = { title: show.title, command: `${view}.focus` };
  return [show];
}

function explanationOf(diagnostic: vscode.Diagnostic): vscode.CodeAction {
  const code = codeOf(diagnostic);
  const explain = action(l10n.t('Explain: {0}', code), diagnostic);
  explain.command = { title: explain.title, command: EXPLAIN, arguments: [code] };
  return explain;
}

function action(title: string, diagnostic: vscode.Diagnostic): vscode.CodeAction {
  const made = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  made.diagnostics = [diagnostic];
  return made;
}

function codeOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}
