/** The guide: one panel beside the program, which shows a chapter and what happens in it. It is there again after a reload. */

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Language } from '../model/chapter.ts';
import type { FromGuide, GuideState, ToGuide } from '../model/guide-state.ts';
import { guidePage } from './guide-page.ts';
import { onDidChangeLanguage, tutorialLanguage } from './language.ts';
import type { Library, TutorialChapter } from './library.ts';

const VIEW_TYPE = 'greenlets.guide';

export class GuidePanel implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #library: Library;
  readonly #extension: vscode.Uri;
  readonly #act: (chapter: TutorialChapter, action: string) => void;
  readonly #subscriptions: vscode.Disposable[];
  #panel: vscode.WebviewPanel | undefined;
  #chapter: TutorialChapter | undefined;
  #state: GuideState | undefined;

  /**
   * @param extension where the extension is.
   * @param act does what was chosen on the page.
   */
  constructor(
    library: Library,
    extension: vscode.Uri,
    act: (chapter: TutorialChapter, action: string) => void,
  ) {
    this.#library = library;
    this.#extension = extension;
    this.#act = act;
    this.#subscriptions = [
      vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, this),
      onDidChangeLanguage(() => this.#draw()),
    ];
  }

  /** The chapter that is shown; undefined while the panel is closed. */
  get chapter(): TutorialChapter | undefined {
    return this.#panel === undefined ? undefined : this.#chapter;
  }

  /** Shows a chapter beside the program, which keeps the focus. */
  show(chapter: TutorialChapter): void {
    const isOther = this.#chapter?.id !== chapter.id;
    this.#chapter = chapter;
    if (this.#panel === undefined) {
      const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
      this.#adopt(vscode.window.createWebviewPanel(VIEW_TYPE, '', place, this.#options));
    } else if (isOther) {
      this.#draw();
    }
    if (this.#panel?.visible === false) this.#panel.reveal(undefined, true);
  }

  /** Tells the page what has changed. */
  tell(state: GuideState): void {
    this.#state = state;
    const message: ToGuide = { kind: 'state', state };
    void this.#panel?.webview.postMessage(message);
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, saved: unknown): Promise<void> {
    const { chapter: id } = (saved ?? {}) as { chapter?: string };
    this.#chapter = this.#library.find(id ?? '') ?? this.#library.chapters[0];
    this.#adopt(panel);
  }

  dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
    this.#panel?.dispose();
  }

  get #options(): vscode.WebviewOptions {
    return { enableScripts: true, localResourceRoots: [this.#extension] };
  }

  #adopt(panel: vscode.WebviewPanel): void {
    panel.webview.options = this.#options;
    this.#panel = panel;
    panel.onDidDispose(() => {
      if (this.#panel === panel) this.#panel = undefined;
    });
    panel.webview.onDidReceiveMessage((message: FromGuide) => this.#hear(message));
    this.#draw();
  }

  #hear(message: FromGuide): void {
    if (message.kind === 'ready') {
      if (this.#state !== undefined) this.tell(this.#state);
    } else if (this.#chapter !== undefined) this.#act(this.#chapter, message.action);
  }

  #draw(): void {
    const [panel, chapter] = [this.#panel, this.#chapter];
    if (panel === undefined || chapter === undefined) return;
    const language: Language = tutorialLanguage();
    const served = (...path: string[]) =>
      String(panel.webview.asWebviewUri(vscode.Uri.joinPath(this.#extension, ...path)));
    panel.title = l10n.t('Guide: {0}', chapter.chapter.title[language]);
    panel.webview.html = guidePage(
      {
        chapter,
        language,
        markdown: this.#library.guide(chapter, language),
        previous: this.#library.neighbor(chapter, -1),
        next: this.#library.neighbor(chapter, 1),
      },
      {
        cspSource: panel.webview.cspSource,
        script: served('dist', 'guide.js'),
        style: served('media', 'guide', 'guide.css'),
      },
    );
  }
}
