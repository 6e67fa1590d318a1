/** What the extension host calls: runs mocha and writes the results to a file, which is all that gets out of a server. */

import { renameSync, writeFileSync } from 'node:fs';

export async function run(): Promise<void> {
  // mocha is an ES module, and this file is not once it is bundled.
  const { default: Mocha } = await import('mocha');
  const mocha = new Mocha({ ui: 'bdd', timeout: 30_000, forbidOnly: true, forbidPending: true });
  mocha.suite.emit('pre-require', globalThis, 'suite', mocha);
  await import('./session.ts');
  const passed: string[] = [];
  const failed: { title: string; error: string }[] = [];
  await new Promise<void>((resolve) => {
    const runner = mocha.run(() => resolve());
    runner.on('pass', (test) => passed.push(test.fullTitle()));
    runner.on('fail', (test, error) => {
      failed.push({ title: test.fullTitle(), error: error.stack ?? String(error) });
    });
  });
  report(JSON.stringify({ passed, failed }));
  if (failed.length > 0) throw new Error(`${failed.length} tests have failed.`);
}

/** The file appears with its contents in it. */
function report(results: string): void {
  const file = process.env.GREENLETS_TEST_RESULTS;
  if (file === undefined) throw new Error('GREENLETS_TEST_RESULTS does not say where to write to.');
  writeFileSync(`${file}.part`, results);
  renameSync(`${file}.part`, file);
}
