/** What the extension host calls: runs mocha and reports the results. */

import { report } from './report.ts';

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
  report({ passed, failed });
  if (failed.length > 0) throw new Error(`${failed.length} tests have failed.`);
}
