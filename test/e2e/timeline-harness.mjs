// @ts-check
/** The timeline's page without an editor: the built script in a plain page, with a stand-in for the editor that keeps what it is told. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../workbench/prepare.mjs';

const WIDTH = 1280;
const HEIGHT = 720;

/**
 * Opens the page. The picture is empty until rows are sent.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {string} [locale]
 */
export async function openTimelinePage(browser, locale = 'en') {
  const page = await browser.newPage({ viewport: { width: WIDTH, height: HEIGHT } });
  await page.setContent(
    '<html><body style="--vscode-editor-background: #1e1e1e; --vscode-foreground: #cccccc"></body></html>',
  );
  await page.addStyleTag({
    content: readFileSync(join(ROOT, 'media/timeline/timeline.css'), 'utf8'),
  });
  await page.evaluate(`
    window.told = [];
    window.acquireVsCodeApi = () => ({
      postMessage: (message) => window.told.push(message),
      getState: () => window.keptState,
      setState: (state) => { window.keptState = state; },
    });
  `);
  await page.addScriptTag({ content: readFileSync(join(ROOT, 'dist/timeline.js'), 'utf8') });
  await tell(page, { kind: 'begin', locale, isLive: false, state: null });
  return page;
}

/**
 * Sends a message to the page, as the editor does.
 *
 * @param {import('playwright-core').Page} page
 * @param {import('../../extension/model/timeline/messages.ts').ToPage} message
 */
export async function tell(page, message) {
  // Playwright's own serialization has no typed arrays.
  const text = JSON.stringify(message, (_, value) =>
    ArrayBuffer.isView(value)
      ? {
          typed: value.constructor.name,
          base64: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64'),
        }
      : value,
  );
  await page.evaluate(`
    window.dispatchEvent(new MessageEvent('message', {
      data: JSON.parse(${JSON.stringify(text)}, (_, value) => {
        if (value === null || typeof value !== 'object' || value.typed === undefined) return value;
        const bytes = Uint8Array.from(atob(value.base64), (each) => each.charCodeAt(0));
        return new globalThis[value.typed](bytes.buffer);
      }),
    }));
  `);
}

/**
 * What the page has told the editor of one kind, and nothing older than the last call for it.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} kind
 * @returns {Promise<any[]>}
 */
export async function toldOf(page, kind) {
  return page.evaluate(`
    (() => {
      const found = window.told.filter((each) => each.kind === ${JSON.stringify(kind)});
      window.told = window.told.filter((each) => each.kind !== ${JSON.stringify(kind)});
      return found.map((each) => each.content instanceof Uint8Array ? { ...each, content: [...each.content.slice(0, 8)] } : each);
    })()
  `);
}
