/** The timeline in a real editor: of a session, and of a saved trace. */

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { savedOf } from '../../extension/model/timeline/trace-file.ts';
import { madeTrace } from '../support/made-trace.ts';
import { Editor, publish } from './editor.ts';
import { until } from './until.ts';
import type { WorkbenchPage } from './workbench-page.ts';

const PROGRAM = `import { joinAll, sleep, spawn } from 'greenlets';
function foo() {
  for (let turn = 0; turn < 3; turn++) sleep(0);
}
function bar() {
  for (let turn = 0; turn < 3; turn++) sleep(0);
}
joinAll([spawn(foo), spawn(bar)]);
`;

/** What the timeline is saved as, what the files are called, and how they begin. */
const SAVED = [
  ['svg', 'timeline.svg', /^<svg /],
  ['png', 'timeline.png', /^\x89PNG/],
  ['json', 'timeline.greenlets.json', /^\{"/],
  ['chrome', 'timeline.perfetto.json', /^\{"displayTimeUnit"/],
  ['csv', 'timeline.csv', /^\w+,/],
] as const;

const editor = new Editor({ name: 'timeline' });

/** The page of the newest timeline. */
function timelineIn({ page }: WorkbenchPage) {
  return page.frameLocator('iframe.webview.ready').last().frameLocator('#active-frame');
}

test('a session has a timeline: selected both ways, live, saved, and there again after a reload', async () => {
  const folder = editor.temporaryFolder();
  writeFileSync(join(folder, 'main.ts'), PROGRAM);
  await using window = await editor.open(folder);
  const { workbench } = window;
  await workbench.debug('main.ts');
  const greenlets = await workbench.pane('Greenlets');
  await workbench.untilPaused();
  await workbench.untilRows(greenlets, (rows) => rows.length === 3);
  for (const name of ['Variables', 'Watch', 'Breakpoints']) await workbench.fold(name);

  // From the tree: its menu opens the timeline there, and a click on another row leads on.
  await workbench.onRow(greenlets, 'bar #3', 'Show in Timeline');
  const timeline = timelineIn(workbench);
  const looksAt = (name: string) =>
    timeline.locator('#details h2').filter({ hasText: name }).waitFor();
  await looksAt('bar #3');
  await workbench.rows(greenlets, 'foo #2').first().click();
  await looksAt('foo #2');
  await workbench.screenshot('timeline-of-session');

  // It grows with the program.
  const rows = timeline.locator('#details table tbody tr');
  const before = await rows.count();
  for (const next of ['foo #2', 'bar #3', 'foo #2']) {
    await workbench.command('Debug: Continue');
    await workbench.untilRows(greenlets, (each) =>
      each.some((row) => row.startsWith(`${next} running`)),
    );
  }
  await until(async () => (await rows.count()) > before, true);
  await workbench.screenshot('timeline-live');

  // Into the tree and the source: the lanes are those of the hub, main, foo and bar.
  const canvas = timeline.locator('canvas');
  const box = await canvas.boundingBox();
  assert(box !== null);
  await canvas.click({ position: { x: box.width / 2, y: 24 + 3 * 22 + 10 } });
  await looksAt('bar #3');
  await workbench.untilMarked(greenlets, 1);
  const selected = greenlets.locator('.monaco-list-row.selected');
  await selected.filter({ hasText: 'bar #3' }).waitFor();
  await workbench.page.locator('.monaco-editor .view-line', { hasText: 'bar' }).first().waitFor();

  // All that it can be saved as.
  for (const [format, name, begins] of SAVED) {
    await timeline.locator('#export').selectOption(format);
    const path = join(folder, name);
    const box = workbench.page.locator('.quick-input-widget .quick-input-box input');
    await until(async () => (await box.isVisible()) && (await box.inputValue()), path);
    await workbench.press('Enter');
    await until(
      async () => existsSync(path) && statSync(path).size > 0,
      true,
      () => name,
    );
    assert.match(readFileSync(path, 'latin1'), begins, name);
  }
  await workbench.press('Shift+F5');
  await workbench.untilSessionEnds();
  // The rows are kept when nothing has changed for two seconds.
  await workbench.page.waitForTimeout(4000);

  await workbench.page.reload();
  await workbench.page.locator('.monaco-workbench').waitFor();
  await looksAt('bar #3');
  await timeline.locator('#status').filter({ hasText: '3 greenlets' }).waitFor();
  await workbench.screenshot('timeline-reloaded');
});

test('it is Chinese where the editor is, and has the colors of a high contrast theme', async () => {
  const folder = editor.temporaryFolder();
  writeFileSync(join(folder, 'run.greenlets.json'), JSON.stringify(savedOf(madeTrace(60, 4))));
  mkdirSync(join(folder, '.vscode'));
  const settings = { 'workbench.colorTheme': 'Default High Contrast' };
  writeFileSync(join(folder, '.vscode/settings.json'), JSON.stringify(settings));
  await using window = await editor.open(folder, 'zh-cn');
  const { workbench } = window;
  await workbench.page.locator('.monaco-workbench.hc-black').waitFor();
  await workbench.untilDebuggersAreKnown();
  await workbench.press('Control+Shift+E');
  const file = workbench.page.locator('.explorer-folders-view .monaco-list-row');
  await file.filter({ hasText: 'run.greenlets.json' }).dblclick();
  const timeline = timelineIn(workbench);
  await timeline.locator('#legend').filter({ hasText: '就绪' }).waitFor();
  await timeline.locator('#status').filter({ hasText: '60 次切换' }).waitFor();
  await workbench.screenshot('timeline-chinese');
});

test('a saved trace opens without a program; a damaged one says what is wrong', async () => {
  const folder = editor.temporaryFolder();
  const text = JSON.stringify(savedOf(madeTrace(200, 4)));
  writeFileSync(join(folder, 'run.greenlets.json'), text);
  writeFileSync(join(folder, 'bad.greenlets.json'), '{"traceEvents": []}');
  await using window = await editor.open(folder);
  const { workbench } = window;
  // Before the extension is known, the file opens as text.
  await workbench.untilDebuggersAreKnown();
  await workbench.press('Control+Shift+E');
  const rows = workbench.page.locator('.explorer-folders-view .monaco-list-row');
  await rows.filter({ hasText: 'run.greenlets.json' }).dblclick();
  const timeline = timelineIn(workbench);
  await timeline.locator('#status').filter({ hasText: '200 switches, 5 greenlets' }).waitFor();
  await timeline.locator('canvas').click({ position: { x: 300, y: 80 } });
  await timeline.locator('#details h2').filter({ hasText: 'worker #2' }).waitFor();
  publish(await workbench.screenshot('timeline-of-file'), 'timeline.png');
  await rows.filter({ hasText: 'bad.greenlets.json' }).dblclick();
  const problem = timelineIn(workbench).locator('[role="alert"]');
  await problem.waitFor();
  assert.match(await problem.innerText(), /This is JSON, but no trace of greenlets/);
});
