// @ts-check
/** The timeline in Chromium: how long a frame takes while the picture is zoomed and moved, and how long a million switches take to open. */

import { tsImport } from 'tsx/esm/api';
import { launchBrowser } from '../../e2e/browser.mjs';
import { openTimelinePage, tell } from '../../e2e/timeline-harness.mjs';

const { madeTrace } = await tsImport('../../support/made-trace.ts', import.meta.url);

/** How many frames are measured. */
const FRAMES = 120;

/**
 * Measures.
 *
 * @returns {Promise<import('../table.mjs').Table[]>}
 */
export async function measure() {
  const browser = await launchBrowser();
  try {
    const rows = [];
    for (const [switches, workers] of [
      [1000, 20],
      [100_000, 20],
      [100_000, 1000],
      [1_000_000, 100],
    ]) {
      const page = await openTimelinePage(browser);
      const began = performance.now();
      for (const chunk of madeTrace(switches, workers).chunks(100_000)) {
        const isLast = chunk.first + chunk.times.length > /** @type {number} */ (switches);
        await tell(page, { kind: 'rows', chunk, isLast });
      }
      await page.evaluate(
        'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))',
      );
      const opened = performance.now() - began;
      const { median, p95 } = await frameTimes(page);
      const name = `${switches} switches, ${workers} greenlets`;
      const isGoal = switches === 100_000;
      rows.push(
        { name: `${name}: a frame`, value: median, goal: isGoal ? 16 : undefined },
        { name: `${name}: the slowest 5 % of frames`, value: p95 },
        { name: `${name}: opening`, value: opened },
      );
      await page.close();
    }
    return [{ title: 'The timeline in Chromium', unit: 'milliseconds', rows }];
  } finally {
    await browser.close();
  }
}

/**
 * Zooms in and out again with the wheel, a step a frame. What is measured is the time from the event to a picture whose pixels can be
 * read: layout, drawing and rasterization.
 *
 * @param {import('playwright-core').Page} page
 * @returns {Promise<{ median: number, p95: number }>}
 */
async function frameTimes(page) {
  /** @type {number[]} */
  const times = await page.evaluate(`
    (async () => {
      const canvas = document.querySelector('canvas');
      const context = canvas.getContext('2d');
      const times = [];
      for (let frame = 0; frame < ${FRAMES}; frame++) {
        const deltaY = frame < ${FRAMES / 2} ? -40 : 40;
        await new Promise((done) => requestAnimationFrame(done));
        // The first callback of the next frame, before the page's own.
        const begun = new Promise((done) => requestAnimationFrame(() => done(performance.now())));
        const event = { deltaY, ctrlKey: true, cancelable: true, clientX: 700, clientY: 300 };
        canvas.dispatchEvent(new WheelEvent('wheel', event));
        const ended = new Promise((done) => requestAnimationFrame(() => {
          context.getImageData(canvas.width >> 1, canvas.height >> 1, 1, 1);
          done(performance.now());
        }));
        times.push((await ended) - (await begun));
      }
      return times;
    })()
  `);
  const sums = times.sort((a, b) => a - b);
  const at = (/** @type {number} */ part) => sums[Math.floor(sums.length * part)] ?? Number.NaN;
  return { median: at(0.5), p95: at(0.95) };
}
