/** Every way to start a program, and to let it go on, in a real editor. */

import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ROOT } from '../workbench/prepare.mjs';
import { Editor, type Window } from './editor.ts';
import { pickRow, rowsWith } from './palette.ts';
import { SourceView } from './source-view.ts';
import { until } from './until.ts';

const PROGRAM = `import { joinAll, sleep, spawn } from 'greenlets';

function tick(name: string): void {
  for (let n = 0; n < 3; n++) {
    sleep(0);
    console.log(name, n);
  }
}

joinAll([spawn(tick, 'a'), spawn(tick, 'b')]);
console.log('over');
`;
const SHORT_PROGRAM = `import { joinAll, sleep, spawn } from 'greenlets';
const nap = () => sleep(0.001);
joinAll([spawn(nap)]);
`;
const OUTPUT = ['a 0', 'b 0', 'a 1', 'b 1', 'a 2', 'b 2', 'over'];

const editor = new Editor({ name: 'starting' });

describe('a program is started', () => {
  it('by its lens, and goes on by keys of our own', async () => {
    await using window = await opened({ 'program.ts': PROGRAM });
    const { workbench } = window;
    const { page } = workbench;
    await page.locator('.codelens-decoration a', { hasText: 'Debug with greenlets' }).click();
    await workbench.untilPausedAt(10);
    const source = new SourceView(page);
    const standing = async () => (await source.notes()).filter((note) => note.includes('→'));

    // main, a, b: each gives way for the first time; then a again, by the key for that.
    await workbench.press('Control+F10');
    await until(standing, ['10 → tick #2']);
    await workbench.untilPausedAt(5);
    await workbench.press('Control+Shift+F10');
    await until(standing, ['5 → tick #2']);
    assert.match((await workbench.consoleText()).join(), /^(a 0)?$/);
    await workbench.screenshot('starting-1-runs-again');

    // The other one alone, chosen in the Call Stack's menu.
    const stack = await workbench.pane('Call Stack');
    const other = stack.locator('.monaco-list-row', { hasText: /^tick #3/ }).first();
    await workbench.choose(other, 'Run This Greenlet Alone');
    await until(async () => (await workbench.consoleText()).includes('b 0'), true);
    await workbench.screenshot('starting-2-alone');

    await workbench.command('Greenlets: Run to the Next Switch');
    await workbench.untilPaused();
    await workbench.press('Shift+F5');
    await workbench.untilSessionEnds();
    await workbench.command('Greenlets: Show Log');
    // Its text is not looked at: the server from npm lacks the compiled module that writes logs.
    const channel = page.locator('.panel .monaco-select-box', { hasText: 'Greenlet Debugger' });
    await channel.first().waitFor();
    await workbench.screenshot('starting-3-log');
  });

  it('without the debugger, by Ctrl+F5', async () => {
    await using window = await opened({ 'program.ts': PROGRAM });
    const { workbench } = window;
    await workbench.focusEditor();
    await workbench.press('Control+F5');
    await workbench.untilConsole(OUTPUT);
    await workbench.untilSessionEnds();
    await workbench.screenshot('starting-4-run');
  });

  it('from the list of those that the workspace has', async () => {
    const other = { 'lib/other.js': SHORT_PROGRAM, 'lib/plain.ts': 'export {};\n' };
    await using window = await opened({ 'program.ts': PROGRAM, ...other });
    const { workbench } = window;
    const { page } = workbench;
    await workbench.command('Debug: Select and Start Debugging');
    await rowsWith(page, 'Greenlet Debugger');
    await pickRow(page, 'Greenlet Debugger');
    const rows = await rowsWith(page, 'Debug lib/other.js');
    assert(
      rows.some((row) => row.startsWith('Debug program.ts')),
      rows.join(),
    );
    assert(!rows.some((row) => row.includes('plain.ts')), rows.join());
    await workbench.screenshot('starting-5-list');
    await pickRow(page, 'Debug lib/other.js');
    await workbench.untilPausedAt(3);
    await workbench.press('F5');
    await workbench.untilPausedAt(2);
    await workbench.press('F5');
    await workbench.untilSessionEnds();
    // What the program has done after its last stop was counted, and stays.
    const source = new SourceView(page);
    await until(() => source.gutter(), ['2 switched', '3 switched']);
    await source.untilHover(2, 'sleep', /given way here 1× in this run: sleep 1/);
  });

  it('and says so where that takes long, until it is given up', async () => {
    const folder = editor.temporaryFolder();
    const runtimeExecutable = join(folder, 'slow-node');
    writeFileSync(runtimeExecutable, '#!/bin/sh\nsleep 60\n');
    chmodSync(runtimeExecutable, 0o755);
    const slow = { type: 'greenlet', request: 'launch', name: 'Slow', runtimeExecutable };
    const program = join(folder, 'program.ts');
    const launch = { version: '0.2.0', configurations: [{ ...slow, program }] };
    const files = { 'program.ts': PROGRAM, '.vscode/launch.json': JSON.stringify(launch) };
    await using window = await opened(files, folder);
    const { workbench } = window;
    const { page } = workbench;
    await workbench.untilConfigurationIsShown('Slow');
    await workbench.press('F5');
    const toast = page.locator('.notification-toast', { hasText: 'Slow: starting…' });
    await toast.waitFor();
    await workbench.screenshot('starting-7-slow');
    await toast.getByText('Cancel').click();
    await workbench.untilSessionEnds();
    await toast.waitFor({ state: 'hidden' });
  });

  it('by F5 as its launch.json says, where there is one', async () => {
    const launch = {
      version: '0.2.0',
      configurations: [
        {
          type: 'greenlet',
          request: 'launch',
          name: 'Mine',
          // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of the editor's.
          program: '${workspaceFolder}/other.ts',
        },
      ],
    };
    const files = { 'program.ts': PROGRAM, 'other.ts': "console.log('mine');\n" };
    const text = JSON.stringify(launch);
    await using window = await opened({ ...files, '.vscode/launch.json': text });
    const { workbench } = window;
    await workbench.untilConfigurationIsShown('Mine');
    await workbench.focusEditor();
    await workbench.press('F5');
    await workbench.untilConsole(['mine']);
  });
});

describe('a launch.json', () => {
  it('is completed: every attribute of both requests, and the snippets', async () => {
    const { debuggers } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).contributes;
    const { configurationAttributes, configurationSnippets } = debuggers[0];
    for (const request of ['launch', 'attach'] as const) {
      const text = `{\n  "configurations": [\n    { "type": "greenlet", "request": "${request}", \n \n }\n  ]\n}\n`;
      await using window = await opened({ '.vscode/launch.json': text, 'program.ts': PROGRAM });
      const { workbench } = window;
      const { page } = workbench;
      const row = (name: string) =>
        page.locator('.explorer-folders-view .monaco-list-row', { hasText: name });
      await row('.vscode').click();
      await row('launch.json').dblclick();
      await page.locator('.tab.active', { hasText: 'launch.json' }).waitFor();
      await goToLine(window, 4);
      const attributes = Object.keys(configurationAttributes[request].properties);
      const offered = await suggestions(window, attributes.sort()[0] ?? '');
      const missing = attributes.filter((each) => !offered.includes(each));
      assert.deepEqual(missing, [], `of ${request}: ${offered.join()}`);
      await workbench.screenshot(`starting-6-${request}-json`);
    }
    assert(configurationSnippets.length >= 3);
  });
});

async function opened(
  files: Record<string, string>,
  folder: string = editor.temporaryFolder(),
): Promise<Window> {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const window = await editor.open(folder);
  await window.workbench.openFile('program.ts');
  // The gutter is marked by the extension: it is active then.
  const source = new SourceView(window.workbench.page);
  await until(async () => (await source.gutter()).length > 0, true);
  return window;
}

async function goToLine({ workbench }: Window, line: number): Promise<void> {
  await workbench.untilCursorAt(line, async () => {
    await workbench.focusEditor();
    await workbench.press('Control+g');
    await workbench.page.keyboard.type(String(line));
    await workbench.press('Enter');
  });
}

/** What the editor offers where the cursor is, once one of it is there; the list shows a part of it at a time. */
async function suggestions({ workbench }: Window, one: string): Promise<string[]> {
  const { page } = workbench;
  const rows = page.locator('.suggest-widget .monaco-list-row');
  await until(async () => {
    if (await rows.filter({ hasText: one }).first().isVisible()) return true;
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+Space');
    await page.waitForTimeout(700);
    return rows.filter({ hasText: one }).first().isVisible();
  }, true);
  const found = new Set<string>();
  for (let page_ = 0; page_ < 6; page_++) {
    for (const row of await rows.locator('.label-name').allInnerTexts()) found.add(row.trim());
    await page.keyboard.press('PageDown');
    await page.waitForTimeout(150);
  }
  return [...found];
}
