/** The tutorial as its reader meets it: from a fresh profile to the first pause, through chapters, and to a solved exercise. */

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Locator } from 'playwright-core';
import type { Chapter, Switch } from '../../extension/model/chapter.ts';
import { ROOT } from '../workbench/prepare.mjs';
import { Editor } from './editor.ts';
import { GuideFrame } from './guide-frame.ts';
import { lineOf } from './line-of.ts';
import type { WorkbenchPage } from './workbench-page.ts';

const TUTORIAL = join(ROOT, 'media/tutorial');
const FIRST = '01-context-switch';

/** One of each part, whose switches have a fixed order. */
const ONE_OF_EACH_PART = [
  FIRST,
  '08-state',
  '15-async-result',
  '18-group',
  '27-actors',
  '36-deadlocks',
];

const editor = new Editor({
  name: 'tutorial',
  // What a fresh profile has.
  settings: { 'workbench.startupEditor': 'welcomePage' },
});

describe('a fresh profile', () => {
  it('is three clicks from the first pause of the first program', async () => {
    await using window = await editor.open(emptyFolder());
    const { workbench } = window;
    const { page } = workbench;
    let clicks = 0;
    const click = async (what: Locator) => {
      clicks++;
      await what.click();
    };
    if (await showsOtherWalkthrough(workbench)) await click(welcomeButton(workbench));
    await click(page.locator('.getting-started-category', { hasText: 'Learn Greenlets' }));
    const debug = page.locator('.monaco-button', { hasText: 'Debug the First Program' }).first();
    await debug.waitFor();
    await workbench.screenshot('tutorial-1-walkthrough');
    await click(debug);
    await workbench.untilPaused();
    assert(clicks <= 3, `${clicks} clicks`);

    await workbench.untilPausedAt(lineOf(join(TUTORIAL, FIRST, 'en/program.ts'), 'joinAll(['));
    const guide = new GuideFrame(page);
    await guide.untilChapter(FIRST);
    await guide.until(
      () => guide.now(),
      (now) => now === 'main is about to wait in joinAll for the end of foo and bar.',
    );
    assert.deepEqual(await guide.happened(), [
      'main spawned foo and bar. They are in the queue: spawn does not run anything yet.',
    ]);
    await workbench.screenshot('tutorial-2-first-pause');
    await picture(workbench, 'en/first', PROGRAM_AND_GUIDE);
    await workbench.press('Shift+F5');
    await workbench.untilSessionEnds();

    // What the first step asks for has happened.
    await page.locator('.tab', { hasText: 'Walkthrough' }).click();
    await page.locator('.getting-started-step', { hasText: 'See the first switch' }).waitFor();
    const done = page.locator('.getting-started-step:has(.complete)');
    await done.filter({ hasText: 'See the first switch' }).waitFor();
    await workbench.screenshot('tutorial-2-step-done');
  });
});

describe('a chapter of each part', () => {
  it('is followed by its guide from the first pause to the end', async () => {
    await using window = await editor.open(emptyFolder());
    const { workbench } = window;
    for (const id of ONE_OF_EACH_PART) {
      await showTutorial(workbench);
      await openPartOf(workbench, id);
      const row = rowOf(workbench, id);
      await row.hover();
      await row.locator('.action-label[aria-label^="Debug"]').click();
      await follow(workbench, id);
    }
  });
});

