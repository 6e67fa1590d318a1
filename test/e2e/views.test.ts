/** The views: greenlets, waits, switch history, the status bar; and every action that they offer. */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ROOT } from '../workbench/prepare.mjs';
import { Editor, publish } from './editor.ts';
import { lineOf } from './line-of.ts';
import type { WorkbenchPage } from './workbench-page.ts';

const PROGRAMS = join(ROOT, 'test/e2e/programs');

const editor = new Editor({ name: 'views' });

describe('a deadlock', () => {
  it('is found by looking: explained in Waits, and a click leads to each end', async () => {
    await using window = await editor.open(editor.folderWith(join(PROGRAMS, 'deadlock.ts')));
    const { workbench } = window;
    await workbench.debug('deadlock.ts');
    const greenlets = await workbench.pane('Greenlets');
    // Without pauses at yields the next stop is the deadlock.
    await workbench.untilRows(greenlets, (rows) => rows.length === 4);
    await workbench.untilPaused();
    await toggleYields(workbench);
    await workbench.press('F5');
    const waits = await workbench.pane('Waits');
    for (const name of ['Variables', 'Watch', 'Call Stack', 'Breakpoints'])
      await workbench.fold(name);
    const at = (mark: string) => `deadlock.ts:${lineOf(join(PROGRAMS, 'deadlock.ts'), mark)}`;
    await workbench.untilRows(waits, (rows) => {
      const [cycle, first, second] = rows;
      return (
        cycle === 'Deadlock first #2 → second #3 → first #2' &&
        first ===
          `first #2 waits for right (Semaphore.acquire), held by second #3 — ${at('first waits')}` &&
        second ===
          `second #3 waits for left (Semaphore.acquire), held by first #2 — ${at('second waits')}`
      );
    });
    publish(await workbench.screenshot('views-deadlock'), 'deadlock.png');
    const status = workbench.page.locator('.statusbar-item[id*="greenlets.status"]');
    assert.match(await status.innerText(), /Deadlock: 4 waiting/);

    // The steps of the circle, then the owner of the first object.
    for (const [label, index, mark] of [
      ['second #3', 0, 'second waits'],
      ['first #2', 0, 'first waits'],
      ['second #3', 1, 'second waits'],
    ] as const) {
      const row = workbench.rows(waits, label).nth(index);
      await workbench.untilCursorAt(lineOf(join(PROGRAMS, 'deadlock.ts'), mark), () => row.click());
    }
    await workbench.untilRows(greenlets, (rows) =>
      rows.some((row) =>
        /^second #3 waiting: Semaphore.acquire \(left\), held by first #2/.test(row),
      ),
    );
    await workbench.screenshot('views-deadlock-clicked');
    await workbench.press('Shift+F5');
    await workbench.untilSessionEnds();
    await workbench.untilText(greenlets, 'has ended: this is its last state');
    await workbench.screenshot('views-last-state');
  });
});

