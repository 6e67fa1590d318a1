/** The command palette and the lists that open in its place, in the words of their user. */

import type { Page } from 'playwright-core';
import { until } from './until.ts';

/** Runs a command by its title, with its category: `Greenlets: Show Log`. */
export async function runCommand(page: Page, title: string): Promise<void> {
  const input = page.locator('.quick-input-widget:not([style*="display: none"]) input').first();
  // An event of the debugger can close a palette that has just opened.
  await until(async () => {
    await page.keyboard.press('F1');
    return input.isVisible();
  }, true);
  await input.fill(`>${title}`);
  await pickRow(page, title);
}

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
