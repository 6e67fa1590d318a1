/** A real VS Code for the tests of one file: its server and a browser, started before the first test and ended after the last. */

import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { after, before } from 'node:test';
import type { Browser } from 'playwright-core';
import { Lifetime } from '../workbench/lifetime.mjs';
import { ROOT, VSIX } from '../workbench/prepare.mjs';
import { installServer, startServer } from '../workbench/server.mjs';
import { launchBrowser } from './browser.mjs';
import { WorkbenchPage } from './workbench-page.ts';

export interface EditorOptions {
  /** Names the screenshots of windows that are closed: `last-of-NAME-1.png`. */
  name: string;
  /** Settings of the user, beside those of test/workbench/settings.json. */
  settings?: object;
  /** Whether all folders are trusted without a question; by default they are. */
  isTrusting?: boolean;
}

/** A window that is closed at the end of its block, after a last screenshot. */
export interface Window extends AsyncDisposable {
  workbench: WorkbenchPage;
}

/** Called at the top of a test file. */
export class Editor {
  readonly #lifetime = new Lifetime();
  readonly #name: string;
  #browser: Browser | undefined;
  #urlOf: (folder: string) => string = () => {
    throw new Error('The editor has not been started: windows are opened in tests.');
  };
  #windows = 0;

  constructor(options: EditorOptions) {
    this.#name = options.name;
    this.#lifetime.endOnInterrupt(() => {});
    before(() => this.#start(options));
    after(() => this.#end());
  }

  /**
   * Opens a window on a folder, with a profile that has no state of an earlier window.
   *
   * @param language the language of the interface; English by default.
   */
  async open(folder: string, language?: string): Promise<Window> {
    if (this.#browser === undefined) throw new Error('The browser has not been started.');
    const workbench = await WorkbenchPage.open(this.#browser, this.#urlOf(folder), language);
    return {
      workbench,
      [Symbol.asyncDispose]: async () => {
        await workbench.screenshot(`last-of-${this.#name}-${++this.#windows}`);
        await workbench.page.close();
      },
    };
  }

  /** A folder that is removed when the tests of this file have ended. */
  temporaryFolder(): string {
    return this.#lifetime.temporaryFolder();
  }

  /** The same, with a copy of a program in it. */
  folderWith(program: string): string {
    const folder = this.temporaryFolder();
    copyFileSync(program, join(folder, basename(program)));
    return folder;
  }

  async #start({ settings, isTrusting = true }: EditorOptions): Promise<void> {
    const say = (text: string) => console.log(text);
    const command = await installServer(this.#lifetime, say);
    const forPeople = readFileSync(join(ROOT, 'test/workbench/settings.json'), 'utf8');
    const all = {
      ...JSON.parse(forPeople),
      'workbench.colorTheme': 'Default Light Modern',
      'editor.minimap.enabled': false,
      ...settings,
    };
    const options = { command, vsix: VSIX, settings: all, isTrusting };
    this.#urlOf = (await startServer(this.#lifetime, options)).url;
    this.#browser = await launchBrowser();
  }

  async #end(): Promise<void> {
    await this.#browser?.close();
    await this.#lifetime.end();
  }
}

/** Puts a screenshot where the README shows it, when the variable UPDATE is set. */
export function publish(picture: string, name: string): void {
  if (!process.env.UPDATE) return;
  const folder = join(ROOT, 'media/screenshots');
  mkdirSync(folder, { recursive: true });
  copyFileSync(picture, join(folder, name));
}