/** Goes from pause to pause; at each, the guide has told each switch since the last one, and has ticked it off. */
async function follow(workbench: WorkbenchPage, id: string): Promise<void> {
  const { switches } = chapterOf(id);
  assert(Array.isArray(switches), `The switches of ${id} have no fixed order.`);
  const guide = new GuideFrame(workbench.page);
  await guide.untilChapter(id);
  for (let pauses = 1, told = 0; ; pauses++) {
    const state = await guide.until(
      () => guide.program(),
      (each) => each === 'ended' || each === 'paused',
    );
    if (state === 'paused')
      await guide.until(
        () => guide.pauses(),
        (count) => count === pauses,
      );
    assert.deepEqual(await guide.wrong(), [], id);
    const done = (await guide.ticks()).filter((each) => each === 'done').length;
    const sentences = (await guide.happened()).filter((each) => !/ spawned /.test(each));
    const expected = inSentences(switches.slice(told, done));
    assert.equal(sentences.length, expected.length, `${id}: ${sentences.join('\n')}`);
    for (const [i, names] of expected.entries()) {
      for (const name of names) {
        assert(sentences[i]?.includes(name), `${id}: "${sentences[i]}" does not name ${name}`);
      }
    }
    told = done;
    if (state === 'ended') {
      assert.equal(done, switches.length, `${id}: ${await guide.ticks()}`);
      await workbench.screenshot(`tutorial-3-${id}`);
      return;
    }
    const running = switches[done - 1]?.[1] ?? 'main';
    if (running !== 'hub') assert.match(await guide.now(), new RegExp(`\\b${running}\\b`), id);
    if (pauses === 3) {
      await workbench.screenshot(`tutorial-3-${id}-paused`);
      if (id === FIRST) await picture(workbench, 'en/step', GUIDE);
      if (id === FIRST) await pictureOfViews(workbench, 'en/views');
    }
    await workbench.page.locator('.debug-toolbar .codicon-debug-continue').click();
    await guide.until(
      async () => ({ now: await guide.pauses(), program: await guide.program() }),
      ({ now, program }) => now > pauses || program === 'ended',
    );
  }
}

/** Which greenlets each sentence names: where the hub waited, two switches are one sentence. */
function inSentences(switches: readonly Switch[]): string[][] {
  const sentences: string[][] = [];
  for (let at = 0; at < switches.length; at++) {
    const [from, to] = switches[at] as Switch;
    const next = switches[at + 1];
    if (to === 'hub' && next?.[0] === 'hub') {
      sentences.push([from, next[1]]);
      at++;
    } else sentences.push([from, to].filter((name) => name !== 'hub'));
  }
  return sentences;
}

describe('an exercise', () => {
  it('is told what is wrong, then solved; progress is kept over a reload', async () => {
    await using window = await editor.open(emptyFolder());
    const { workbench } = window;
    const { page } = workbench;
    await showTutorial(workbench);
    await rowOf(workbench, FIRST).click();
    const guide = new GuideFrame(page);
    await guide.untilChapter(FIRST);
    await guide.choose('check');
    await guide.until(
      () => guide.check.innerText(),
      (text) =>
        /^Not yet:\s+Line 2 of the output should be "pong 1", but is "ping 2"\.$/.test(text),
    );
    await page.locator('.tab.active', { hasText: 'exercise.ts' }).waitFor();
    await workbench.screenshot('tutorial-4-wrong');
    await picture(workbench, 'en/exercise', { ...GUIDE, y: 370, height: 450 });
    await picture(workbench, 'en/own', EDITOR);

    const solution = readFileSync(join(TUTORIAL, FIRST, 'en/solution.ts'), 'utf8');
    await retype(workbench, solution);
    await guide.choose('check');
    await guide.until(
      () => guide.check.innerText(),
      (text) => text === 'Solved. That is right.',
    );
    await showTutorial(workbench);
    await page.locator(`.monaco-list-row[aria-label*="exercise solved"]`).waitFor();
    await workbench.screenshot('tutorial-5-solved');
    await picture(workbench, 'en/chapters', SIDE_BAR);

    await page.reload();
    await page.locator('.monaco-workbench').waitFor();
    await guide.untilChapter(FIRST);
    await showTutorial(workbench);
    await page.locator(`.monaco-list-row[aria-label*="exercise solved"]`).waitFor();
    await workbench.screenshot('tutorial-6-reloaded');

    // What the reader has written is given up only after a question.
    await guide.choose('reset');
    assert.match(
      await workbench.dialogText(),
      /Reset exercise\.ts of "Two greenlets take turns"\?/,
    );
    await page.locator('.monaco-dialog-box .monaco-button', { hasText: 'Reset' }).click();
    await page.locator('.view-line', { hasText: 'Give each loop one more line' }).waitFor();

    await guide.choose('run');
    await guide.until(
      () => guide.program(),
      (program) => program === 'ended',
    );
    await workbench.untilConsole(chapterOf(FIRST).output as string[]);
  });
});

