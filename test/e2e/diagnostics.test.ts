/** What is found in a program, in a real editor: the problems, the quick fixes, the page that explains, and clearing. */

import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Locator } from 'playwright-core';
import { ROOT } from '../workbench/prepare.mjs';
import { Editor } from './editor.ts';
import { lineOf } from './line-of.ts';
import { until } from './until.ts';
import type { WorkbenchPage } from './workbench-page.ts';

const editor = new Editor({ name: 'diagnostics' });

describe('the problems of greenlets', () => {
  it('name a deadlock at the lines of its greenlets, and stay until they are cleared', async () => {
    await using window = await openProgram('lock-order');
    const { workbench } = window;
    const { page } = workbench;
    await runWithoutPauses(workbench);
    const rows = await problems(workbench);
    const message =
      'Deadlock: take #2 waits here for Semaphore.acquire (right) in a circle: take #2 → take #3 → take #2. (2 greenlets; the first was take #2)';
    await until(async () => (await messagesOf(rows)).slice(0, 1), [message]);
    await workbench.screenshot('diagnostics-deadlock');

    // A click on the problem leads to the line.
    const line = lineOf(programPath('lock-order'), '@deadlock');
    await workbench.untilCursorAt(line, () => rows.locator('.monaco-list-row').nth(1).click());

    // The code leads to its explanation.
    await rows.locator('a.marker-code, .marker-code a, a', { hasText: 'deadlock' }).first().click();
    const preview = page.locator('.tab.active', { hasText: 'diagnostics.md' });
    await preview.waitFor();
    await workbench.screenshot('diagnostics-explained');

    await workbench.command('Greenlets: Clear the Problems of Greenlets');
    await until(() => messagesOf(rows), []);
  });

  it('are gone when the next program starts, and the quick fix for a call that blocks patches it', async () => {
    await using window = await openProgram('blocking-call');
    const { workbench } = window;
    const { page } = workbench;
    await runWithoutPauses(workbench);
    const rows = await problems(workbench);
    const message = rows.locator('.monaco-list-row', {
      hasText: 'child_process.execFileSync holds up all greenlets while list #3 waits for it',
    });
    await message.waitFor();
    const line = lineOf(programPath('blocking-call'), '@call');
    await workbench.untilCursorAt(line, () => message.dblclick());
    const fix = page.locator('.action-widget .action', {
      hasText: 'Patch Node here: call patchAll()',
    });
    // The fixes come from the extension, and the key does nothing before they have come.
    await until(async () => {
      await page.keyboard.press('Control+.');
      const isShown = await fix.waitFor({ timeout: 3000 }).then(
        () => true,
        () => false,
      );
      if (!isShown) await page.keyboard.press('Escape');
      return isShown;
    }, true);
    await workbench.screenshot('diagnostics-quick-fix');
    // It is the preferred one, and selected.
    await page.keyboard.press('Enter');
    const code = page.locator('.editor-instance .view-lines');
    await until(async () => (await code.innerText()).includes('patchAll();'), true);

    await workbench.focusEditor();
    await page.keyboard.press('Control+s');
    await runWithoutPauses(workbench);
    await until(
      async () => (await messagesOf(rows)).filter((each) => each.includes('execFileSync')),
      [],
    );
  });
});

/** A window on a folder with one of the programs with a planted mistake, which is open in the editor. */
async function openProgram(name: string) {
  const folder = editor.temporaryFolder();
  copyFileSync(programPath(name), join(folder, 'program.ts'));
  const window = await editor.open(folder);
  await window.workbench.openFile('program.ts');
  await window.workbench.untilDebuggersAreKnown();
  return window;
}

/** Runs the open program as "Run with Greenlets" does, and waits for its end. */
async function runWithoutPauses(workbench: WorkbenchPage): Promise<void> {
  await workbench.focusEditor();
  await workbench.command('Greenlets: Run with Greenlets');
  const toolbar = workbench.page.locator('.debug-toolbar');
  await toolbar.waitFor({ state: 'visible' }).catch(() => {});
  await workbench.untilSessionEnds();
}

/** Opens the list of problems. */
async function problems(workbench: WorkbenchPage): Promise<Locator> {
  const panel = workbench.page.locator('.markers-panel');
  if (!(await panel.isVisible())) await workbench.press('Control+Shift+M');
  await panel.waitFor();
  return panel;
}

/** The messages of the problems, from top to bottom; the places that belong to them are folded. */
async function messagesOf(panel: Locator): Promise<string[]> {
  const texts = await panel.locator('.marker-message-details, .marker-message').allInnerTexts();
  return [...new Set(texts.map((each) => each.trim()))].filter((each) => each !== '');
}

function programPath(name: string): string {
  return join(ROOT, 'test/lints/programs', `${name}.ts`);
}
