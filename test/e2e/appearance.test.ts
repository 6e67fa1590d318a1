/** The interface in Chinese, in high contrast and without motion, by keyboard alone, and as a screen reader is told it. */

import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Locator } from 'playwright-core';
import { ROOT } from '../workbench/prepare.mjs';
import { Editor, publish } from './editor.ts';
import { GuideFrame } from './guide-frame.ts';
import { until } from './until.ts';
import type { WorkbenchPage } from './workbench-page.ts';

const PROGRAMS = join(ROOT, 'test/e2e/programs');

const editor = new Editor({ name: 'appearance' });

describe('the interface in Chinese', () => {
  it('is so in views, rows, menus, commands, the status bar, and where the adapter speaks', async () => {
    await using window = await editor.open(
      editor.folderWith(join(PROGRAMS, 'deadlock.ts')),
      'zh-cn',
    );
    const { workbench } = window;
    const { page } = workbench;
    await workbench.debug('deadlock.ts');
    const greenlets = await workbench.pane('Greenlet');
    await workbench.untilRows(greenlets, (rows) => rows.length === 4);
    await workbench.untilPaused();
    const filters = page.locator('.debug-breakpoints .monaco-list-row');
    for (const name of ['每次让出', '死锁', '未捕获的错误'])
      await filters.filter({ hasText: name }).first().waitFor();
    await filters
      .filter({ hasText: '每次让出' })
      .locator('input, .monaco-checkbox')
      .first()
      .click();
    await workbench.press('F5');
    const waits = await workbench.pane('等待');
    for (const name of ['Variables', 'Watch', 'Breakpoints']) await workbench.fold(name);
    await workbench.untilRows(
      waits,
      ([cycle, first]) =>
        cycle === '死锁 first #2 → second #3 → first #2' &&
        /^first #2 等待 right（Semaphore\.acquire），由 second #3 持有/.test(first ?? ''),
    );
    await workbench.untilRows(greenlets, (rows) => rows.some((row) => /^reader #4 等待/.test(row)));
    const stack = await workbench.pane('Call Stack');
    await workbench.untilRows(stack, (rows) => rows.some((row) => row.includes('死锁')));
    await workbench.untilStatus('死锁：');
    publish(await workbench.screenshot('appearance-chinese'), 'deadlock.zh-cn.png');

    await workbench.rows(greenlets, 'reader #4').first().click({ button: 'right' });
    await page.locator('.monaco-menu .action-item', { hasText: '转到派生处' }).waitFor();
    await workbench.screenshot('appearance-chinese-menu');
    await workbench.press('Escape');
    await workbench.command('greenlet 分组方式');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: '状态' }).first().waitFor();
    await workbench.screenshot('appearance-chinese-palette');
    await workbench.press('Escape');
    await workbench.press('Shift+F5');
    await workbench.untilSessionEnds();
  });
});