describe('in Chinese', () => {
  it('walkthrough, view, guide and programs follow the interface, and the reader can switch', async () => {
    await using window = await editor.open(emptyFolder(), 'zh-cn');
    const { workbench } = window;
    const { page } = workbench;
    if (await showsOtherWalkthrough(workbench)) await welcomeButton(workbench).click();
    await page.locator('.getting-started-category', { hasText: '看着 greenlet 学' }).click();
    const debug = page.locator('.monaco-button', { hasText: '调试第一个程序' }).first();
    await debug.waitFor();
    await workbench.screenshot('tutorial-7-chinese-walkthrough');
    await debug.click();
    await workbench.untilPaused();
    const guide = new GuideFrame(page);
    await guide.untilChapter(FIRST);
    assert.equal(await guide.language(), 'zh-cn');
    await guide.until(
      () => guide.now(),
      (now) => now === 'main 即将在 joinAll 中等待 foo 和 bar 结束。',
    );
    await page.locator('.view-line', { hasText: '两个 greenlet' }).first().waitFor();
    await workbench.screenshot('tutorial-8-chinese-guide');
    await picture(workbench, 'zh-cn/first', PROGRAM_AND_GUIDE);
    for (const pauses of [2, 3]) {
      await page.locator('.debug-toolbar .codicon-debug-continue').click();
      await guide.until(
        () => guide.pauses(),
        (count) => count === pauses,
      );
    }
    await guide.until(
      () => guide.happened(),
      ([told]) =>
        told === 'foo 用 sleep(0) 让出了执行权；bar 在队列里，还没有运行过，所以现在开始运行。',
    );
    await picture(workbench, 'zh-cn/step', GUIDE);
    await pictureOfViews(workbench, 'zh-cn/views');
    await workbench.press('Shift+F5');
    await workbench.untilSessionEnds();

    await guide.choose('check');
    await guide.until(
      () => guide.check.innerText(),
      (text) => /^还不对：\s+输出的第 2 行应为 "pong 1"，实际是 "ping 2"。$/.test(text),
    );
    await picture(workbench, 'zh-cn/exercise', { ...GUIDE, y: 370, height: 450 });
    await picture(workbench, 'zh-cn/own', EDITOR);
    await showTutorial(workbench, '核心');
    await workbench.screenshot('tutorial-9-chinese-view');
    await picture(workbench, 'zh-cn/chapters', SIDE_BAR);

    await guide.choose('language');
    await guide.until(
      () => guide.language(),
      (language) => language === 'en',
    );
    // What the reader looks at stays the exercise.
    await page.locator('.view-line', { hasText: 'Ping and pong should' }).first().waitFor();
  });
});

/**
 * Makes a picture of the walkthrough out of a part of the window, when the variable UPDATE is set.
 *
 * @param clip in pixels from the left and the top.
 */
async function picture(
  { page }: WorkbenchPage,
  name: string,
  clip: { x: number; y: number; width: number; height: number },
): Promise<void> {
  if (!process.env.UPDATE) return;
  await page.screenshot({ clip, path: join(ROOT, 'media/walkthrough', `${name}.png`) });
}

/** The greenlets in the side bar, and the history in the panel. */
async function pictureOfViews(workbench: WorkbenchPage, name: string): Promise<void> {
  if (!process.env.UPDATE) return;
  const { page } = workbench;
  await page.locator('.panel .action-label[aria-label^="Greenlets"]').click();
  await page.locator('.panel .monaco-list-row', { hasText: 'foo #2' }).first().waitFor();
  await picture(workbench, name, VIEWS);
}

