/** The timeline's page in a webview, whatever it shows: sends the rows, saves files, reveals sources. */

import { randomBytes } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { exportTrace } from '../../../runtime/src/protocol/export.ts';
import type {
  ExportFormat,
  FromPage,
  TimelineState,
  ToPage,
} from '../../model/timeline/messages.ts';
import type { Trace, TracePlace } from '../../model/timeline/trace.ts';
import { savedOf } from '../../model/timeline/trace-file.ts';

/** So many rows go into one message: a few megabytes. */
const ROWS = 100_000;

export interface PageContent {
  trace: Trace;
  /** Rows are still coming. */
  isLive: boolean;
  /** What files are called that are saved, without their ending. */
  name: string;
}

export class TimelinePage implements vscode.Disposable {
  readonly panel: vscode.WebviewPanel;
  readonly #content: () => PageContent;
  readonly #onSelect: (greenlet: number, seq: number | null) => void;
  readonly #onReady: () => void;
  readonly #subscription: vscode.Disposable;
  readonly #state: TimelineState | null;
  #isReady = false;

  /**
   * @param extension where the extension is.
   * @param content what is to be shown now; called again when the page is loaded anew.
   * @param state what the page looked like before a reload.
   */
  constructor(
    panel: vscode.WebviewPanel,
    extension: vscode.Uri,
    content: () => PageContent,
    on: { select?(greenlet: number, seq: number | null): void; ready?(): void } = {},
    state: TimelineState | null = null,
  ) {
    this.panel = panel;
    this.#content = content;
    this.#onSelect = on.select ?? (() => {});
    this.#onReady = on.ready ?? (() => {});
    this.#state = state;
    const { webview } = panel;
    webview.options = { enableScripts: true, localResourceRoots: [extension] };
    this.#subscription = webview.onDidReceiveMessage((said: FromPage) => void this.#hear(said));
    const served = (...path: string[]) =>
      String(webview.asWebviewUri(vscode.Uri.joinPath(extension, ...path)));
    webview.html = timelineHtml({
      cspSource: webview.cspSource,
      script: served('dist', 'timeline.js'),
      style: served('media', 'timeline', 'timeline.css'),
    });
  }

  /** Sends a message, if the page is there to hear it. */
  tell(message: ToPage): void {
    if (this.#isReady) void this.panel.webview.postMessage(message);
  }

  /** Sends everything that there is. */
  tellAll(): void {
    const { trace } = this.#content();
    this.tell({ kind: 'clear' });
    for (const chunk of trace.chunks(ROWS)) {
      const isLast = chunk.first + chunk.times.length > trace.last;
      this.tell({ kind: 'rows', chunk, isLast });
    }
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  async #hear(said: FromPage): Promise<void> {
    switch (said.kind) {
      case 'ready': {
        this.#isReady = true;
        const { isLive, trace } = this.#content();
        this.tell({ kind: 'begin', locale: vscode.env.language, isLive, state: this.#state });
        for (const chunk of trace.chunks(ROWS)) {
          const isLast = chunk.first + chunk.times.length > trace.last;
          this.tell({ kind: 'rows', chunk, isLast });
        }
        this.#onReady();
        break;
      }
      case 'select':
        this.#onSelect(said.greenlet, said.seq);
        if (said.place !== null) await this.#reveal(said.place);
        break;
      case 'save':
        await this.#save(said);
        break;
      case 'state':
        break;
    }
  }

  /** Shows a line beside the timeline. */
  async #reveal({ path, line, column }: TracePlace): Promise<void> {
    const position = new vscode.Position(Math.max(0, line - 1), Math.max(0, column - 1));
    const isFirst = this.panel.viewColumn === vscode.ViewColumn.One;
    try {
      await vscode.window.showTextDocument(vscode.Uri.file(path), {
        selection: new vscode.Range(position, position),
        preserveFocus: true,
        viewColumn: isFirst ? vscode.ViewColumn.Two : vscode.ViewColumn.One,
      });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      void vscode.window.showErrorMessage(
        l10n.t('Cannot show {0}:{1}: {2}', path, String(line), reason),
      );
    }
  }

  async #save(said: FromPage & { kind: 'save' }): Promise<void> {
    const { trace, name } = this.#content();
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const ending = ENDINGS[said.format];
    const target = await vscode.window.showSaveDialog({
      defaultUri: folder && vscode.Uri.joinPath(folder, `${name}.${ending}`),
      // The editor compares what stands behind the last dot, and adds it where that differs.
      filters: { [said.format.toUpperCase()]: [ending.slice(ending.lastIndexOf('.') + 1)] },
    });
    if (target === undefined) return;
    const content = 'content' in said ? said.content : exportTrace(said.format, savedOf(trace));
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    try {
      await vscode.workspace.fs.writeFile(target, bytes);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      void vscode.window.showErrorMessage(l10n.t('Cannot write {0}: {1}', target.fsPath, reason));
    }
  }
}

/** How the names of files end that are saved. */
const ENDINGS: Readonly<Record<ExportFormat, string>> = {
  svg: 'svg',
  png: 'png',
  json: 'greenlets.json',
  chrome: 'perfetto.json',
  csv: 'csv',
};

/** The page's frame: everything in it is made by the script, which has a nonce. Nothing comes over the network. */
function timelineHtml(sources: { cspSource: string; script: string; style: string }): string {
  const nonce = randomBytes(16).toString('hex');
  // Places in the picture are set as styles by the script, which the policy allows.
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${sources.cspSource}; script-src 'nonce-${nonce}';">
<meta name="viewport" content="width=device-width, initial-scale=1.0">
<link rel="stylesheet" href="${sources.style}">
<title>Timeline</title>
</head>
<body>
<script nonce="${nonce}" src="${sources.script}"></script>
</body>
</html>`;
}
