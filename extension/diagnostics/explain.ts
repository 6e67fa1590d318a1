/** Command `greenlets.explainDiagnostic`: what a kind of findings means, and what to do about it. */

import { join } from 'node:path';
import * as vscode from 'vscode';

/** The command's name. */
export const EXPLAIN = 'greenlets.explainDiagnostic';

/**
 * Shows the page about the findings in the editor's language, at one section.
 *
 * @param extensionPath the folder of this extension.
 * @param code a kind of findings; undefined: the page's beginning.
 */
export async function explainDiagnostic(extensionPath: string, code?: string): Promise<void> {
  const isChinese = vscode.env.language.toLowerCase().startsWith('zh-cn');
  const name = isChinese ? 'diagnostics.zh-cn.md' : 'diagnostics.md';
  const page = vscode.Uri.file(join(extensionPath, 'docs', name));
  await vscode.commands.executeCommand(
    'markdown.showPreview',
    code === undefined ? page : page.with({ fragment: code }),
  );
}
