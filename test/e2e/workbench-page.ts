/** A VS Code window in Chromium, in the words of its user: open a file, press F5, read a view. */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { SCREENSHOTS } from './browser.mjs';
import { type PageElement, rowTexts } from './row-texts.ts';

/** How long anything may take before it counts as missing, in milliseconds. */
const PATIENCE = 30_000;

export class WorkbenchPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    page.setDefaultTimeout(PATIENCE);
  }

  /**
   * Opens a window on a folder and waits until its files are listed.
   *
   * @param language what `vscode.env.language` is; the editor's own texts stay English, since there is no language pack.
   */
  static async open(browser: Browser, url: string, language = 'en'): Promise<WorkbenchPage> {
    // A new page has a context of its own: no state of an earlier window.
    const page = await browser.newPage({ viewport: { width: 1680, height: 945 } });
    const workbench = new WorkbenchPage(page);
    // What a language pack's messages would set.
    if (language !== 'en') {
      await page.addInitScript(`globalThis._VSCODE_NLS_LANGUAGE = ${JSON.stringify(language)};`);
    }
    await page.goto(url, { waitUntil: 'domcontentloaded' });
    await page.locator('.monaco-workbench').waitFor();
    await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
    return workbench;
  }

  /** Opens a TypeScript file of the folder, and waits until the editor knows that it is one. */
  async openFile(name: string): Promise<void> {
    const row = this.page.locator('.explorer-folders-view .monaco-list-row', { hasText: name });
    await row.dblclick();
    await this.page.locator('.tab.active', { hasText: name }).waitFor();
    const language = this.page.locator('.statusbar-item[id="status.editor.mode"]');
    await language.filter({ hasText: 'TypeScript' }).waitFor();
  }

  /**
   * Opens a file and starts it under the debugger, by F5.
   *
   * @param width so many pixels are given to the side bar, whose rows are long.
   */
  async debug(name: string, width = 250): Promise<void> {
    await this.openFile(name);
    await this.untilDebuggersAreKnown();
    await this.widenSideBar(width);
    await this.focusEditor();
    await this.press('F5');
  }

  /** Before the debuggers are known, F5 opens the side bar instead of starting. */
  async untilDebuggersAreKnown(): Promise<void> {
    await this.press('Control+Shift+D');
    const button = this.page.locator('.welcome-view-content .monaco-button:not(.disabled)');
    await button.filter({ hasText: 'Run and Debug' }).waitFor();
  }

  /** The same, in a folder with a launch.json. */
  async untilConfigurationIsShown(name: string): Promise<void> {
    await this.press('Control+Shift+D');
    const choice = this.page.locator('.start-debug-action-item');
    await choice.filter({ hasText: name }).waitFor();
  }

  async focusEditor(): Promise<void> {
    await this.page.locator('.monaco-editor .view-line').first().click();
  }

  async press(key: string): Promise<void> {
    await this.page.keyboard.press(key);
  }

  /** Drags the side bar's edge to the right, by so many pixels. */
  async widenSideBar(pixels: number): Promise<void> {
    const box = await this.page.locator('.part.sidebar').boundingBox();
    if (box === null) throw new Error('There is no side bar.');
    const [x, y] = [box.x + box.width, box.y + box.height / 2];
    await this.page.mouse.move(x, y);
    await this.page.mouse.down();
    await this.page.mouse.move(x + pixels, y, { steps: 5 });
    await this.page.mouse.up();
  }

  /** Runs a command of the palette, by its title. */
  async command(title: string): Promise<void> {
    const box = this.page.locator('.quick-input-widget .quick-input-box input');
    await this.#until(
      async () => {
        // A stop of the debugger may close a palette that is open.
        if (!(await box.isVisible())) await this.press('F1');
        await box.fill(`>${title}`, { timeout: 2000 }).catch(() => {});
        const row = this.page.locator('.quick-input-list .monaco-list-row.focused');
        const text = await row.getAttribute('aria-label', { timeout: 2000 }).catch(() => null);
        return text ?? '';
      },
      (text) => text.includes(title),
    );
    await this.press('Enter');
    // The palette is gone, or the command asks something in its place.
    await this.#until(
      async () =>
        (await box.isVisible()) && (await box.inputValue({ timeout: 2000 }).catch(() => '>')),
      (value) => value === false || !value.startsWith('>'),
    );
  }

  /** Answers a question of the quick input: types, then Enter. */
  async answer(text: string): Promise<void> {
    const box = this.page.locator('.quick-input-widget .quick-input-box input');
    await box.waitFor();
    await box.fill(text);
    await this.press('Enter');
    await box.waitFor({ state: 'hidden' });
  }

  /** The rows of a view with this label; what stands dimmed behind it does not count. */
  rows(pane: Locator, label: string | RegExp): Locator {
    const name = this.page.locator('.label-name', { hasText: label });
    return pane.locator('.monaco-list-row').filter({ has: name });
  }

  /** Scrolls a view down until a row is there. */
  async scrollTo(pane: Locator, row: Locator): Promise<void> {
    await this.#until(
      async () => {
        await pane.hover();
        await this.page.mouse.wheel(0, 400);
        return row.isVisible();
      },
      (isVisible) => isVisible,
    );
  }

  /** Chooses from a menu of a row. */
  async onRow(pane: Locator, label: string | RegExp, action: string): Promise<void> {
    await this.#untilQuiet(pane);
    await this.choose(this.rows(pane, label).first(), action);
  }

  /** Chooses from the menu of whatever is shown. */
  async choose(row: Locator, action: string): Promise<void> {
    const item = this.page.locator('.monaco-menu .action-item', { hasText: action }).first();
    // A list that is being drawn anew opens no menu.
    await this.#until(
      async () => {
        await row.click({ button: 'right' });
        const opened = item.waitFor({ timeout: 3000 });
        return opened.then(
          () => true,
          () => false,
        );
      },
      (isOpen) => isOpen,
    );
    // A menu that has just opened takes no click.
    await this.#until(
      async () => {
        await this.page.waitForTimeout(300);
        if (await item.isVisible()) await item.click({ timeout: 2000 }).catch(() => {});
        return item.isVisible();
      },
      (isOpen) => !isOpen,
    );
  }

  /** Clicks one of the icons that a row shows under the pointer. */
  async onRowIcon(pane: Locator, label: string | RegExp, action: string): Promise<void> {
    await this.#untilQuiet(pane);
    const row = this.rows(pane, label).first();
    await row.hover();
    await row.locator(`.actions .action-label[aria-label^="${action}"]`).click();
  }

  /** A view of the panel, opened by its command. */
  async panelView(name: string): Promise<Locator> {
    await this.command(`Focus on ${name} View`);
    const pane = this.page.locator(`.part.panel .pane:has(> .pane-header[aria-label^="${name}"])`);
    await pane.waitFor();
    return pane;
  }

  /** Shows one of the panel's tabs, such as the debug console. */
  async panelTab(name: string): Promise<void> {
    await this.page.locator('.part.panel .composite-bar .action-item', { hasText: name }).click();
  }

  /** A view of the side bar; waits until it is open. */
  async pane(name: string): Promise<Locator> {
    const header = `.pane-header[aria-label^="${name}"][aria-expanded="true"]`;
    const pane = this.page.locator(`.pane:has(> ${header})`);
    await pane.waitFor();
    return pane;
  }

  /** Waits until the rows of a view, top down, are as wanted; rejects with the rows that it had instead. */
  async untilRows(pane: Locator, want: (rows: string[]) => boolean): Promise<string[]> {
    return this.#until(() => rowTexts(pane), want);
  }

  /** Waits until a view says something outside of its rows. */
  async untilText(pane: Locator, text: string): Promise<void> {
    await pane.locator('.message', { hasText: text }).waitFor();
  }

  /** Waits until the status bar says something. */
  async untilStatus(text: string): Promise<void> {
    await this.page.locator('.statusbar-item', { hasText: text }).first().waitFor();
  }

  /** Waits until so many rows of a view are marked. */
  async untilMarked(pane: Locator, count: number): Promise<void> {
    await this.#until(
      () => pane.locator('.monaco-list-row:has(.highlight)').count(),
      (found) => found === count,
    );
  }

  /** Waits until the clipboard has a text like this. */
  async untilClipboard(text: RegExp): Promise<void> {
    await this.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await this.#until(
      () => this.page.evaluate('navigator.clipboard.readText()') as Promise<string>,
      (found) => text.test(found),
    );
  }

  /** Folds a view up. */
  async fold(name: string): Promise<void> {
    const pane = await this.pane(name);
    await pane.locator('.pane-header').click();
  }

  /**
   * Continues to the next stop: the history has a new row, and the greenlet that it leads to is the one that runs. The editor
   * ignores the key while it has not come to the last stop itself, so it is pressed until something happens.
   */
  async continueToNextStop(): Promise<void> {
    const greenlets = await this.pane('Greenlets');
    // The history opens with its first row.
    const history = this.page.locator('.pane:has(> .pane-header[aria-label^="Switch History"])');
    const newest = async () => (await rowTexts(history))[0];
    const before = await newest();
    const deadline = Date.now() + PATIENCE;
    while ((await newest()) === before && Date.now() < deadline) {
      await this.press('F5');
      for (let turn = 0; turn < 20 && (await newest()) === before; turn++) {
        await this.page.waitForTimeout(50);
      }
    }
    await this.#until(
      async () => ({ last: (await newest()) ?? '', rows: await rowTexts(greenlets) }),
      ({ last, rows }) => {
        const [, next] = / → (\S+ #\d+) /.exec(last) ?? [];
        return next !== undefined && rows.some((row) => row.startsWith(`${next} running`));
      },
    );
  }

  /** Waits until the program is paused, as the tool bar knows it. */
  async untilPaused(): Promise<void> {
    await this.page.locator('.debug-toolbar .codicon-debug-continue').waitFor();
  }

  /** Waits until the editor marks a line as one where the program is paused, and has put the cursor there. */
  async untilPausedAt(line: number): Promise<void> {
    await this.#until(
      () => this.#markedLines(),
      (lines) => lines.includes(line),
    );
    await this.untilCursorAt(line);
  }

  /** @param act is done before each look; a list that is just being drawn anew misses a click. */
  async untilCursorAt(line: number, act?: () => Promise<void>): Promise<void> {
    const status = this.page.locator('.statusbar-item[id="status.editor.selection"]');
    const isThere = (texts: string[]) => texts[0]?.startsWith(`Ln ${line},`) ?? false;
    const look = async () => {
      await act?.();
      return status.allInnerTexts();
    };
    await this.#until(look, isThere);
  }

  /** What the debug console shows, line by line. */
  async consoleText(): Promise<string[]> {
    const rows = await this.page.locator('.repl .monaco-list-row').all();
    const placed = await Promise.all(
      rows.map(async (row) => ({
        y: (await row.boundingBox())?.y ?? 0,
        text: (await row.innerText()).trim(),
      })),
    );
    const ordered = placed.sort((a, b) => a.y - b.y);
    return ordered.flatMap(({ text }) => text.split('\n')).filter((text) => text !== '');
  }

  async untilConsole(lines: string[]): Promise<void> {
    const want = JSON.stringify(lines);
    await this.#until(
      () => this.consoleText(),
      (texts) => JSON.stringify(texts) === want,
    );
  }

  async untilSessionEnds(): Promise<void> {
    await this.page.locator('.debug-toolbar').waitFor({ state: 'hidden' });
  }

  /** The texts of the notifications that are shown. */
  async notifications(): Promise<string[]> {
    return this.page.locator('.notification-toast').allInnerTexts();
  }

  /** The text of the dialog that is open. */
  async dialogText(): Promise<string> {
    const dialog = this.page.locator('.monaco-dialog-box');
    await dialog.waitFor();
    return dialog.innerText();
  }

  async screenshot(name: string): Promise<string> {
    mkdirSync(SCREENSHOTS, { recursive: true });
    const path = join(SCREENSHOTS, `${name}.png`);
    await this.page.screenshot({ path });
    return path;
  }

  /** The numbers of the marked lines: the editor marks where each greenlet stands. */
  async #markedLines(): Promise<number[]> {
    const editor = this.page.locator('.editor-instance .monaco-editor').first();
    const [marks, numbers] = await Promise.all(
      ['.debug-top-stack-frame-line', '.margin .line-numbers'].map((selector) =>
        editor.locator(selector).evaluateAll((elements: PageElement[]) =>
          elements.map((each) => ({
            top: each.getBoundingClientRect().top,
            text: each.textContent,
          })),
        ),
      ),
    );
    const tops = new Set(marks?.map((mark) => mark.top));
    return (numbers ?? []).filter(({ top }) => tops.has(top)).map(({ text }) => Number(text));
  }

  /** Waits until a view has stayed the same for a while: a row that is just being drawn anew has no actions. */
  async #untilQuiet(pane: Locator): Promise<void> {
    let before = '';
    await this.#until(
      async () => {
        await this.page.waitForTimeout(700);
        const rows = (await rowTexts(pane)).join('\n');
        const isQuiet = rows === before;
        before = rows;
        return isQuiet;
      },
      (isQuiet) => isQuiet,
    );
  }

  async #until<T>(read: () => Promise<T>, want: (value: T) => boolean): Promise<T> {
    const deadline = Date.now() + PATIENCE;
    for (;;) {
      const value = await read();
      if (want(value)) return value;
      if (Date.now() > deadline) {
        throw new Error(`It stayed as it should not be: ${JSON.stringify(value, null, 2)}`);
      }
      await this.page.waitForTimeout(50);
    }
  }
}