describe('the actions of a greenlet', () => {
  it('lead to its lines and its stack, freeze and thaw it, kill it, let it run next, copy it', async () => {
    await using window = await editor.open(editor.folderWith(join(PROGRAMS, 'workers.ts')));
    const { workbench } = window;
    await workbench.debug('workers.ts');
    const greenlets = await workbench.pane('Greenlets');
    const program = 'workers.ts';
    await workbench.untilPaused();
    for (const name of ['Variables', 'Watch', 'Breakpoints']) await workbench.fold(name);
    // Five identical consumers are one row, which opens.
    await workbench.untilRows(
      greenlets,
      (rows) => rows[1]?.startsWith('consumer ×5 ready') ?? false,
    );
    await workbench.screenshot('views-merged');
    await workbench.press('F5');
    await workbench.untilRows(greenlets, (rows) =>
      rows.some((row) => /^consumer #2 running/.test(row)),
    );
    await workbench.untilRows(greenlets, (rows) =>
      rows.some((row) => /^consumer ×4 ready/.test(row)),
    );

    // Freeze and thaw, by the icons of the row.
    await workbench.onRowIcon(greenlets, 'producer #7', 'Freeze Greenlet');
    await workbench.untilRows(greenlets, (rows) =>
      rows.some((row) => row.startsWith('producer #7 frozen, ready')),
    );
    await workbench.screenshot('views-frozen');
    await workbench.onRowIcon(greenlets, 'producer #7', 'Thaw Greenlet');
    await workbench.untilRows(greenlets, (rows) =>
      rows.some((row) => row.startsWith('producer #7 ready')),
    );

    // Run next.
    await workbench.onRowIcon(greenlets, 'producer #7', 'Run Next');
    await workbench.untilStatus('producer #7 runs next.');
    await workbench.press('F5');
    await workbench.untilRows(greenlets, (rows) =>
      rows.some((row) => /^producer #7 running/.test(row)),
    );
    await workbench.untilPausedAt(lineOf(join(PROGRAMS, program), 'producer yields'));

    // Its places.
    await workbench.onRow(greenlets, 'main #1', 'Go to Line');
    await workbench.untilCursorAt(lineOf(join(PROGRAMS, program), 'joinAll(others)'));
    await workbench.onRow(greenlets, 'consumer #2', 'Go to Spawn Site');
    await workbench.untilCursorAt(lineOf(join(PROGRAMS, program), 'spawned'));
    await workbench.onRow(greenlets, 'consumer #2', 'Focus in Call Stack');
    await workbench.untilCursorAt(lineOf(join(PROGRAMS, program), 'consumer waits'));
    await workbench.screenshot('views-call-stack');

    // Copies.
    await workbench.onRow(greenlets, 'consumer #2', 'Copy as Text');
    await workbench.untilClipboard(
      /^consumer #2: waiting: Queue\.get \(jobs\)\n {4}at consumer \(.*workers\.ts:8:\d+\)\n {4}spawned by main #1 at/,
    );
    await workbench.command('Copy All Greenlets as Text');
    await workbench.untilClipboard(/^main #1 .*\n {2}consumer #2 /);

    // Kill.
    await workbench.onRowIcon(greenlets, 'consumer #2', 'Kill Greenlet');
    await workbench.untilStatus('consumer #2 dies when the program goes on.');
    await toggleYields(workbench);
    await workbench.press('F5');
    // The next stop is the uncaught error.
    await workbench.untilPausedAt(lineOf(join(PROGRAMS, program), 'throw'));
    await workbench.press('F5');
    await workbench.untilSessionEnds();
    await workbench.untilRows(
      greenlets,
      (rows) =>
        rows.some((row) => row.startsWith('consumer #2 killed')) &&
        rows.some((row) => /^producer #7 finished: 'all sent'/.test(row)) &&
        rows.some((row) => /^failing #8 failed: RangeError: too far/.test(row)) &&
        rows.some((row) => /^consumer ×3 waiting: Queue\.get \(jobs\)/.test(row)),
    );
    await workbench.screenshot('views-killed');

    for (const name of ['Run', 'Breakpoints']) await workbench.fold(name);

    // The last state can be searched, grouped and filtered.
    await workbench.command('Group Greenlets By');
    await workbench.answer('State');
    await workbench.untilRows(greenlets, (rows) => /^waiting 4 waiting/.test(rows[0] ?? ''));
    await workbench.screenshot('views-by-state');
    await workbench.command('Group Greenlets By');
    await workbench.answer('What they wait for');
    await workbench.untilRows(greenlets, (rows) =>
      rows.some((row) => /^Queue\.get \(jobs\) 4/.test(row)),
    );
    await workbench.command('Group Greenlets By');
    await workbench.answer('Function');
    await workbench.untilRows(greenlets, (rows) => rows.some((row) => /^consumer 5/.test(row)));
    await workbench.command('Group Greenlets By');
    await workbench.answer('Who spawned them');
    await workbench.command('Search Greenlets');
    await workbench.answer('too far');
    await workbench.untilRows(
      greenlets,
      (rows) => rows.length === 2 && /^failing/.test(rows[1] ?? ''),
    );
    await workbench.screenshot('views-searched');
    await workbench.command('Clear Filter of Greenlets');
    await workbench.command('Hide Greenlets That Have Ended');
    await workbench.untilRows(greenlets, (rows) =>
      rows.every((row) => !/failing|producer/.test(row)),
    );
    await workbench.command('Show Greenlets That Have Ended');
    await workbench.command('Show the Hub and Internal Greenlets');
    await workbench.untilRows(
      greenlets,
      (rows) => /^hub 0 ready/.test(rows[0] ?? '') && rows.some((row) => /^map #/.test(row)),
    );
    await workbench.screenshot('views-internal');
    await workbench.command('Hide the Hub and Internal Greenlets');

    // The history of the whole run is there, in pages.
    const history = await workbench.panelView('Switch History');
    const rows = await workbench.untilRows(history, (each) =>
      /^#\d+ main #1 → hub exit/.test(each[0] ?? ''),
    );
    assert(
      rows.every((row) => /^#\d+ .+ → .+ [\w.]+( · |$)/.test(row)),
      rows.join('\n'),
    );
    await workbench.screenshot('views-history');
    await workbench.command('Show Only Switches for a Reason');
    await workbench.answer('kill');
    await workbench.untilRows(
      history,
      (each) => each.length === 1 && /^#\d+ consumer #2 → .* kill/.test(each[0] ?? ''),
    );
    await workbench.command('Clear Filter of Switch History');
    await workbench.onRow(greenlets, 'failing #8', 'Show Only Switches of This Greenlet');
    await workbench.untilRows(
      history,
      (each) => each.length === 2 && each.every((row) => row.includes('failing #8')),
    );
    const row = workbench.rows(history, '→ failing #8');
    await row.click();
    // Both greenlets of the switch stand out in the tree.
    await workbench.untilMarked(greenlets, 2);
    await workbench.screenshot('views-history-filtered');
    await workbench.command('Clear Filter of Switch History');
    const block = workbench.rows(history, /^#\d+ … #1$/);
    await workbench.scrollTo(history, block);
    await block.click();
    await workbench.scrollTo(history, workbench.rows(history, /^#1 /));
    await workbench.screenshot('views-history-paged');
  });
});

describe('ten thousand greenlets', () => {
  it('are one row, and one object with that many waiters', async () => {
    await using window = await editor.open(editor.folderWith(join(PROGRAMS, 'many.ts')));
    const { workbench } = window;
    await workbench.debug('many.ts');
    const greenlets = await workbench.pane('Greenlets');
    await workbench.untilPaused();
    await workbench.untilRows(
      greenlets,
      (rows) => rows.length === 2 && rows[1]?.startsWith('worker ×10000 ready') === true,
    );
    // A Call Stack that is still growing moves the Breakpoints away from under the pointer.
    for (const name of ['Variables', 'Watch', 'Call Stack']) await workbench.fold(name);
    await toggleYields(workbench);
    await workbench.fold('Breakpoints');
    const begin = Date.now();
    await workbench.press('F5');
    await workbench.untilRows(greenlets, (rows) =>
      rows.some((row) => /^worker ×10000 waiting: Event\.wait \(go\)/.test(row)),
    );
    console.log(`${Date.now() - begin} ms from the key to the changed rows`);
    // It opens, in blocks.
    await workbench.rows(greenlets, 'worker ×10000').click();
    await workbench.untilRows(greenlets, (rows) => rows.includes('#100 … #199 100 waiting'));
    await workbench.screenshot('views-many');
    await workbench.command('Focus on Waits View');
    const waits = await workbench.pane('Waits');
    await workbench.untilRows(waits, (rows) => rows.includes('go Event · 10000 waiters'));
    await workbench.press('Shift+F5');
    await workbench.untilSessionEnds();
  });
});

/** Unchecks what is checked by default in the Breakpoints view: the pause at every yield. */
async function toggleYields(workbench: WorkbenchPage): Promise<void> {
  const header = workbench.page.locator('.pane-header[aria-label^="Breakpoints"]');
  if ((await header.getAttribute('aria-expanded')) !== 'true') await header.click();
  const box = workbench.page
    .locator('.debug-breakpoints .monaco-list-row', { hasText: 'Yield' })
    .locator('input[type="checkbox"], .monaco-checkbox')
    .first();
  await box.click();
  await box.and(workbench.page.locator(':not(:checked):not([aria-checked="true"])')).waitFor();
}
