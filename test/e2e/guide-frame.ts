/** The guide's page in the window: a frame in a frame. */

import type { FrameLocator, Locator, Page } from 'playwright-core';

export class GuideFrame {
  readonly #page: Page;
  readonly #frame: FrameLocator;

  constructor(page: Page) {
    this.#page = page;
    this.#frame = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  }

  get body(): Locator {
    return this.#frame.locator('body');
  }

  /** Waits until the guide shows a chapter. */
  async untilChapter(id: string): Promise<void> {
    await this.#frame.locator(`body[data-chapter="${id}"]`).waitFor();
  }

  /** `none`, `paused`, `running`, `ended`. */
  async program(): Promise<string | null> {
    return this.#frame.locator('body').getAttribute('data-program');
  }

  /** How often the program has been paused. */
  async pauses(): Promise<number> {
    return Number(await this.#frame.locator('body').getAttribute('data-pauses'));
  }

  /** What has happened since the last pause. */
  async happened(): Promise<string[]> {
    return this.#frame.locator('#happened li').allInnerTexts();
  }

  async now(): Promise<string> {
    return this.#frame.locator('#now').innerText();
  }

  /** The states of the expected switches. */
  async ticks(): Promise<(string | null)[]> {
    const items = await this.#frame.locator('#switches li').all();
    return Promise.all(items.map((each) => each.getAttribute('data-state')));
  }

  /** The switches that are not as they were expected. */
  async wrong(): Promise<string[]> {
    return this.#frame.locator('#switches li[data-state="wrong"]').allInnerTexts();
  }

  /** The place that says how the check went. */
  get check(): Locator {
    return this.#frame.locator('#check');
  }

  async choose(action: string): Promise<void> {
    await this.#frame.locator(`[data-action="${action}"]`).first().click();
  }

  async language(): Promise<string | null> {
    return this.#frame.locator('body').getAttribute('data-language');
  }

  /** Waits for something to be as wanted; rejects with what it was instead. */
  async until<T>(read: () => Promise<T>, want: (value: T) => boolean): Promise<T> {
    const deadline = Date.now() + PATIENCE;
    for (;;) {
      const value = await read();
      if (want(value)) return value;
      if (Date.now() > deadline) throw new Error(`It stayed ${JSON.stringify(value)}`);
      await this.#page.waitForTimeout(50);
    }
  }
}

/** How long anything may take before it counts as missing, in milliseconds. */
const PATIENCE = 30_000;
