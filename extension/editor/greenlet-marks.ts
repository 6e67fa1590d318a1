/** Behind the lines of the source: the greenlets that stand there, and the yield that was just made. */

import * as vscode from 'vscode';
import type { GreenletInfo, History } from '../../runtime/src/protocol/snapshot.ts';
import {
  greenletLines,
  greenletsDetail,
  greenletsText,
  type LastYield,
  lastYield,
} from '../model/line-marks.ts';
import type { SessionFeed } from '../views/session-feed.ts';
import type { SessionFeeds } from '../views/session-feeds.ts';
import { realPathOf } from './programs.ts';
import { Drawn, nearLines, Redraw } from './redraw.ts';
import { SECTION, setting } from './settings.ts';

/** A text behind a line, and what its hover says. */
interface Note {
  text: string;
  detail: string[];
}

export class GreenletMarks implements vscode.Disposable {
  readonly #feeds: SessionFeeds;
  readonly #redraw: Redraw;
  readonly #greenlets = new Drawn(
    vscode.window.createTextEditorDecorationType({
      after: {
        color: new vscode.ThemeColor('editorCodeLens.foreground'),
        fontStyle: 'italic',
        margin: '0 0 0 2em',
      },
      overviewRulerColor: new vscode.ThemeColor('charts.yellow'),
      overviewRulerLane: vscode.OverviewRulerLane.Right,
      isWholeLine: true,
    }),
  );
  readonly #yield = new Drawn(
    vscode.window.createTextEditorDecorationType({
      after: {
        color: new vscode.ThemeColor('charts.blue'),
        fontWeight: 'bold',
        margin: '0 0 0 2em',
      },
      isWholeLine: true,
    }),
  );
  readonly #subscriptions: vscode.Disposable[];
  #made: LastYield | undefined;

  constructor(feeds: SessionFeeds) {
    this.#feeds = feeds;
    this.#redraw = new Redraw((editors) => this.#draw(editors));
    const look = async () => {
      this.#made = setting<boolean>('lastSwitch') ? await lastYieldOf(feeds.live) : undefined;
      this.#redraw.soon();
    };
    this.#subscriptions = [
      feeds.onDidChange(look),
      // What was not asked for while it was switched off.
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(SECTION)) void look();
      }),
    ];
  }

  dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
    this.#redraw.dispose();
    this.#greenlets.dispose();
    this.#yield.dispose();
  }

  #draw(editors: vscode.TextEditor[]): void {
    const feed = this.#feeds.live;
    const showsLines = feed !== undefined && setting<boolean>('greenletLines');
    const paths = showsLines ? editors.map(({ document }) => realPathOf(document)) : [];
    const files = feed && greenletLines(feed.greenlets, paths);
    const made = setting<boolean>('lastSwitch') ? this.#made : undefined;
    for (const editor of editors) {
      const path = realPathOf(editor.document);
      const notes = new Map<number, Note>();
      for (const [line, greenlets] of files?.get(path) ?? []) notes.set(line, noteOf(greenlets));
      show(this.#greenlets, editor, notes);
      const isHere = made?.path === path;
      show(this.#yield, editor, isHere ? new Map([[made.line, yieldNote(made)]]) : new Map());
    }
  }
}

async function lastYieldOf(feed: SessionFeed | undefined): Promise<LastYield | undefined> {
  if (feed === undefined) return undefined;
  const { session, greenlets } = feed;
  try {
    const newest: History = await session.customRequest('greenlet/history', { limit: 2 });
    return lastYield(newest.switches, (id) => greenlets.label(id));
  } catch {
    // Nothing runs yet, or nothing runs any more.
    return undefined;
  }
}

function noteOf(greenlets: readonly GreenletInfo[]): Note {
  return { text: `◂ ${greenletsText(greenlets)}`, detail: greenletsDetail(greenlets) };
}

function yieldNote({ text, detail }: LastYield): Note {
  return { text, detail: [detail] };
}

/** Shows notes behind their one-based lines, as far as they are near what is seen. */
function show(drawn: Drawn, editor: vscode.TextEditor, notes: ReadonlyMap<number, Note>): void {
  const { first, last } = nearLines(editor);
  const near = [...notes].filter(([line]) => line > first && line <= last + 1);
  const key = near.map(([line, { text, detail }]) => `${line} ${text} ${detail}`).join('\n');
  drawn.show(editor, key, () =>
    near.map(([line, { text, detail }]) => ({
      range: editor.document.lineAt(Math.min(line, editor.document.lineCount) - 1).range,
      hoverMessage: new vscode.MarkdownString().appendText(detail.join('\n')),
      renderOptions: { after: { contentText: text } },
    })),
  );
}
