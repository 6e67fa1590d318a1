/** What the editor of a window shows around the source: marks in the gutter, texts behind lines, hovers, squiggles, lenses. */

import type { Page } from 'playwright-core';
import { until } from './until.ts';

/** Something that stands at a line of the editor; lines are one-based. */
interface Placed {
  line: number;
  text: string;
}

export class SourceView {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** The icons in the gutter, as `LINE NAME` of the icon's file without `mark-`, top down. */
  async gutter(): Promise<string[]> {
    const icons = await this.#page
      .locator('.editor-instance .glyph-margin-widgets .cgmr')
      .evaluateAll((elements: PageElement[]) =>
        elements.map((each) => ({
          top: each.getBoundingClientRect().top,
          text: getComputedStyle(each, null).backgroundImage,
        })),
      );
    const named = icons.flatMap(({ top, text }) => {
      const name = /mark-(\w+)\.svg/.exec(text)?.[1];
      return name === undefined ? [] : [{ top, text: name }];
    });
    return (await this.#placed(named)).map(({ line, text }) => `${line} ${text}`);
  }

  /** The texts that decorations put behind lines, as `LINE TEXT`, top down. */
  async notes(): Promise<string[]> {
    const spans = await this.#page
      .locator('.editor-instance .view-line span')
      .evaluateAll((elements: PageElement[]) =>
        elements.map((each) => ({
          top: each.getBoundingClientRect().top,
          text: getComputedStyle(each, '::after').content,
        })),
      );
    const texts = spans.flatMap(({ top, text }) =>
      text.startsWith('"') ? [{ top, text: text.slice(1, -1).replace(/\\(.)/g, '$1') }] : [],
    );
    return (await this.#placed(texts)).map(({ line, text }) => `${line} ${text}`);
  }

  /** The one-based lines with an error's squiggle. */
  async errors(): Promise<number[]> {
    const squiggles = await this.#page
      .locator('.editor-instance .squiggly-error')
      .evaluateAll((elements: PageElement[]) =>
        elements.map((each) => ({ top: each.getBoundingClientRect().top, text: '' })),
      );
    return (await this.#placed(squiggles)).map(({ line }) => line);
  }

  /**
   * Moves the pointer to a word of the source until the hover there says what is wanted. While a program is paused the editor shows
   * the word's value instead, unless Alt is held.
   */
  async untilHover(line: number, word: string, wanted: RegExp): Promise<void> {
    let said = '';
    const isPaused = await this.#page.locator('.debug-toolbar .codicon-debug-continue').isVisible();
    const look = async () => {
      const place = await this.#placeOf(line, word);
      if (place === undefined) return false;
      const { x, y } = place;
      // The hover of another word may stand over this one, for a while.
      await this.#page.mouse.move(x + 300, y + 200);
      await this.#page.waitForTimeout(500);
      await this.#page.mouse.move(x, y, { steps: 3 });
      if (isPaused) {
        await this.#page.locator('.debug-hover-widget').waitFor();
        await this.#page.keyboard.down('Alt');
      }
      const hovers = this.#page.locator('.monaco-hover:not(.hidden) .hover-row');
      await this.#page.waitForTimeout(700);
      said = (await hovers.allInnerTexts()).join('\n').replaceAll('\u00a0', ' ');
      if (isPaused) await this.#page.keyboard.up('Alt');
      return wanted.test(said);
    };
    await until(look, true, () => `The hover over ${word} says: ${said}`);
  }

  /** Undefined while the line is not shown, or has no such word. */
  async #placeOf(line: number, word: string): Promise<{ x: number; y: number } | undefined> {
    const row = await this.#row(line);
    const box = await row?.boundingBox();
    const text = ((await row?.innerText()) ?? '').replaceAll('\u00a0', ' ');
    const at = text.indexOf(word);
    if (!box || at < 0) return undefined;
    return { x: box.x + (at + 1) * (await this.#charWidth()), y: box.y + box.height / 2 };
  }

  async #charWidth(): Promise<number> {
    const rows = this.#page.locator('.editor-instance .view-line > span');
    for (const row of await rows.all()) {
      const text = await row.innerText();
      const box = await row.boundingBox();
      if (text.length > 10 && box !== null) return box.width / text.length;
    }
    throw new Error('The editor shows no line of text.');
  }

  async #row(line: number) {
    const tops = await this.#lineTops();
    const top = [...tops].find(([, number]) => number === line)?.[0];
    for (const row of await this.#page.locator('.editor-instance .view-line').all()) {
      const box = await row.boundingBox();
      if (box !== null && top !== undefined && Math.abs(box.y - top) < 2) return row;
    }
    return undefined;
  }

  async #placed(items: { top: number; text: string }[]): Promise<Placed[]> {
    const tops = await this.#lineTops();
    const placed = items.flatMap(({ top, text }) => {
      const line = [...tops].find(([each]) => Math.abs(each - top) < 8)?.[1];
      return line === undefined ? [] : [{ line, text }];
    });
    return placed.sort((a, b) => a.line - b.line);
  }

  /** The numbers of the lines that are shown, by where they are. */
  async #lineTops(): Promise<Map<number, number>> {
    const numbers = await this.#page
      .locator('.editor-instance .margin .line-numbers')
      .evaluateAll((elements: PageElement[]) =>
        elements.map((each) => [each.getBoundingClientRect().top, Number(each.textContent)]),
      );
    return new Map(numbers as [number, number][]);
  }
}

/** As much of the page's DOM as is used here. The types of browsers are not for the rest of the program. */
interface PageElement {
  textContent: string | null;
  getBoundingClientRect(): { top: number };
}
declare function getComputedStyle(
  element: PageElement,
  pseudo: string | null,
): { content: string; backgroundImage: string };
