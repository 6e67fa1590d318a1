/** A VS Code window in Chromium, in the words of its user: open a file, press F5, read a view. */

import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';

/** Where every screenshot goes; git-ignored. */
export const SCREENSHOTS: string = fileURLToPath(new URL('screenshots', import.meta.url));

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Chromium in a container, and quiet. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** How long anything may take before it counts as missing, in milliseconds. */
const PATIENCE = 30_000;

/** Starts Chromium; rejects with what to do when there is none. */
export async function launchBrowser(): Promise<Browser> {
  if (!existsSync(CHROMIUM)) {
    throw new Error(
      `The UI tests need Chromium, and there is none at ${CHROMIUM}. Install it (Debian: apt-get install chromium) or ` +
        'name another one in the environment variable CHROMIUM.',
    );
  }
  return chromium.launch({ executablePath: CHROMIUM, headless: true, args: ARGUMENTS });
}

export class WorkbenchPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    page.setDefaultTimeout(PATIENCE);
  }

  /** Opens a window on a folder and waits until its files are listed. */
  static async open(browser: Browser, url: string): Promise<WorkbenchPage> {
    // A new context has no state of an earlier window.
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    const workbench = new WorkbenchPage(page);
    await page.goto(url, { waitUntil: 'domcontentloaded' });
    await page.locator('.monaco-workbench').waitFor();
    await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
    return workbench;
  }

  /** Opens a file of the folder, and waits until its language is known, so that F5 knows what to do with it. */
  async openFile(name: string): Promise<void> {
    const row = this.page.locator('.explorer-folders-view .monaco-list-row', { hasText: name });
    await row.dblclick();
    await this.page.locator('.tab.active', { hasText: name }).waitFor();
    const language = this.page.locator('.statusbar-item[id="status.editor.mode"]');
    await language.filter({ hasText: 'TypeScript' }).waitFor();
  }

  /** Before the debuggers are known, F5 opens the side bar instead of starting. */
  async untilDebuggersAreKnown(): Promise<void> {
    await this.page.keyboard.press('Control+Shift+D');
    const button = this.page.locator('.welcome-view-content .monaco-button:not(.disabled)');
    await button.filter({ hasText: 'Run and Debug' }).waitFor();
  }

  async focusEditor(): Promise<void> {
    await this.page.locator('.monaco-editor .view-line').first().click();
  }

  async press(key: string): Promise<void> {
    await this.page.keyboard.press(key);
  }

  /** A view of the side bar; waits until it is open. */
  async pane(name: string): Promise<Locator> {
    const header = `.pane-header[aria-label^="${name}"][aria-expanded="true"]`;
    const pane = this.page.locator(`.pane:has(> ${header})`);
    await pane.waitFor();
    return pane;
  }

  /** Waits until the rows of a view are as wanted; rejects with the rows that it had instead. */
  async untilRows(pane: Locator, want: (rows: string[]) => boolean): Promise<string[]> {
    return this.untilTexts(pane.locator('.monaco-list-row'), want);
  }

  async untilTexts(locator: Locator, want: (texts: string[]) => boolean): Promise<string[]> {
    const deadline = Date.now() + PATIENCE;
    for (;;) {
      const texts = (await locator.allInnerTexts()).map(oneLine);
      if (want(texts)) return texts;
      if (Date.now() > deadline)
        throw new Error(`not as wanted: ${JSON.stringify(texts, null, 2)}`);
      await this.page.waitForTimeout(50);
    }
  }

  /** The number of the line that the editor shows as the one where the program is paused. */
  async pausedLine(): Promise<number> {
    const mark = this.page.locator('.debug-top-stack-frame-line').first();
    await mark.waitFor({ state: 'attached' });
    const marked = await mark.boundingBox();
    for (const number of await this.page.locator('.margin .line-numbers').all()) {
      const box = await number.boundingBox();
      if (box?.y === marked?.y) return Number(await number.innerText());
    }
    return 0;
  }

  /** What the debug console shows, a row each. */
  consoleRows(): Locator {
    return this.page.locator('.repl .monaco-list-row');
  }

  async command(title: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget .quick-input-box input');
    const row = this.page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first();
    for (let attempt = 1; ; attempt++) {
      try {
        await this.page.keyboard.press('F1');
        await input.waitFor({ timeout: 3000 });
        await input.fill(`>${title}`, { timeout: 3000 });
        return await row.click({ timeout: 3000 });
      } catch (error) {
        // A stop event that arrives meanwhile takes the focus and closes the palette.
        if (attempt === 5) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
  }

  async screenshot(name: string): Promise<string> {
    mkdirSync(SCREENSHOTS, { recursive: true });
    const path = join(SCREENSHOTS, `${name}.png`);
    await this.page.screenshot({ path });
    return path;
  }
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
