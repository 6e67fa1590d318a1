/** What can be done with the tutorial, by whichever button, menu or command. */

import { readFileSync } from 'node:fs';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { LANGUAGES, type Language } from '../model/chapter.ts';
import type { CheckState } from '../model/guide-state.ts';
import { guideState } from '../model/guide-story.ts';
import { checkAnswer } from './exercise-check.ts';
import type { Follower, Following } from './follower.ts';
import { GuidePanel } from './guide-panel.ts';
import { setTutorialLanguage, tutorialLanguage } from './language.ts';
import type { Library, ProgramName, ProgramOf, TutorialChapter } from './library.ts';
import type { Progress } from './progress.ts';
import type { TutorialNode, TutorialTree } from './tutorial-tree.ts';
import type { Copy, Workbook } from './workbook.ts';

/** What a command is about: a row of the view; or a chapter's id, from a walkthrough or another text. */
export type Wanted = TutorialNode | string | undefined;

export interface TutorialParts {
  library: Library;
  /** Where the copies are now; throws where the setting is wrong. */
  workbook(): Workbook;
  progress: Progress;
  tree: TutorialTree;
  follower: Follower;
  extension: vscode.Uri;
  runtimePath: string;
}

const DEBUG_TYPE = 'greenlet';

export class Tutorial implements vscode.Disposable {
  readonly #parts: TutorialParts;
  readonly #guide: GuidePanel;
  readonly #subscriptions: vscode.Disposable[];
  #following: Following | undefined;
  /** The last check, and of which chapter. */
  #check: { id: string; state: CheckState } | undefined;

