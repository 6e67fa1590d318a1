// @ts-check
/**
 * `npm start`: from a fresh clone to a VS Code with the extension and the tutorial, and everything ended again on Ctrl-C.
 * `npm start -- --server` uses the VS Code server even where there is a `code` command; `--port N` fixes its port.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findDesktop, runDesktop } from './desktop.mjs';
import { Lifetime } from './lifetime.mjs';
import { buildAndPackage, installDependencies, ROOT, VSIX } from './prepare.mjs';
import { installServer, startServer } from './server.mjs';

const TUTORIAL = join(ROOT, 'media/tutorial');

const lifetime = new Lifetime();
lifetime.endOnInterrupt((why) => {
  say(`Ending (${why})…`);
  lifetime.atEnd(() => say('Ended; nothing is left behind.'));
});
try {
  await main();
} catch (error) {
  // After an interruption every step that was under way fails: that is not worth a word.
  if (!lifetime.isEnding) {
    say(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
await lifetime.end();

async function main() {
  const options = /** @type {const} */ ({ server: { type: 'boolean' }, port: { type: 'string' } });
  const { values } = parseArgs({ options });
  await installDependencies(lifetime, say);
  await buildAndPackage(lifetime, say);
  const settings = JSON.parse(readFileSync(new URL('settings.json', import.meta.url), 'utf8'));
  const code = values.server ? undefined : await findDesktop(lifetime, say);
  if (code !== undefined) {
    return runDesktop(lifetime, { code, vsix: VSIX, folder: TUTORIAL, settings, say });
  }
  if (process.platform === 'win32') {
    throw new Error(
      'The VS Code server does not run on Windows: install VS Code with its `code` command.',
    );
  }
  const command = await installServer(lifetime, say);
  say('Starting the VS Code server…');
  const port = Number(values.port ?? 0);
  const server = await startServer(lifetime, { command, vsix: VSIX, settings, port });
  say(
    'VS Code is ready. Open this address in a browser, open 01-context-switch/en/program.ts, press F5:',
  );
  console.log(`\n    ${server.url(TUTORIAL)}\n`);
  say('Press Ctrl-C to end.');
  await server.ended;
  if (!lifetime.isEnding) throw new Error('The VS Code server has ended by itself.');
}

/** @param {string} text */
function say(text) {
  console.log(`▸ ${text}`);
}
