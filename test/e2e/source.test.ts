/** The marks in the source, in a real editor and in a folder where nothing is installed. */

import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Editor, publish } from './editor.ts';
import { SourceView } from './source-view.ts';
import { until } from './until.ts';

const PROGRAM = `import { joinAll, sleep, spawn } from 'greenlets';
import { Queue } from 'greenlets/queue';

const jobs = new Queue<string>(2);

function worker(name: string, count: number): string {
  let last = '';
  for (let n = 0; n < count; n++) {
    last = jobs.get();
    rest(n);
  }
  return name + last;
}

function rest(n: number): void {
  sleep(n / 100);
}

function boss(report: (text: string) => void): void {
  for (const job of ['a', 'b', 'c', 'd']) jobs.put(job);
  report('done');
}

joinAll([spawn(worker, 'x', 2), spawn(worker, 'y', 2), spawn(boss, console.log)]);
`;

const WITH_MISTAKES = `import { sleep, spawn } from 'greenlets';
import { Queue } from 'greenlets/queue';
import { Nothing } from 'greenlets/no-such-entry';

const jobs = new Queue<string>(2);
const wrong: number = jobs.get();
sleep('soon');
spawn((n: number) => n, 1);
`;

const editor = new Editor({ name: 'source' });

describe('marks in the source', () => {
  it('are there before anything runs: calls that may switch, why, and the lenses', async () => {
    await using window = await editor.open(folderWith({ 'program.ts': PROGRAM }));
    const { workbench } = window;
    await workbench.openFile('program.ts');
    const source = new SourceView(workbench.page);
    await until(
      () => source.gutter(),
      ['9 yields', '10 yields', '16 yields', '20 yields', '21 unknown', '24 yields'],
    );
    const lenses = workbench.page.locator('.editor-instance .codelens-decoration');
    await until(
      async () =>
        (await lenses.first().innerText()).replace(/\s+/g, ' ').replace(' | ', '|').trim(),
      'Run with greenlets|Debug with greenlets',
    );
    await source.untilHover(10, 'rest(', /rest may switch: it leads to sleep in line 16\./);
    await workbench.screenshot('source-1-before');
    await source.untilHover(9, 'get(', /Queue\.get may switch/);
    await source.untilHover(21, 'report(', /depends on what it is when it is called/);
  });

  it('follow the program: who is where, who came next, what the variables are, what has switched', async () => {
    await using window = await editor.open(folderWith({ 'program.ts': PROGRAM }));
    const { workbench } = window;
    await workbench.openFile('program.ts');
    await workbench.untilDebuggersAreKnown();
    await workbench.focusEditor();
    const source = new SourceView(workbench.page);
    await until(async () => (await source.gutter()).length, 6);
    await workbench.press('F5');
    await until(() => source.notes(), ['24 ◂ main #1']);
    // Both workers wait for jobs; the boss has put two and waits for room.
    for (const [line, notes] of [
      [9, ['24 ◂ main #1', '24 → worker #2']],
      [9, ['9 ◂ worker #2, worker #3', '9 → worker #3']],
      [20, ['9 ◂ worker #2, worker #3', '9 → boss #4', '20 ◂ boss #4']],
    ] as const) {
      await workbench.press('F5');
      await workbench.untilPausedAt(line);
      await until(async () => {
        const shown = await source.notes();
        return notes.every((note) => shown.includes(note));
      }, true);
    }
    await until(
      async () => (await source.notes()).filter((note) => note.includes('job = ')),
      ['20 job = "c"'],
    );
    await until(
      async () => (await source.gutter()).filter((mark) => mark.includes('switched')),
      ['9 switched', '24 switched'],
    );
    publish(await workbench.screenshot('source-2-paused'), 'source.png');
    await source.untilHover(9, 'get(', /given way here 2× in this run: Queue\.get 2/);

    // Another greenlet is looked at: its values come, the other's go.
    const greenlets = await workbench.pane('Greenlets');
    await greenlets.locator('.monaco-list-row', { hasText: /^worker #3/ }).click();
    await until(
      async () => (await source.notes()).filter((note) => / = /.test(note)),
      ['6 name = "y", count = 2', '7 last = ""', '8 n = 0, count = 2', '9 last = ""'],
    );
    await workbench.screenshot('source-3-other-greenlet');

    await workbench.press('Shift+F5');
    await workbench.untilSessionEnds();
    await until(() => source.notes(), []);
  });

  it('can each be switched off', async () => {
    const folder = folderWith({ 'program.ts': PROGRAM });
    await using window = await editor.open(folder);
    const { workbench } = window;
    await workbench.openFile('program.ts');
    const source = new SourceView(workbench.page);
    const lenses = workbench.page.locator('.editor-instance .codelens-decoration');
    await until(async () => (await source.gutter()).length, 6);
    await until(() => lenses.count(), 1);
    setSettings(folder, { 'greenlets.source.yieldMarks': 'known' });
    await until(async () => (await source.gutter()).includes('21 unknown'), false);
    const off = {
      'greenlets.source.yieldMarks': 'off',
      'greenlets.source.codeLens': false,
      'greenlets.source.greenletLines': false,
      'greenlets.source.lastSwitch': false,
      'greenlets.source.inlineValues': false,
    };
    setSettings(folder, off);
    await until(() => source.gutter(), []);
    await until(() => lenses.count(), 0);
    await workbench.untilDebuggersAreKnown();
    await workbench.focusEditor();
    await workbench.press('F5');
    await workbench.untilPausedAt(24);
    await workbench.press('F5');
    await workbench.untilPausedAt(9);
    assert.deepEqual(await source.notes(), []);
    await workbench.screenshot('source-4-off');
    setSettings(folder, { ...off, 'greenlets.source.lastSwitch': true });
    await until(async () => (await source.notes()).length, 1);
    await workbench.press('Shift+F5');
    await workbench.untilSessionEnds();
  });

  it('know the types of the package where nothing is installed', async () => {
    const files = { 'program.ts': PROGRAM, 'mistakes.ts': WITH_MISTAKES };
    await using window = await editor.open(folderWith(files));
    const { workbench } = window;
    await workbench.openFile('mistakes.ts');
    const source = new SourceView(workbench.page);
    await until(() => source.errors(), [3, 6, 7]);
    await source.untilHover(5, 'Queue<', /Queue<string>/);
    await workbench.screenshot('source-5-types');
    await workbench.openFile('program.ts');
    await source.untilHover(4, 'jobs', /const jobs: Queue<string>/);
    assert.deepEqual(await source.errors(), []);
  });
});

function folderWith(files: Record<string, string>): string {
  const folder = editor.temporaryFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

function setSettings(folder: string, settings: object): void {
  mkdirSync(join(folder, '.vscode'), { recursive: true });
  writeFileSync(join(folder, '.vscode/settings.json'), JSON.stringify(settings));
}
