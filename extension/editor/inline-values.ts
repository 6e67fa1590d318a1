/**
 * Behind the lines of the function that the selected greenlet is in: the values of the variables that they mention. The editor itself
 * has such values for the frame that its Call Stack shows; these follow the selection, also to greenlets that are parked.
 */

import type { DebugProtocol } from '@vscode/debugprotocol';
import * as vscode from 'vscode';
import { valueTexts } from '../model/mentions.ts';
import type { Selected, Selection } from '../views/selection.ts';
import type { SessionFeeds } from '../views/session-feeds.ts';
import type { Outlines } from './outlines.ts';
import { realPathOf } from './programs.ts';
import { Drawn, nearLines, Redraw } from './redraw.ts';
import { setting } from './settings.ts';

/** Where the selected greenlet is, and its variables there. */
interface Frame {
  path: string;
  /** One-based. */
  line: number;
  values: ReadonlyMap<string, string>;
}

/** The scope of a function's own variables. */
const LOCAL = 'Local';

export class InlineValues implements vscode.Disposable {
  readonly #outlines: Outlines;
  readonly #feeds: SessionFeeds;
  readonly #selection: Selection;
  readonly #redraw: Redraw;
  readonly #subscriptions: vscode.Disposable[];
  readonly #drawn = new Drawn(
    vscode.window.createTextEditorDecorationType({
      after: {
        color: new vscode.ThemeColor('editor.inlineValuesForeground'),
        backgroundColor: new vscode.ThemeColor('editor.inlineValuesBackground'),
        margin: '0 0 0 1em',
      },
    }),
  );
  #frame: Frame | undefined;
  /** Counts the changes, so that a late answer is noticed. */
  #turn = 0;

  constructor(outlines: Outlines, feeds: SessionFeeds, selection: Selection) {
    this.#outlines = outlines;
    this.#feeds = feeds;
    this.#selection = selection;
    const look = () => void this.#look();
    this.#subscriptions = [feeds.onDidChange(look), selection.onDidChange(look)];
    this.#redraw = new Redraw((editors) => this.#draw(editors), outlines.onDidChange);
  }

  dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
    this.#redraw.dispose();
    this.#drawn.dispose();
  }

  async #look(): Promise<void> {
    const turn = ++this.#turn;
    const selected = this.#selection.current;
    const feed = this.#feeds.live;
    const isPaused = feed?.pausedIn !== undefined && feed.session === selected?.session;
    const frame =
      isPaused && setting<boolean>('inlineValues') ? await frameOf(selected) : undefined;
    if (turn !== this.#turn) return;
    this.#frame = frame;
    this.#redraw.soon();
  }

  #draw(editors: vscode.TextEditor[]): void {
    for (const editor of editors) this.#drawIn(editor, setting<boolean>('inlineValues'));
  }

  #drawIn(editor: vscode.TextEditor, isWanted: boolean): void {
    const { document } = editor;
    const frame = this.#frame;
    if (!isWanted || frame === undefined || frame.path !== realPathOf(document)) {
      this.#drawn.show(editor, '', () => []);
      return;
    }
    const from = Math.max(this.#firstLine(document, frame.line) - 1, nearLines(editor).first);
    const lines: string[] = [];
    for (let line = from; line < Math.min(frame.line, document.lineCount); line++) {
      lines.push(document.lineAt(line).text);
    }
    const texts = valueTexts(lines, frame.values);
    this.#drawn.show(
      editor,
      texts.some((each) => each !== '') ? `${from} ${texts.join('\n')}` : '',
      () =>
        texts.flatMap((contentText, index) =>
          contentText === ''
            ? []
            : [
                {
                  range: document.lineAt(from + index).range,
                  renderOptions: { after: { contentText } },
                },
              ],
        ),
    );
  }

  /** The one-based first line of the innermost function around a line. */
  #firstLine(document: vscode.TextDocument, line: number): number {
    const functions = this.#outlines.latest(document)?.outline?.functions ?? [];
    const around = functions.filter((each) => each.line <= line && line <= each.endLine);
    return around.at(-1)?.line ?? 1;
  }
}

/** The innermost frame of a greenlet that is paused or parked; undefined where it has none, or runs again already. */
async function frameOf({ session, greenlet }: Selected): Promise<Frame | undefined> {
  try {
    const stack: DebugProtocol.StackTraceResponse['body'] = await session.customRequest(
      'stackTrace',
      { threadId: greenlet, levels: 1 },
    );
    const top = stack.stackFrames[0];
    const path = pathOf(top?.source?.path);
    if (top === undefined || path === undefined || top.presentationHint === 'label')
      return undefined;
    return { path, line: top.line, values: await valuesOf(session, top.id) };
  } catch {
    return undefined;
  }
}

/** In a remote window the editor turns the paths of its own requests' answers into URIs. */
function pathOf(path: string | undefined): string | undefined {
  return path !== undefined && /^[\w-]{2,}:\/\//.test(path) ? vscode.Uri.parse(path).fsPath : path;
}

/** Functions and classes are left out: where they are mentioned, everybody sees what they are. */
async function valuesOf(
  session: vscode.DebugSession,
  frameId: number,
): Promise<Map<string, string>> {
  const { scopes }: DebugProtocol.ScopesResponse['body'] = await session.customRequest('scopes', {
    frameId,
  });
  const local = scopes.find(({ name }) => name === LOCAL);
  if (local === undefined) return new Map();
  const { variables }: DebugProtocol.VariablesResponse['body'] = await session.customRequest(
    'variables',
    { variablesReference: local.variablesReference },
  );
  const data = variables.filter(({ value }) => !/^(?:ƒ|class\b|function\b)/.test(value));
  return new Map(data.map(({ name, value }) => [name, value]));
}