  constructor(parts: TutorialParts) {
    this.#parts = parts;
    const { library, follower, progress, extension } = parts;
    this.#guide = new GuidePanel(library, extension, (chapter, action) => {
      void this.act(chapter, action);
    });
    this.#subscriptions = [
      this.#guide,
      follower.onDidBegin(({ chapter }) => {
        this.#following = undefined;
        this.#show(chapter);
      }),
      follower.onDidChange((following) => {
        this.#following = following;
        if (following.pause !== undefined) this.#mark('paused');
        this.#tell();
      }),
      follower.onDidEnd(({ program: { chapter, program }, exitCode }) => {
        if (program !== 'program' || exitCode !== (chapter.chapter.exitCode ?? 0)) return;
        this.#mark('finished');
        void progress.reach(chapter.id, 'finished');
      }),
    ];
  }

  dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
  }

  /** Opens the reader's copy, with the guide beside it. */
  async open(wanted: Wanted): Promise<void> {
    const program = await this.#target(wanted);
    if (program !== undefined) await this.#open(program);
  }

  async openExercise(wanted: Wanted): Promise<void> {
    const program = await this.#target(wanted, 'exercise');
    if (program !== undefined) await this.#open(program);
  }

  /** Runs a program, or debugs it: it then pauses at every yield. */
  async start(wanted: Wanted, how: 'run' | 'debug'): Promise<void> {
    const program = await this.#target(wanted);
    const path = program && (await this.#open(program));
    if (program === undefined || path === undefined) return;
    const name = `${program.chapter.chapter.title[program.language]} (${program.program}.ts)`;
    const configuration = { type: DEBUG_TYPE, request: 'launch', name, program: path };
    const options = { noDebug: how === 'run' };
    await vscode.debug.startDebugging(undefined, configuration, options);
  }

  async check(wanted: Wanted): Promise<void> {
    const program = await this.#target(wanted, 'exercise');
    if (program === undefined || this.#check?.state.kind === 'checking') return;
    if (!vscode.workspace.isTrusted) {
      const text = l10n.t('Nothing is run in a folder that is not trusted.');
      void vscode.window.showErrorMessage(text);
      return;
    }
    const path = await this.#open(program);
    if (path === undefined) return;
    const { chapter } = program;
    this.#setCheck(chapter, { kind: 'checking' });
    const state = await checkAnswer(chapter, path, this.#parts.runtimePath);
    this.#setCheck(chapter, state);
    if (state.kind === 'solved') await this.#solved(program);
  }

  /** Gives back the program as it was; asks before what the reader has changed is lost. */
  async reset(wanted: Wanted): Promise<void> {
    const program = await this.#target(wanted, 'exercise');
    const workbook = this.#workbook();
    if (program === undefined || workbook === undefined) return;
    if (workbook.isEdited(program)) {
      const title = program.chapter.chapter.title[program.language];
      const answer = await vscode.window.showWarningMessage(
        l10n.t('Reset {0} of "{1}"?', `${program.program}.ts`, title),
        { modal: true, detail: l10n.t('What you have changed in it will be lost.') },
        l10n.t('Reset'),
      );
      if (answer === undefined) return;
    }
    await showProgram(workbook.reset(program).path);
    // An editor with unsaved changes would keep them.
    await vscode.commands.executeCommand('workbench.action.files.revert');
    this.#setCheck(program.chapter, { kind: 'none' });
  }

  async showGuide(wanted: Wanted): Promise<void> {
    const program = await this.#target(wanted);
    if (program !== undefined) this.#show(program.chapter);
  }

  /** Opens the chapter so many after the one that is being read. */
  async move(offset: number): Promise<void> {
    const current = this.#current()?.chapter;
    const { library } = this.#parts;
    const next = current === undefined ? library.chapters[0] : library.neighbor(current, offset);
    if (next !== undefined) await this.open(next.id);
  }

  /** Lets the reader choose the language; the program that is open is then that language's. */
  async chooseLanguage(): Promise<void> {
    const names: Record<Language, string> = { en: 'English', 'zh-cn': '简体中文' };
    const items = LANGUAGES.map((language) => ({ label: names[language], language }));
    const placeHolder = l10n.t('The language of the tutorial');
    const chosen = await vscode.window.showQuickPick(items, { placeHolder });
    if (chosen !== undefined) await this.#speak(chosen.language);
  }

  async clearProgress(): Promise<void> {
    const answer = await vscode.window.showWarningMessage(
      l10n.t('Forget which chapters you have read and solved?'),
      { modal: true, detail: l10n.t('Your programs stay as they are.') },
      l10n.t('Forget'),
    );
    if (answer !== undefined) await this.#parts.progress.clear();
  }

  /** Does what was chosen in the guide. */
  async act(chapter: TutorialChapter, action: string): Promise<void> {
    const exercise: TutorialNode = { kind: 'program', chapter, program: 'exercise' };
    const [kind, rest = ''] = splitAt(action, ':');
    switch (kind) {
      case 'open':
        return this.open(chapter.id);
      case 'run':
      case 'debug':
        return this.start(chapter.id, kind);
      case 'exercise':
        return this.open(exercise);
      case 'debugExercise':
        return this.start(exercise, 'debug');
      case 'check':
        return this.check(exercise);
      case 'reset':
        return this.reset(exercise);
      case 'solution':
        return this.#showSolution(chapter);
      case 'chapter':
        return this.open(rest);
      case 'contents':
        await vscode.commands.executeCommand('greenlets.tutorial.focus');
        return;
      case 'language':
        return this.#speak(tutorialLanguage() === 'en' ? 'zh-cn' : 'en');
      case 'command':
        if (mayBeCalled(rest)) await vscode.commands.executeCommand(rest);
    }
  }

  async #speak(language: Language): Promise<void> {
    await setTutorialLanguage(language);
    const current = this.#current();
    if (current !== undefined) await this.#open({ ...current, language });
  }

  /** Opens a copy, saved. Returns its path; undefined where it could not be made, which the reader is told. */
  async #open(program: ProgramOf): Promise<string | undefined> {
    const copy = this.#copy(program);
    if (copy === undefined) return undefined;
    const { document } = await showProgram(copy.path);
    await document.save();
    this.#show(program.chapter);
    this.#parts.tree.reveal(program.chapter);
    void this.#parts.progress.reach(program.chapter.id, 'opened');
    if (copy.newVersion !== undefined) void offerComparison(copy.path, copy.newVersion);
    return copy.path;
  }

  #copy(program: ProgramOf): Copy | undefined {
    try {
      return this.#parts.workbook().fetch(program);
    } catch (error) {
      tellFailure(error);
      return undefined;
    }
  }

  #workbook(): Workbook | undefined {
    try {
      return this.#parts.workbook();
    } catch (error) {
      tellFailure(error);
      return undefined;
    }
  }

  #show(chapter: TutorialChapter): void {
    this.#guide.show(chapter);
    this.#tell();
  }

  /** What the guide shows is that of its chapter: a program of another one is not followed. */
  #tell(): void {
    const { chapter } = this.#guide;
    if (chapter === undefined) return;
    const following =
      this.#following?.program.chapter.id === chapter.id ? this.#following : undefined;
    const isExercise = following?.program.program === 'exercise';
    const { exercise, switches } = chapter.chapter;
    const check: CheckState = this.#check?.id === chapter.id ? this.#check.state : { kind: 'none' };
    this.#guide.tell(
      guideState(
        chapter.chapter,
        tutorialLanguage(),
        following,
        isExercise ? exercise.check.switches : switches,
        following === undefined || isExercise ? '' : pausedLine(following),
        check,
      ),
    );
  }

  #setCheck({ id }: TutorialChapter, state: CheckState): void {
    this.#check = { id, state };
    this.#tell();
  }

  async #solved({ chapter, language }: ProgramOf): Promise<void> {
    const { progress, library } = this.#parts;
    this.#mark('solved');
    await progress.reach(chapter.id, 'solved');
    const next = library.neighbor(chapter, 1);
    const title = chapter.chapter.title[language];
    const goOn = l10n.t('Next Chapter');
    const text = l10n.t('You have solved "{0}".', title);
    const offered = next === undefined ? [] : [goOn];
    void vscode.window.showInformationMessage(text, ...offered).then((answer) => {
      if (answer === goOn && next !== undefined) void this.open(next.id);
    });
  }

  async #showSolution(chapter: TutorialChapter): Promise<void> {
    const place = ['media', 'tutorial', chapter.id, tutorialLanguage(), 'solution.ts'];
    const solution = vscode.Uri.joinPath(this.#parts.extension, ...place);
    const mine = this.#copy({ chapter, program: 'exercise', language: tutorialLanguage() });
    if (mine === undefined) return;
    const title = l10n.t('Your exercise ↔ one solution');
    const uri = vscode.Uri.file(mine.path);
    await vscode.commands.executeCommand('vscode.diff', uri, solution, title, {
      viewColumn: vscode.ViewColumn.One,
    });
  }

  /** Ticks a step of the walkthrough off. */
  #mark(what: 'paused' | 'finished' | 'solved'): void {
    void vscode.commands.executeCommand('setContext', `greenlets.tutorial.${what}`, true);
  }

  /** What a command is about; where nothing says that, the reader is asked. */
  async #target(wanted: Wanted, program?: ProgramName): Promise<ProgramOf | undefined> {
    const language = tutorialLanguage();
    const { library } = this.#parts;
    if (typeof wanted === 'string') {
      const chapter = library.find(wanted);
      return chapter && { chapter, program: program ?? 'program', language };
    }
    if (wanted?.kind === 'chapter') {
      return { chapter: wanted.chapter, program: program ?? 'program', language };
    }
    if (wanted?.kind === 'program') return { ...wanted, program: wanted.program, language };
    const current = this.#current();
    if (current !== undefined) return { ...current, program: program ?? current.program };
    const items = library.chapters.map((chapter) => ({
      label: `${chapter.id.slice(0, 2)} ${chapter.chapter.title[language]}`,
      chapter,
    }));
    const chosen = await vscode.window.showQuickPick(items, { placeHolder: l10n.t('Chapter') });
    return chosen && { chapter: chosen.chapter, program: program ?? 'program', language };
  }

  /** The program that the reader looks at, else that of the guide. */
  #current(): ProgramOf | undefined {
    // While the guide has the focus, no text editor is the active one.
    const { activeTextEditor, visibleTextEditors } = vscode.window;
    for (const editor of [activeTextEditor, ...visibleTextEditors]) {
      const open = editor && this.#parts.library.programAt(editor.document.uri.fsPath);
      if (open !== undefined) return open;
    }
    const { chapter } = this.#guide;
    return chapter && { chapter, program: 'program', language: tutorialLanguage() };
  }
}

