/**
 * Selects rows without getting in the way. The editor starts every extension's view in the Run and Debug side bar folded
 * up, so each view is opened once, ever; after that it stays as its user leaves it.
 */

import type * as vscode from 'vscode';

export class ViewOpener {
  readonly #memory: vscode.Memento;
  /** The titles of the views that have been opened. */
  readonly #opened: Set<string>;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
    this.#opened = new Set(memory.get<string[]>('openedViews', []));
  }

  /** Scrolls to a row and selects it, unless the view has been closed. */
  reveal<T>(view: vscode.TreeView<T>, row: T): void {
    const title = view.title ?? '';
    if (!view.visible && this.#opened.has(title)) return;
    this.#opened.add(title);
    view.reveal(row, { select: true, focus: false }).then(
      () => this.#memory.update('openedViews', [...this.#opened]),
      () => {
        // The rows have changed once more before the editor came to it: the next update reveals again.
      },
    );
  }
}
