/** The first program, debugged as its user would, in a real VS Code with the packaged extension. */

import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ROOT } from '../workbench/prepare.mjs';
import { Editor, publish } from './editor.ts';
import { lineOf } from './line-of.ts';

const chapter = (name: string) => join(ROOT, 'media/tutorial', name, 'en');
const FIRST = chapter('01-context-switch');
const PROGRAM = 'program.ts';

const editor = new Editor({ name: 'sessions' });

describe('the first tutorial program in the editor', () => {
  it('pauses at every yield, and every view tells the same story', async () => {
    await using window = await editor.open(FIRST);
    const { workbench } = window;
    await workbench.debug(PROGRAM, 200);

    const greenlets = await workbench.pane('Greenlets');
    const at = (text: string, after?: string) =>
      `${PROGRAM}:${lineOf(join(FIRST, PROGRAM), text, after)}`;
    const main = at('joinAll([');
    const foo = at('sleep(0)', 'function foo');
    const bar = at('sleep(0)', 'function bar');
    const joining = /^main #1 waiting: joinAll \(foo #2, bar #3\) — /;

    // main in joinAll
    await workbench.untilRows(greenlets, (rows) => rows.length === 3 && ends(rows[0], main));
    await workbench.untilPausedAt(lineOf(join(FIRST, PROGRAM), 'joinAll(['));
    assert.deepEqual(await workbench.consoleText(), []);
    await workbench.screenshot('1-main-in-join-all');

    // foo in sleep(0)
    await workbench.press('F5');
    await workbench.untilRows(
      greenlets,
      (rows) => joining.test(rows[0] ?? '') && ends(rows[0], main) && ends(rows[1], foo),
    );
    await workbench.untilPausedAt(lineOf(join(FIRST, PROGRAM), 'sleep(0)', 'function foo'));
    await workbench.untilConsole(['Running in foo']);
    const history = await workbench.panelView('Switch History');
    const isSwitch = (row: string | undefined, text: string, place: string) =>
      row?.startsWith(`${text} · `) && row.endsWith(` · ${place}`);
    await workbench.untilRows(history, (rows) =>
      rows.some((row) => isSwitch(row, '#1 main #1 → foo #2 joinAll', main)),
    );
    await workbench.screenshot('2-foo-in-sleep');

    // bar in sleep(0)
    await workbench.press('F5');
    await workbench.untilRows(
      greenlets,
      (rows) =>
        ends(rows[0], main) &&
        /^foo #2 (waiting|ready)/.test(rows[1] ?? '') &&
        ends(rows[1], foo) &&
        ends(rows[2], bar),
    );
    await workbench.untilPausedAt(lineOf(join(FIRST, PROGRAM), 'sleep(0)', 'function bar'));
    await workbench.untilRows(history, (rows) => {
      const first = rows.findIndex((row) => isSwitch(row, '#2 foo #2 → bar #3 sleep', foo));
      return first >= 0 && isSwitch(rows[first + 1], '#1 main #1 → foo #2 joinAll', main) === true;
    });
    const picture = await workbench.screenshot('3-bar-in-sleep');
    publish(picture, 'paused-at-yield.png');

    // A click on a row shows where its greenlet stands.
    const row = greenlets.locator('.monaco-list-row', { hasText: 'main #1' });
    await workbench.untilCursorAt(lineOf(join(FIRST, PROGRAM), 'joinAll(['), () => row.click());

    // No more yields: the program ends, and so does the session.
    await workbench.press('F5');
    await workbench.untilSessionEnds();
    await workbench.panelTab('Debug Console');
    await workbench.untilConsole([
      'Running in foo',
      'Explicit context to bar',
      'Explicit context switch to foo again',
      'Implicit context switch back to bar',
    ]);
    await workbench.screenshot('4-ended');
  });

  it('shows the switches of a longer program', async () => {
    await using window = await editor.open(chapter('02-select'));
    const { workbench } = window;
    await workbench.debug(PROGRAM, 200);
    const greenlets = await workbench.pane('Greenlets');
    await workbench.untilRows(greenlets, (rows) => rows.length === 4);
    await workbench.untilPaused();
    const history = await workbench.panelView('Switch History');
    for (const place of [
      /^#1 main #1 → gr1 #2 joinAll · .+ · program\.ts:\d+$/,
      /^#2 gr1 #2 → gr2 #3 select · .+ · program\.ts:\d+$/,
      /^#3 gr2 #3 → gr3 #4 select · .+ · program\.ts:\d+$/,
    ]) {
      await workbench.press('F5');
      await workbench.untilRows(history, (rows) => place.test(rows[0] ?? ''));
      await workbench.untilPaused();
    }
    await workbench.untilRows(greenlets, (rows) => rows[3]?.startsWith('gr3 #4 running') ?? false);
    await workbench.screenshot('5-select');
    await workbench.press('Shift+F5');
    await workbench.untilSessionEnds();
  });

  it('shows many greenlets, in one history', async () => {
    await using window = await editor.open(chapter('03-tasks'));
    const { workbench } = window;
    await workbench.debug(PROGRAM, 200);
    const greenlets = await workbench.pane('Greenlets');
    for (const name of ['Watch', 'Breakpoints']) await workbench.fold(name);
    // The synchronous half may yield less than nine times: a sleep(0) of the only greenlet does not switch.
    await workbench.untilPaused();
    const history = await workbench.panelView('Switch History');
    for (let stops = 1; ; stops++) {
      const rows = await workbench.untilRows(greenlets, (each) => each.length > 0);
      if (rows.some((row) => row.startsWith('task #11 running'))) break;
      assert(stops < 40, `task #11 does not come to its turn: ${rows.join(', ')}`);
      await workbench.continueToNextStop();
    }
    const isSwitch = /^#\d+ task #\d+ → task #\d+ sleep · .+ · program\.ts:5$/;
    await workbench.untilRows(history, (rows) => rows.some((row) => isSwitch.test(row)));
    const variables = await workbench.pane('Variables');
    await workbench.untilRows(variables, (rows) => rows.some((row) => /^pid\b.*\b9$/.test(row)));
    assert.deepEqual(await workbench.notifications(), []);
    await workbench.screenshot('6-tasks');
    await workbench.press('Shift+F5');
    await workbench.untilSessionEnds();
  });
});

describe('what cannot be debugged', () => {
  it('is explained: a program that does not exist', async () => {
    const folder = editor.temporaryFolder();
    writeFileSync(join(folder, 'open.ts'), 'export {};\n');
    mkdirSync(join(folder, '.vscode'));
    const program = join(folder, 'missing.ts');
    const configuration = { type: 'greenlet', request: 'launch', name: 'missing', program };
    const launch = { version: '0.2.0', configurations: [configuration] };
    writeFileSync(join(folder, '.vscode/launch.json'), JSON.stringify(launch));
    await using window = await editor.open(folder);
    const { workbench } = window;
    await workbench.openFile('open.ts');
    await workbench.untilConfigurationIsShown('missing');
    await workbench.press('F5');
    assert.match(await workbench.dialogText(), /missing\.ts/);
    await workbench.screenshot('7-missing-program');
    await workbench.press('Escape');
    await workbench.untilSessionEnds();
  });
});

function ends(row: string | undefined, place: string): boolean {
  return row?.includes(`— ${place} · `) ?? false;
}
