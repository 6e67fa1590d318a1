/** How far the reader has come: kept in the editor's state, and taken along where settings are synchronized. */

import * as vscode from 'vscode';

/** What the reader has done in a chapter; each includes the ones before it. */
export type Step = 'opened' | 'finished' | 'solved';

const STEPS: readonly Step[] = ['opened', 'finished', 'solved'];

/** Where it is kept. */
export const PROGRESS_KEY = 'tutorial.progress';

export class Progress implements vscode.Disposable {
  readonly #memory: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange: vscode.Event<void> = this.#changed.event;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
  }

  /** The furthest step in a chapter; undefined where it has not been opened. */
  of(chapter: string): Step | undefined {
    return this.#all()[chapter];
  }

  /** Takes a step; one that was taken before is no step back. */
  async reach(chapter: string, step: Step): Promise<void> {
    const all = this.#all();
    const reached = all[chapter];
    if (reached !== undefined && STEPS.indexOf(reached) >= STEPS.indexOf(step)) return;
    await this.#memory.update(PROGRESS_KEY, { ...all, [chapter]: step });
    this.#changed.fire();
  }

  /** Forgets everything. */
  async clear(): Promise<void> {
    await this.#memory.update(PROGRESS_KEY, undefined);
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #all(): Record<string, Step | undefined> {
    return this.#memory.get(PROGRESS_KEY, {});
  }
}
