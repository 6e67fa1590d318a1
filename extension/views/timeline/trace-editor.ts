/** Saved traces, `*.greenlets.json`: opened as timelines, without any program. */

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { Trace } from '../../model/timeline/trace.ts';
import { readTrace } from '../../model/timeline/trace-file.ts';
import { TimelinePage } from './page.ts';

const VIEW_TYPE = 'greenlets.trace';

/** A file, read; or why it cannot be shown. */
interface TraceDocument extends vscode.CustomDocument {
  trace: Trace;
  problem: string | undefined;
}

export class TraceEditor implements vscode.CustomReadonlyEditorProvider<TraceDocument> {
  readonly #extension: vscode.Uri;

  constructor(extension: vscode.Uri) {
    this.#extension = extension;
  }

  /** Registers it. */
  static register(extension: vscode.Uri): vscode.Disposable {
    const webviewOptions = { retainContextWhenHidden: true };
    const options = { webviewOptions, supportsMultipleEditorsPerDocument: true };
    const editor = new TraceEditor(extension);
    return vscode.window.registerCustomEditorProvider(VIEW_TYPE, editor, options);
  }

  /** Asks for a file and opens it. */
  static async open(): Promise<void> {
    const [file] =
      (await vscode.window.showOpenDialog({
        title: l10n.t('Open Trace'),
        filters: { [l10n.t('Traces of greenlets')]: ['json'] },
      })) ?? [];
    if (file !== undefined)
      await vscode.commands.executeCommand('vscode.openWith', file, VIEW_TYPE);
  }

  async openCustomDocument(uri: vscode.Uri): Promise<TraceDocument> {
    const dispose = () => {};
    try {
      const trace = readTrace(new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)));
      return { uri, trace, problem: undefined, dispose };
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      return { uri, trace: new Trace(), problem, dispose };
    }
  }

  resolveCustomEditor({ uri, trace, problem }: TraceDocument, panel: vscode.WebviewPanel): void {
    const name = uri.path.slice(uri.path.lastIndexOf('/') + 1).replace(/(\.greenlets)?\.json$/, '');
    const content = () => ({ trace, isLive: false, name });
    const page = new TimelinePage(panel, this.#extension, content, {
      ready: () => {
        if (problem !== undefined) page.tell({ kind: 'problem', text: problem });
      },
    });
    panel.onDidDispose(() => page.dispose());
  }
}
