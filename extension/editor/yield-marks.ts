/** Marks in the gutter: at every call that may switch; its hover says why, and how often it did. */

import { join } from 'node:path';
import * as vscode from 'vscode';
import type { SwitchPoint } from '../../runtime/src/protocol/switch-points.ts';
import { lineOfPackageUse } from '../model/package-use.ts';
import { type LineMark, lineMarks, type MarkKind, yieldText } from '../model/yield-texts.ts';
import type { Outlines } from './outlines.ts';
import { isSource, SELECTOR } from './programs.ts';
import { Drawn, nearLines, Redraw } from './redraw.ts';
import type { RunCounts } from './run-counts.ts';
import { setting, type YieldMarks as WantedMarks } from './settings.ts';

const KINDS: readonly MarkKind[] = ['switched', 'yields', 'unknown'];

export class YieldMarks implements vscode.Disposable, vscode.HoverProvider {
  readonly #outlines: Outlines;
  readonly #counts: RunCounts;
  readonly #redraw: Redraw;
  readonly #hovers: vscode.Disposable;
  readonly #drawn: Readonly<Record<MarkKind, Drawn>>;
  /** Whether a version of a document uses the package. */
  readonly #uses = new WeakMap<vscode.TextDocument, { version: number; uses: boolean }>();

  /** @param icons the folder of the extension's icons. */
  constructor(outlines: Outlines, counts: RunCounts, icons: string) {
    this.#outlines = outlines;
    this.#counts = counts;
    const drawn = (kind: MarkKind) =>
      new Drawn(
        vscode.window.createTextEditorDecorationType({
          gutterIconPath: join(icons, `mark-${kind}.svg`),
          gutterIconSize: 'contain',
        }),
      );
    this.#drawn = {
      switched: drawn('switched'),
      yields: drawn('yields'),
      unknown: drawn('unknown'),
    };
    this.#hovers = vscode.languages.registerHoverProvider(SELECTOR, this);
    this.#redraw = new Redraw(
      (editors) => {
        for (const each of editors) this.#draw(each);
      },
      outlines.onDidChange,
      counts.onDidChange,
    );
  }

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    if (!this.#isMarked(document)) return undefined;
    const known = this.#outlines.latest(document);
    if (known?.version !== document.version) return undefined;
    const points = known.outline?.points.filter(({ line }) => line === position.line + 1) ?? [];
    for (const point of points) {
      const range = rangeOf(point);
      if (!range.contains(position) || (point.why === 'unknown' && !marksUnknown())) continue;
      const lines = yieldText(point, this.#counts.of(document));
      const text = new vscode.MarkdownString(`$(arrow-swap) `, true);
      return new vscode.Hover(text.appendText(lines.join('\n')), range);
    }
    return undefined;
  }

  dispose(): void {
    this.#redraw.dispose();
    this.#hovers.dispose();
    for (const kind of KINDS) this.#drawn[kind].dispose();
  }

  #draw(editor: vscode.TextEditor): void {
    const { document } = editor;
    if (!this.#isMarked(document)) {
      for (const kind of KINDS) this.#drawn[kind].show(editor, '', () => []);
      return;
    }
    const known = this.#outlines.latest(document);
    // The editor itself moves the marks with the text until there are new ones; those of a text that does not parse stay.
    if (known?.version !== document.version || known.outline === undefined) return;
    const { first, last } = nearLines(editor);
    const counts = this.#counts.of(document);
    const near = known.outline.points.filter(({ line }) => line > first && line <= last + 1);
    const marks = lineMarks(near, counts, marksUnknown());
    for (const kind of KINDS) {
      const lines = marks.filter((each) => each.kind === kind).map(({ line }: LineMark) => line);
      this.#drawn[kind].show(editor, lines.join(), () =>
        lines.map((line) => ({ range: new vscode.Range(line, 0, line, 0) })),
      );
    }
  }

  #isMarked(document: vscode.TextDocument): boolean {
    if (!isSource(document) || setting<WantedMarks>('yieldMarks') === 'off') return false;
    return this.#counts.of(document) !== undefined || this.#usesPackage(document);
  }

  #usesPackage(document: vscode.TextDocument): boolean {
    const { version } = document;
    const known = this.#uses.get(document);
    if (known?.version === version) return known.uses;
    const uses = lineOfPackageUse(document.getText()) !== undefined;
    this.#uses.set(document, { version, uses });
    return uses;
  }
}

function marksUnknown(): boolean {
  return setting<WantedMarks>('yieldMarks') === 'all';
}

/** The call's name: of `jobs.get` the site stands at `get`. */
function rangeOf({ line, column, callee, why }: SwitchPoint): vscode.Range {
  const name = why === 'await' ? 'await' : (/[^.]*$/.exec(callee)?.[0] ?? callee);
  return new vscode.Range(line - 1, column - 1, line - 1, column - 1 + Math.max(1, name.length));
}
