/** The timeline's page in Chromium, without an editor: clicked, zoomed, used by keyboard, exported, in high contrast. */

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { madeTrace } from '../support/made-trace.ts';
import { launchBrowser, SCREENSHOTS } from './browser.mjs';
import { openTimelinePage, tell, toldOf } from './timeline-harness.mjs';

let browser: Browser;

before(async () => {
  mkdirSync(SCREENSHOTS, { recursive: true });
  browser = await launchBrowser();
});

after(() => browser?.close());

async function open(switches: number, workers: number, locale?: string): Promise<Page> {
  const page = await openTimelinePage(browser, locale);
  for (const chunk of madeTrace(switches, workers).chunks(100_000)) {
    const isLast = chunk.first + chunk.times.length > switches;
    await tell(page, { kind: 'rows', chunk, isLast });
  }
  await frame(page);
  return page;
}

/** The picture is drawn in the next frame. */
async function frame(page: Page): Promise<void> {
  await page.evaluate(
    'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))',
  );
}

async function lastState(page: Page) {
  return (await toldOf(page, 'state')).at(-1)?.state;
}

async function exported(page: Page, format: string) {
  await page.selectOption('#export', format);
  await frame(page);
  await page.waitForFunction(`window.told.some((each) => each.kind === 'save')`);
  return (await toldOf(page, 'save')).at(-1);
}

test('a click selects a greenlet and shows the source; the details tell how long it ran', async () => {
  const page = await open(60, 4);
  await page.screenshot({ path: join(SCREENSHOTS, 'timeline-page.png') });
  const box = await page.locator('canvas').boundingBox();
  assert(box !== null);
  // The third lane: hub, main, worker #2.
  await page.mouse.click(box.x + 400, box.y + 24 + 2 * 22 + 10);
  const [selected] = await toldOf(page, 'select');
  assert.equal(selected.greenlet, 2);
  assert.deepEqual([selected.place?.path, selected.place?.line], ['/p/main.ts', 4]);
  assert.match(await page.locator('#details h2').innerText(), /^worker #2$/);
  assert.match(
    await page.locator('#details section').first().innerText(),
    /^Run times\n+\d+ times, /,
  );
  assert((await page.locator('#details table tbody tr').count()) > 5);
  assert.equal(await page.locator('tr[aria-current="true"]').count(), 1);
  await page.screenshot({ path: join(SCREENSHOTS, 'timeline-clicked.png') });
  await page.close();
});

test('wheel, drag and keys move the picture', async () => {
  const page = await open(1000, 4);
  await toldOf(page, 'state');
  const box = await page.locator('canvas').boundingBox();
  assert(box !== null);
  await page.mouse.move(box.x + 500, box.y + 100);
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -600);
  await page.keyboard.up('Control');
  await frame(page);
  const near = (await lastState(page)).view;
  assert(near.to - near.from < 400, JSON.stringify(near));
  await page.mouse.down();
  await page.mouse.move(box.x + 400, box.y + 100, { steps: 4 });
  await page.mouse.up();
  const moved = (await lastState(page)).view;
  assert(moved.from > near.from);
  assert.deepEqual(await toldOf(page, 'select'), [], 'a drag is no click');
  await page.locator('canvas').focus();
  await page.keyboard.press('+');
  const nearer = (await lastState(page)).view;
  assert(nearer.to - nearer.from < moved.to - moved.from);
  await page.screenshot({ path: join(SCREENSHOTS, 'timeline-zoomed.png') });
  await page.keyboard.press('0');
  assert.equal((await lastState(page)).view, null);
  await page.close();
});

test('the keyboard goes from lane to lane and from state to state, and says where it is', async () => {
  const page = await open(60, 4);
  await page.locator('canvas').focus();
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'Home', 'ArrowRight', 'ArrowRight'])
    await page.keyboard.press(key);
  const said = await page.locator('#status').innerText();
  assert.match(said, /^worker #2: /);
  assert.match(said, /after switch \d+/);
  assert(
    (await toldOf(page, 'select')).every((each) => each.place === null),
    'looking is not going',
  );
  await page.keyboard.press('Enter');
  const [chosen] = await toldOf(page, 'select');
  assert.equal(chosen.place.path, '/p/main.ts');
  await page.close();
});

test('the axis can be a time', async () => {
  const page = await open(60, 4);
  await page.selectOption('#axis', 'wall');
  await frame(page);
  const state = await lastState(page);
  assert.equal(state.axis, 'wall');
  const svg = (await exported(page, 'svg')).content;
  assert.match(svg, />\d+ µs<\/text>/);
  await page.close();
});

test('SVG has the boxes, the names and the arrows; PNG is one; the others are asked for', async () => {
  const page = await open(60, 4);
  const svg: string = (await exported(page, 'svg')).content;
  assert(svg.startsWith('<svg '));
  for (const name of ['hub', 'main #1', 'worker #2', 'worker #5'])
    assert(svg.includes(`>${name}<`), name);
  for (const state of ['running', 'ready', 'time']) assert(svg.includes(`class="${state}"`), state);
  assert.match(svg, /class="arrow"/);
  assert.match(svg, /class="mark spawn"/);
  assert.deepEqual((await exported(page, 'png')).content, [137, 80, 78, 71, 13, 10, 26, 10]);
  for (const format of ['json', 'chrome', 'csv'])
    assert.deepEqual(await exported(page, format), { kind: 'save', format });
  await page.locator('#arrows').click();
  assert.doesNotMatch((await exported(page, 'svg')).content, /class="arrow"/);
  await page.close();
});

test('in high contrast it has the colors of the theme; it can be Chinese; what was looked at is kept', async () => {
  const page = await open(60, 4, 'zh-cn');
  assert.match(await page.locator('#legend').innerText(), /就绪/);
  await page.evaluate(`
    const style = document.documentElement.style;
    style.setProperty('--vscode-editor-background', '#000000');
    style.setProperty('--vscode-editor-foreground', '#ffffff');
    style.setProperty('--vscode-charts-green', '#00ff00');
    document.body.className = 'vscode-high-contrast';
  `);
  await frame(page);
  const svg: string = (await exported(page, 'svg')).content;
  assert.match(svg, /fill="#000000"/);
  assert.match(svg, /id="running"[^>]*><rect[^>]*fill="#00ff00"/);
  await page.screenshot({ path: join(SCREENSHOTS, 'timeline-high-contrast.png') });
  await tell(page, { kind: 'select', greenlet: 3, seq: 20 });
  assert.match(await page.locator('#status').innerText(), /^worker #3：/);
  assert.equal(await page.evaluate('window.keptState.selected'), 3);
  await page.close();
});

test('a trace that cannot be read is explained', async () => {
  const page = await openTimelinePage(browser);
  await tell(page, { kind: 'problem', text: 'This is not JSON, so it is no trace.' });
  assert.match(await page.locator('[role="alert"]').innerText(), /^This is not JSON/);
  await page.close();
});
