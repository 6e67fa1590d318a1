/** View `greenlets.tutorial`: parts, chapters with how far the reader has come, and the two programs of each. */

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Part } from '../model/chapter.ts';
import { onDidChangeLanguage, tutorialLanguage } from './language.ts';
import type { Library, ProgramName, TutorialChapter } from './library.ts';
import type { Progress, Step } from './progress.ts';

export type TutorialNode =
  | { kind: 'part'; part: Part }
  | { kind: 'chapter'; chapter: TutorialChapter }
  | { kind: 'program'; chapter: TutorialChapter; program: ProgramName };

export class TutorialTree implements vscode.TreeDataProvider<TutorialNode>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData: vscode.Event<void> = this.#changed.event;

  readonly #library: Library;
  readonly #progress: Progress;
  readonly #view: vscode.TreeView<TutorialNode>;
  readonly #subscriptions: vscode.Disposable[];

  constructor(library: Library, progress: Progress) {
    this.#library = library;
    this.#progress = progress;
    this.#view = vscode.window.createTreeView('greenlets.tutorial', { treeDataProvider: this });
    this.#subscriptions = [
      progress.onDidChange(() => this.#refresh()),
      onDidChangeLanguage(() => this.#refresh()),
      this.#view.onDidChangeVisibility(() => this.#describe()),
    ];
  }

  getChildren(node?: TutorialNode): TutorialNode[] {
    if (node === undefined) return this.#library.parts.map((part) => ({ kind: 'part', part }));
    if (node.kind === 'part') {
      return this.#chaptersOf(node.part).map((chapter) => ({ kind: 'chapter', chapter }));
    }
    if (node.kind === 'program') return [];
    const { chapter } = node;
    return (['program', 'exercise'] as const).map((program) => {
      return { kind: 'program', chapter, program };
    });
  }

  getParent(node: TutorialNode): TutorialNode | undefined {
    if (node.kind === 'program') return { kind: 'chapter', chapter: node.chapter };
    if (node.kind === 'part') return undefined;
    const part = this.#library.parts.find(({ id }) => id === node.chapter.chapter.part);
    return part && { kind: 'part', part };
  }

  getTreeItem(node: TutorialNode): vscode.TreeItem {
    switch (node.kind) {
      case 'part':
        return this.#partItem(node.part);
      case 'chapter':
        return this.#chapterItem(node);
      case 'program':
        return programItem(node);
    }
  }

  /** Selects a chapter, where the view is visible. */
  reveal(chapter: TutorialChapter): void {
    if (!this.#view.visible) return;
    const node: TutorialNode = { kind: 'chapter', chapter };
    this.#view.reveal(node, { select: true, focus: false }).then(undefined, () => {
      // The rows have changed in the meantime.
    });
  }

  dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
    this.#view.dispose();
    this.#changed.dispose();
  }

  #refresh(): void {
    this.#changed.fire();
    this.#describe();
  }

  #describe(): void {
    if (!this.#view.visible) return;
    const { chapters } = this.#library;
    this.#view.description = l10n.t('{0} of {1} solved', this.#solved(chapters), chapters.length);
  }

  #partItem(part: Part): vscode.TreeItem {
    const { Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
    const chapters = this.#chaptersOf(part);
    const isFirst = part.id === this.#library.parts[0]?.id;
    const isBegun = chapters.some(({ id }) => this.#progress.of(id) !== undefined);
    const item = new vscode.TreeItem(
      part.title[tutorialLanguage()],
      isFirst || isBegun ? Expanded : Collapsed,
    );
    item.id = `part ${part.id}`;
    item.description = `${this.#solved(chapters)}/${chapters.length}`;
    item.contextValue = 'part';
    return item;
  }

  #chapterItem(node: TutorialNode & { kind: 'chapter' }): vscode.TreeItem {
    const { id, chapter } = node.chapter;
    const title = chapter.title[tutorialLanguage()];
    const step = this.#progress.of(id);
    const item = new vscode.TreeItem(
      `${id.slice(0, 2)} ${title}`,
      vscode.TreeItemCollapsibleState.Collapsed,
    );
    item.id = `chapter ${id}`;
    item.iconPath = iconOf(step);
    item.tooltip = `${title}: ${stepText(step)}`;
    item.accessibilityInformation = { label: item.tooltip };
    item.contextValue = 'chapter';
    item.command = {
      title: l10n.t('Open'),
      command: 'greenlets.tutorial.open',
      arguments: [node],
    };
    return item;
  }

  #chaptersOf({ id }: Part): TutorialChapter[] {
    return this.#library.chapters.filter(({ chapter }) => chapter.part === id);
  }

  #solved(chapters: readonly TutorialChapter[]): number {
    return chapters.filter(({ id }) => this.#progress.of(id) === 'solved').length;
  }
}

function programItem(node: TutorialNode & { kind: 'program' }): vscode.TreeItem {
  const label = node.program === 'program' ? l10n.t('Program') : l10n.t('Exercise');
  const item = new vscode.TreeItem(label);
  item.id = `${node.program} ${node.chapter.id}`;
  item.description = `${node.program}.ts`;
  item.iconPath = new vscode.ThemeIcon(node.program === 'program' ? 'file-code' : 'edit');
  item.contextValue = node.program;
  item.command = { title: l10n.t('Open'), command: 'greenlets.tutorial.open', arguments: [node] };
  return item;
}

function iconOf(step: Step | undefined): vscode.ThemeIcon {
  switch (step) {
    case undefined:
      return new vscode.ThemeIcon('circle-large-outline');
    case 'opened':
      return new vscode.ThemeIcon('circle-large-outline', new vscode.ThemeColor('charts.yellow'));
    case 'finished':
      return new vscode.ThemeIcon('circle-large-filled', new vscode.ThemeColor('charts.yellow'));
    case 'solved':
      return new vscode.ThemeIcon('pass-filled', new vscode.ThemeColor('charts.green'));
  }
}

function stepText(step: Step | undefined): string {
  switch (step) {
    case undefined:
      return l10n.t('not opened yet');
    case 'opened':
      return l10n.t('opened');
    case 'finished':
      return l10n.t('run to its end');
    case 'solved':
      return l10n.t('exercise solved');
  }
}
