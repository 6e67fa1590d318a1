/** Command `greenlets.reveal`: shows a source line. */

import * as vscode from 'vscode';

/** One-based, as everywhere on the wire. */
export interface Place {
  path: string;
  line: number;
  column: number;
}

/** Opens the file and puts the cursor there; the focus stays in the view. */
export async function revealPlace({ path, line, column }: Place): Promise<void> {
  const position = new vscode.Position(Math.max(0, line - 1), Math.max(0, column - 1));
  try {
    await vscode.window.showTextDocument(vscode.Uri.file(path), {
      selection: new vscode.Range(position, position),
      preserveFocus: true,
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(`Cannot show ${path}:${line}: ${reason}`);
  }
}
