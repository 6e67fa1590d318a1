/** The tutorial as its reader meets it: from a fresh profile to the first pause, through chapters, and to a solved exercise. */

import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Locator } from 'playwright-core';
import type { Chapter } from '../../extension/model/chapter.ts';
import { ROOT } from '../workbench/prepare.mjs';
import { Editor, publish } from './editor.ts';
import { GuideFrame } from './guide-frame.ts';
import type { WorkbenchPage } from './workbench-page.ts';

const TUTORIAL = join(ROOT, 'media/tutorial');
const FIRST = '01-context-switch';

const editor = new Editor({
  name: 'tutorial',
  // What a fresh profile has.
  settings: { 'workbench.startupEditor': 'welcomePage' },
});

/** An empty folder of the reader's. */
function emptyFolder(): string {
  const folder = editor.temporaryFolder();
  mkdirSync(join(folder, 'empty'));
  return folder;
}

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
    await click(page.locator('.getting-started-category-descriptor, .prev-button').first());
    await click(page.locator('.getting-started-category', { hasText: 'Learn Greenlets' }));
    const debug = page.locator(
      '.getting-started-step .monaco-button, .step-description-container .monaco-button',
      {
        hasText: 'Debug the First Program',
      },
    );
    await debug.first().waitFor();
    await workbench.screenshot('tutorial-walkthrough');
    await click(debug.first());
    await workbench.untilPaused();
    assert.equal(clicks, 3);
    await workbench.untilPausedAt(lineOf(FIRST, 'joinAll(['));
    const guide = new GuideFrame(page);
    await guide.untilChapter(FIRST);
    await guide.until(
      () => guide.now(),
      (now) => now.startsWith('main is about to wait in joinAll'),
    );
    assert.deepEqual(await guide.happened(), [
      'main spawned foo and bar. They are in the queue: spawn does not run anything yet.',
    ]);
    await workbench.screenshot('tutorial-first-pause');
    await workbench.press('Shift+F5');
    await workbench.untilSessionEnds();
  });
});

/** The number of the first line of a program that contains a text. */
function lineOf(id: string, text: string): number {
  const lines = readFileSync(join(TUTORIAL, id, 'en/program.ts'), 'utf8').split('\n');
  const at = lines.findIndex((line) => line.includes(text));
  assert(at >= 0, `${id} has no line with ${text}.`);
  return at + 1;
}