/** Opens a program where the guide is not. */
function showProgram(path: string): Thenable<vscode.TextEditor> {
  const options = { preview: false, viewColumn: vscode.ViewColumn.One };
  return vscode.window.showTextDocument(vscode.Uri.file(path), options);
}

/** Commands that a chapter's text may call: the editor's views and ours. */
function mayBeCalled(command: string): boolean {
  return /^(greenlets\.|workbench\.(view|panel|debug|action\.debug)\.)/.test(command);
}

/** The text of the line that the program is paused at. */
function pausedLine({ pause, path }: Following): string {
  const info = pause?.greenlets.find(({ id }) => id === pause.greenlet);
  if (info?.location == null || info.location.path !== path) return '';
  return readFileSync(path, 'utf8').split(/\r?\n/)[info.location.line - 1] ?? '';
}

async function offerComparison(mine: string, theirs: string): Promise<void> {
  const compare = l10n.t('Compare');
  const text = l10n.t(
    'You have changed this program, and the tutorial has a new version of it. It was put beside yours.',
  );
  if ((await vscode.window.showInformationMessage(text, compare)) !== compare) return;
  const [left, right] = [vscode.Uri.file(mine), vscode.Uri.file(theirs)];
  await vscode.commands.executeCommand('vscode.diff', left, right);
}

function tellFailure(error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  const text = l10n.t('The program cannot be copied: {0}', reason);
  void vscode.window.showErrorMessage(text);
}

function splitAt(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