/** Where things are in the window. */
const SIDE_BAR = { x: 48, y: 35, width: 300, height: 320 };
const EDITOR = { x: 348, y: 35, width: 666, height: 400 };
const VIEWS = { x: 48, y: 610, width: 966, height: 312 };
const GUIDE = { x: 1016, y: 70, width: 664, height: 530 };
const PROGRAM_AND_GUIDE = { x: 348, y: 35, width: 1332, height: 570 };

/** An empty folder of the reader's. */
function emptyFolder(): string {
  const folder = editor.temporaryFolder();
  mkdirSync(join(folder, 'empty'));
  return folder;
}

/** Puts a text in the place of the whole file that is edited. Keys that come before the editor listens are lost. */
async function retype(workbench: WorkbenchPage, text: string): Promise<void> {
  const { page } = workbench;
  const first = page.locator('.monaco-editor .view-line', { hasText: text.split('\n')[0] });
  for (let turns = 0; turns < 10 && !(await first.isVisible()); turns++) {
    await workbench.focusEditor();
    await workbench.press('Control+A');
    await page.keyboard.insertText(text);
    await workbench.press('Control+Home');
    await first.waitFor({ timeout: 1000 }).catch(() => {});
  }
}

/** VS Code 1.100 opens its own walkthrough in a fresh profile; 1.139 shows the list with all of them at once. */
async function showsOtherWalkthrough(workbench: WorkbenchPage): Promise<boolean> {
  const category = workbench.page.locator('.getting-started-category');
  await welcomeButton(workbench).or(category.first()).first().waitFor();
  return welcomeButton(workbench).isVisible();
}

/** Leads from a walkthrough to the list. */
function welcomeButton({ page }: WorkbenchPage): Locator {
  return page.locator('.prev-button', { hasText: 'Welcome' });
}

/** Opens the view with the chapters. */
async function showTutorial({ page }: WorkbenchPage, part = 'The core'): Promise<void> {
  const view = page.locator('.sidebar .composite.title', { hasText: /Greenlets/i });
  if (!(await view.isVisible())) {
    await page.locator('.activitybar .action-label[aria-label^="Greenlets"]').first().click();
  }
  await page.locator('.sidebar .monaco-list-row', { hasText: part }).waitFor();
}

/** The row of a chapter in the view. */
function rowOf({ page }: WorkbenchPage, id: string): Locator {
  return page.locator('.sidebar .monaco-list-row[aria-level="2"]', { hasText: id.slice(0, 2) });
}

/** Unfolds the part that a chapter is in. */
async function openPartOf(workbench: WorkbenchPage, id: string): Promise<void> {
  const row = rowOf(workbench, id);
  if (await row.isVisible()) return;
  const parts: { id: string; title: { en: string } }[] = JSON.parse(
    readFileSync(join(TUTORIAL, 'parts.json'), 'utf8'),
  );
  const title = parts.find((each) => each.id === chapterOf(id).part)?.title.en ?? '';
  const part = workbench.page.locator('.sidebar .monaco-list-row', { hasText: title });
  await scrollTo(workbench, part);
  await part.click();
  await scrollTo(workbench, row);
}

/** Rows that are out of sight are not in the page. */
async function scrollTo({ page }: WorkbenchPage, row: Locator): Promise<void> {
  for (let turns = 0; turns < 100 && !(await row.isVisible()); turns++) {
    await page.locator('.sidebar .monaco-list').first().hover();
    await page.mouse.wheel(0, 200);
    await page.waitForTimeout(50);
  }
}

function chapterOf(id: string): Chapter {
  return JSON.parse(readFileSync(join(TUTORIAL, id, 'chapter.json'), 'utf8'));
}
