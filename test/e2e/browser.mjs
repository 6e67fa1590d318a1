// @ts-check
/** Chromium, started for tests. */

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

/** Where every screenshot goes; git-ignored. */
export const SCREENSHOTS = fileURLToPath(new URL('screenshots', import.meta.url));

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Chromium in a container, and quiet. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Starts Chromium; rejects with what to do when there is none.
 *
 * @returns {Promise<import('playwright-core').Browser>}
 */
export async function launchBrowser() {
  if (!existsSync(CHROMIUM)) {
    throw new Error(
      `The tests in the editor need Chromium, and there is none at ${CHROMIUM}. ` +
        'Install it (Debian: apt-get install chromium) or name another one in the environment variable CHROMIUM.',
    );
  }
  return chromium.launch({ executablePath: CHROMIUM, headless: true, args: ARGUMENTS });
}
