/** The lists that open in the command palette's place, in the words of their user. */

import type { Page } from 'playwright-core';

/** Picks a row of the list that is open. */
export async function pickRow(page: Page, text: string): Promise<void> {
  await page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first().click();
}

/** The rows of the list that is open, once one of them has a text. */
export async function rowsWith(page: Page, text: string): Promise<string[]> {
  const rows = page.locator('.quick-input-list .monaco-list-row');
  await rows.filter({ hasText: text }).first().waitFor();
  return (await rows.allInnerTexts()).map((each) => each.replace(/\s+/g, ' ').trim());
}