describe('the keyboard alone', () => {
  it('reaches every row, its menu, the next view and the guide; each has a name', async () => {
    await using window = await editor.open(editor.folderWith(join(PROGRAMS, 'workers.ts')));
    const { workbench } = window;
    const { page } = workbench;
    await workbench.debug('workers.ts');
    const greenlets = await workbench.pane('Greenlets');
    await workbench.untilRows(greenlets, (rows) => rows.some((row) => row.startsWith('producer')));
    await workbench.untilPaused();
    for (const name of ['Variables', 'Watch', 'Breakpoints']) await workbench.fold(name);

    await workbench.command('Focus on Greenlets View');
    await workbench.press('Home');
    const focused = greenlets.locator('.monaco-list-row.focused');
    await until(async () => {
      const label = (await focused.getAttribute('aria-label')) ?? '';
      if (!label.startsWith('producer #7')) await workbench.press('ArrowDown');
      return label.startsWith('producer #7, ready');
    }, true);
    await workbench.press('Shift+F10');
    const chosen = page.locator('.monaco-menu .action-item.focused');
    await until(async () => {
      await workbench.press('ArrowDown');
      return (await chosen.allInnerTexts()).join();
    }, 'Freeze Greenlet');
    await workbench.screenshot('appearance-keyboard-menu');
    await workbench.press('Enter');
    await workbench.untilRows(greenlets, (rows) =>
      rows.some((row) => row.startsWith('producer #7 frozen')),
    );

    // The history has its first row.
    await workbench.press('F5');
    await workbench.untilRows(greenlets, (rows) =>
      rows.some((row) => /^consumer #2 running/.test(row)),
    );

    // On to the next view, through what stands in between.
    await workbench.command('Focus on Greenlets View');
    await until(async () => {
      await workbench.press('Tab');
      const element = page.locator('*:focus');
      return /^Waits/.test((await element.getAttribute('aria-label')) ?? '');
    }, true);
    const history = await workbench.panelView('Switch History');
    await workbench.untilRows(history, (rows) => rows[0]?.startsWith('#1 main #1 →') ?? false);
    for (const view of [greenlets, history]) {
      const labels = await namesOf(view.locator('.monaco-list-row'));
      assert(labels.length > 0);
      for (const label of labels) assert.match(label, /\S{2}/);
      assert.match(String(await view.locator('.monaco-list').getAttribute('aria-label')), /\S/);
    }
    await workbench.press('Shift+F5');
    await workbench.untilSessionEnds();

    // The guide: from one thing to choose to the next, each with a name; what happens is announced.
    const guide = await showGuide(workbench);
    const all = await namesOf(guide.body.locator('button, a, summary, [tabindex="0"]'));
    assert(all.length > 8, all.join());
    await guide.body.locator('[data-action]').first().focus();
    const reached = new Set<string>();
    for (let i = 0; i < all.length; i++) {
      reached.add(
        await guide.body.locator('*:focus').evaluate((each: PageElement) => each.textContent ?? ''),
      );
      await workbench.press('Tab');
    }
    assert(reached.size > 8, [...reached].join());
    assert.equal(await guide.body.locator('[role="status"][aria-live="polite"]').count(), 2);
  });
});

describe('high contrast, and no motion', () => {
  it('is followed by views and pages, in which every text can be read', async () => {
    const folder = editor.folderWith(join(PROGRAMS, 'workers.ts'));
    mkdirSync(join(folder, '.vscode'));
    const settings = {
      'workbench.colorTheme': 'Default High Contrast',
      'workbench.reduceMotion': 'on',
    };
    writeFileSync(join(folder, '.vscode/settings.json'), JSON.stringify(settings));
    await using window = await editor.open(folder);
    const { workbench } = window;
    const { page } = workbench;
    await page.emulateMedia({ reducedMotion: 'reduce', forcedColors: 'none' });
    await page.locator('.monaco-workbench.hc-black').waitFor();
    await workbench.debug('workers.ts');
    const greenlets = await workbench.pane('Greenlets');
    await workbench.untilRows(greenlets, (rows) => rows.some((row) => row.startsWith('producer')));
    await workbench.untilPaused();
    for (const name of ['Variables', 'Watch', 'Breakpoints']) await workbench.fold(name);
    await workbench.press('F5');
    await workbench.untilRows(greenlets, (rows) =>
      rows.some((row) => /^consumer #2 running/.test(row)),
    );
    await workbench.screenshot('appearance-high-contrast');
    await assertReadable(greenlets.locator('.label-name, .label-description'));
    await workbench.press('Shift+F5');
    await workbench.untilSessionEnds();
    const guide = await showGuide(workbench);
    await workbench.screenshot('appearance-high-contrast-guide');
    await assertReadable(guide.body.locator('h1, h2, p, li, a, button, summary, code'));
    const moving = await guide.body.locator('*').evaluateAll(
      (elements: PageElement[]) =>
        elements.filter((each) => {
          const { transitionDuration, animationName } = getComputedStyle(each);
          return transitionDuration !== '0s' || animationName !== 'none';
        }).length,
    );
    assert.equal(moving, 0);
  });
});

/** The guide of the first chapter, by keyboard. */
async function showGuide(workbench: WorkbenchPage): Promise<GuideFrame> {
  await workbench.command('Greenlets Tutorial: Show Guide');
  await workbench.answer('01');
  const guide = new GuideFrame(workbench.page);
  await guide.untilChapter('01-context-switch');
  return guide;
}

/** What a screen reader says of each. */
async function namesOf(elements: Locator): Promise<string[]> {
  const names: string[] = await elements.evaluateAll((found: PageElement[]) =>
    found.map(
      (each) =>
        each.getAttribute('aria-label') ??
        document.getElementById(each.getAttribute('aria-labelledby') ?? '')?.textContent ??
        each.textContent ??
        '',
    ),
  );
  for (const name of names) assert.match(name, /\S/, `One of ${names.length} has no name.`);
  return names;
}

/** Each text has a contrast of at least 7 to what is behind it: WCAG's enhanced one. */
async function assertReadable(elements: Locator): Promise<void> {
  const shown = await elements.evaluateAll((found: PageElement[]) =>
    found
      .filter((each) => each.getBoundingClientRect().height > 0 && each.textContent?.trim())
      .map((each) => {
        const behind: string[] = [];
        for (let at: PageElement | null = each; at !== null; at = at.parentElement)
          behind.push(getComputedStyle(at).backgroundColor);
        return { text: each.textContent, color: getComputedStyle(each).color, behind };
      }),
  );
  assert(shown.length > 0);
  for (const { text, color, behind } of shown) {
    const background = behind.find((each) => rgb(each).alpha > 0.99) ?? 'rgb(0, 0, 0)';
    const ratio = contrast(color, background);
    assert(ratio >= 7, `"${text}": ${color} on ${background} has a contrast of ${ratio}.`);
  }
}

/** The ratio of the luminances of two colors, as WCAG defines it. */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const [r = 0, g = 0, b = 0] = rgb(color).parts.map((part) => {
    const value = part / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The parts of a computed color, `rgb(…)` or `rgba(…)`. */
function rgb(color: string): { parts: number[]; alpha: number } {
  const [r = 0, g = 0, b = 0, alpha = 1] = (color.match(/[\d.]+/g) ?? []).map(Number);
  return { parts: [r, g, b], alpha };
}

/** As much of the page's DOM as is used here. The types of browsers are not for the rest of the program. */
interface PageElement {
  textContent: string | null;
  parentElement: PageElement | null;
  getAttribute(name: string): string | null;
  getBoundingClientRect(): { height: number };
}
declare const document: { getElementById(id: string): PageElement | null };
declare function getComputedStyle(element: PageElement): {
  color: string;
  backgroundColor: string;
  transitionDuration: string;
  animationName: string;
};
