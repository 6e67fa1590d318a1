// @ts-check
/**
 * Runs the mocha suite of `suite/` in a real extension host: that of a desktop VS Code where one is given
 * (`VSCODE_EXECUTABLE`) or can be downloaded and shown, else that of the VS Code server, with a page in Chromium.
 */

import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { CACHE, ROOT, VSIX } from '../workbench/prepare.mjs';
import { installServer, startServer } from '../workbench/server.mjs';

/** How long the suite may take, in milliseconds. */
const PATIENCE = 120_000;

/**
 * @param {import('../workbench/lifetime.mjs').Lifetime} lifetime
 * @param {(text: string) => void} say
 * @returns {Promise<import('../support/suite.mjs').Count>} rejects when a test fails or the suite does not run
 */
export async function runInExtensionHost(lifetime, say) {
  const suite = await bundle('index');
  const results = join(lifetime.temporaryFolder(), 'results.json');
  const executable = await findDesktop(say);
  if (executable === undefined) await runInServer(lifetime, { suite, results, say });
  else await runInDesktop(executable, suite, results, say);
  return countOf(results, say);
}

/**
 * How long the extension takes to become active, in the VS Code server; each time in an extension host of its own.
 *
 * @param {import('../workbench/lifetime.mjs').Lifetime} lifetime
 * @param {number} times
 * @returns {Promise<number[]>} in milliseconds
 */
export async function activationTimes(lifetime, times) {
  const suite = await bundle('activation');
  const results = join(lifetime.temporaryFolder(), 'results.json');
  /** @type {number[]} */
  const measured = [];
  await runInServer(lifetime, { suite, results, times, say: console.error }, () => {
    measured.push(JSON.parse(readFileSync(results, 'utf8')).milliseconds);
  });
  return measured;
}

/**
 * Bundles a file of `suite/` for the extension host.
 *
 * @param {string} name
 * @returns {Promise<string>} the bundle
 */
async function bundle(name) {
  const outfile = join(CACHE, 'e2e', `${name}.cjs`);
  await build({
    entryPoints: [join(ROOT, 'test/e2e/suite', `${name}.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
  return outfile;
}

/**
 * A desktop VS Code that can open a window here.
 *
 * @param {(text: string) => void} say
 */
async function findDesktop(say) {
  const given = process.env.VSCODE_EXECUTABLE;
  if (given !== undefined && given !== '') {
    if (!existsSync(given)) throw new Error(`VSCODE_EXECUTABLE names no file: ${given}`);
    return given;
  }
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY) return undefined;
  try {
    const signal = AbortSignal.timeout(5000);
    await fetch('https://update.code.visualstudio.com/api/releases/stable', { signal });
  } catch {
    return undefined;
  }
  const { downloadAndUnzipVSCode } = await import('@vscode/test-electron');
  say('Downloading a desktop VS Code…');
  return downloadAndUnzipVSCode({ version: 'stable', cachePath: join(CACHE, 'vscode') });
}

/**
 * @param {string} executable
 * @param {string} suite
 * @param {string} results
 * @param {(text: string) => void} say
 */
async function runInDesktop(executable, suite, results, say) {
  const { runTests } = await import('@vscode/test-electron');
  say(`The suite runs in ${executable}.`);
  const launchArgs = ['--disable-extensions', '--disable-workspace-trust', ROOT];
  if (process.getuid?.() === 0) launchArgs.push('--no-sandbox');
  await runTests({
    vscodeExecutablePath: executable,
    extensionDevelopmentPath: ROOT,
    extensionTestsPath: suite,
    extensionTestsEnv: { GREENLETS_TEST_ROOT: ROOT, GREENLETS_TEST_RESULTS: results },
    launchArgs,
  });
}

/**
 * Runs a suite in a window of its own, as often as is wanted, in a folder without a program.
 *
 * @param {import('../workbench/lifetime.mjs').Lifetime} lifetime
 * @param {{ suite: string, results: string, times?: number, say: (text: string) => void }} options
 * @param {() => void} [hasRun] is called when the results are there
 */
async function runInServer(lifetime, { suite, results, times = 1, say }, hasRun = () => {}) {
  const { launchBrowser, SCREENSHOTS } = await import('./browser.mjs');
  const command = await installServer(lifetime, say);
  const settings = readFileSync(join(ROOT, 'test/workbench/settings.json'), 'utf8');
  const server = await startServer(lifetime, {
    command,
    vsix: VSIX,
    settings: JSON.parse(settings),
    isRunningSuites: true,
    env: { GREENLETS_TEST_ROOT: ROOT, GREENLETS_TEST_RESULTS: results },
  });
  say(`The suite runs in the VS Code server at ${server.address}.`);
  const remote = `vscode-remote://127.0.0.1:${server.port}`;
  const payload = JSON.stringify([
    ['extensionDevelopmentPath', remote + ROOT],
    ['extensionTestsPath', remote + suite],
  ]);
  const browser = await launchBrowser();
  lifetime.beforeEnd(() => browser.close());
  const folder = join(ROOT, 'media/tutorial');
  for (let time = 0; time < times; time++) {
    rmSync(results, { force: true });
    const page = await browser.newPage();
    await page.goto(`${server.url(folder)}&payload=${encodeURIComponent(payload)}`);
    const deadline = Date.now() + PATIENCE;
    while (!existsSync(results) && Date.now() < deadline) await page.waitForTimeout(100);
    if (!existsSync(results)) {
      mkdirSync(SCREENSHOTS, { recursive: true });
      await page.screenshot({ path: join(SCREENSHOTS, 'extension-host.png') });
      break;
    }
    hasRun();
    await page.close();
  }
  await browser.close();
}

/**
 * @param {string} results
 * @param {(text: string) => void} say
 */
function countOf(results, say) {
  if (!existsSync(results)) {
    throw new Error(`The suite did not finish; test/e2e/screenshots shows the window.`);
  }
  /** @type {{ passed: string[], failed: { title: string, error: string }[] }} */
  const { passed, failed } = JSON.parse(readFileSync(results, 'utf8'));
  for (const title of passed) say(`  ✔ ${title}`);
  for (const { title, error } of failed) say(`  ✖ ${title}\n${error}`);
  return { passed: passed.length, failed: failed.length };
}
