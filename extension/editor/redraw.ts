/**
 * When marks are drawn anew: when an editor comes to be seen, is scrolled or edited, when a setting or the program has changed. Many
 * causes in a short time become one drawing, and an editor that would look the same is left alone.
 */

import * as vscode from 'vscode';
import { isSource } from './programs.ts';
import { SECTION } from './settings.ts';

/** How long causes are gathered, in milliseconds: short enough to seem at once, long enough for a scroll. */
const GATHERED = 60;

export class Redraw implements vscode.Disposable {
  readonly #draw: (editors: vscode.TextEditor[]) => void;
  readonly #subscriptions: vscode.Disposable[];
  #timer: NodeJS.Timeout | undefined;

  /**
   * @param draw gets the editors of source files that are seen.
   * @param causes whatever else changes what is drawn.
   */
  constructor(draw: (editors: vscode.TextEditor[]) => void, ...causes: vscode.Event<unknown>[]) {
    this.#draw = draw;
    const soon = () => this.soon();
    const { window, workspace } = vscode;
    this.#subscriptions = [
      ...causes.map((each) => each(soon)),
      window.onDidChangeVisibleTextEditors(soon),
      window.onDidChangeTextEditorVisibleRanges(soon),
      workspace.onDidChangeTextDocument(soon),
      workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(SECTION)) this.soon();
      }),
    ];
    this.soon();
  }

  /** Draws a moment later. */
  soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#draw(vscode.window.visibleTextEditors.filter(({ document }) => isSource(document)));
    }, GATHERED);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const each of this.#subscriptions) each.dispose();
  }
}

/** What one kind of decoration shows now, by editor. */
export class Drawn {
  readonly #type: vscode.TextEditorDecorationType;
  readonly #shown = new WeakMap<vscode.TextEditor, string>();

  constructor(type: vscode.TextEditorDecorationType) {
    this.#type = type;
  }

  /**
   * Shows decorations in an editor.
   *
   * @param key what they look like, with their places: nothing is sent where it is what the editor shows already.
   */
  show(editor: vscode.TextEditor, key: string, make: () => vscode.DecorationOptions[]): void {
    const versioned = key === '' ? '' : `${editor.document.version} ${key}`;
    if ((this.#shown.get(editor) ?? '') === versioned) return;
    this.#shown.set(editor, versioned);
    editor.setDecorations(this.#type, key === '' ? [] : make());
  }

  dispose(): void {
    this.#type.dispose();
  }
}

/** The zero-based lines that are seen, and as many around them as a scroll of a screen shows. */
export function nearLines({ visibleRanges, document }: vscode.TextEditor): {
  first: number;
  last: number;
} {
  const starts = visibleRanges.map(({ start }) => start.line);
  const ends = visibleRanges.map(({ end }) => end.line);
  const first = Math.min(...starts);
  const last = Math.max(...ends);
  const screen = Math.max(50, last - first);
  return {
    first: Math.max(0, first - screen),
    last: Math.min(document.lineCount - 1, last + screen),
  };
}
