/** What the rows of a view say. */

import type { Locator } from 'playwright-core';

/** The texts of a list's rows from top to bottom; the page has them in any order. */
export async function rowTexts(pane: Locator): Promise<string[]> {
  // tsx gives functions with names a helper that the page does not have: only nameless ones in here.
  const rows = await pane.locator('.monaco-list-row').evaluateAll((elements: PageElement[]) =>
    elements.map((row) => ({
      top: row.getBoundingClientRect().top,
      whole: row.textContent,
      parts: [...row.querySelectorAll('.label-name, .label-description')].map(
        (part) => part.textContent,
      ),
    })),
  );
  const ordered = rows.sort((a, b) => a.top - b.top);
  const texts = ordered.map(({ whole, parts }) => (parts.length > 0 ? parts.join(' ') : whole));
  return texts.map((text) => (text ?? '').replace(/\s+/g, ' ').trim());
}

/** As much of the page's DOM as is used here. The types of browsers are not for the rest of the program. */
export interface PageElement {
  textContent: string | null;
  getBoundingClientRect(): { top: number };
  querySelectorAll(selector: string): Iterable<PageElement>;
}
