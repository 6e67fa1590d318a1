/** The timeline in a real editor: of a session, and of a saved trace. */

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { savedOf } from '../../extension/model/timeline/trace-file.ts';
import { madeTrace } from '../support/made-trace.ts';
import { Editor } from './editor.ts';
import type { WorkbenchPage } from './workbench-page.ts';

const PROGRAM = `import { joinAll, sleep, spawn } from 'greenlets';
function worker() {
  for (let turn = 0; turn < 3; turn++) sleep(0);
}
joinAll([spawn(worker), spawn(worker)]);
`;

const editor = new Editor({ name: 'timeline' });

/** The page of the newest timeline. */
function timelineIn({ page }: WorkbenchPage) {
  return page.frameLocator('iframe.webview.ready').last().frameLocator('#active-frame');
}

test('a session has a timeline, which is live', async () => {
  const folder = editor.temporaryFolder();
  writeFileSync(join(folder, 'main.ts'), PROGRAM);
  await using window = await editor.open(folder);
  const { workbench } = window;
  await workbench.openFile('main.ts');
  await workbench.untilDebuggersAreKnown();
  await workbench.focusEditor();
  await workbench.press('F5');
  await workbench.untilPaused();
  await workbench.command('Greenlets: Open Timeline');
  const timeline = timelineIn(workbench);
  const status = timeline.locator('#status');
  await timeline.locator('canvas').waitFor();
  await status
    .filter({ hasText: 'main #1' })
    .or(status.filter({ hasText: 'switch' }))
    .first()
    .waitFor();
  await workbench.screenshot('timeline-of-session');
  await workbench.command('Debug: Continue');
  await timeline.locator('#details h2').filter({ hasText: 'worker #2' }).waitFor();
  await workbench.screenshot('timeline-live');
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
  await workbench.screenshot('timeline-of-file');
  await rows.filter({ hasText: 'bad.greenlets.json' }).dblclick();
  const problem = timelineIn(workbench).locator('[role="alert"]');
  await problem.waitFor();
  assert.match(await problem.innerText(), /This is JSON, but no trace of greenlets/);
});
