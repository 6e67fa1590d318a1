/** The user's own VS Code, played by a script that does what the `code` command does. */

import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { findDesktop, runDesktop } from './desktop.mjs';
import { isAlive, Lifetime } from './lifetime.mjs';

/** Notes what it is called with. Its window is a process that leads a group of its own, as VS Code's does. */
const CODE = `#!${process.execPath}
const { appendFileSync, readFileSync, writeFileSync } = require('node:fs');
const { spawn } = require('node:child_process');
const args = process.argv.slice(2);
appendFileSync(process.env.CODE_LOG, JSON.stringify(args) + '\\n');
if (args[0] === '--version') console.log(process.env.CODE_VERSION + '\\n0123abc\\nx64');
if (args.includes('--wait')) {
  const life = process.env.CODE_STAYS ? 1e6 : 100;
  const options = { detached: true, stdio: 'ignore' };
  const window = spawn(process.execPath, ['-e', 'setTimeout(() => {}, ' + life + ')'], options);
  const profile = args[args.indexOf('--user-data-dir') + 1];
  writeFileSync(profile + '/code.lock', String(window.pid));
  appendFileSync(process.env.CODE_LOG, JSON.stringify(['window', String(window.pid)]) + '\\n');
  window.on('exit', () => process.exit(0));
}
`;

describe('the code command', () => {
  const environment = process.env;
  let folder: string;
  let lifetime: Lifetime;
  let said: string[];
  const say = (text: string) => said.push(text);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'greenlets-desktop-'));
    writeFileSync(join(folder, 'code'), CODE);
    chmodSync(join(folder, 'code'), 0o755);
    process.env = {
      ...environment,
      PATH: `${folder}${delimiter}${environment.PATH}`,
      DISPLAY: ':0',
      VSCODE_IPC_HOOK_CLI: '',
      CODE_LOG: join(folder, 'log'),
      CODE_VERSION: '1.101.0',
    };
    lifetime = new Lifetime();
    said = [];
  });

  afterEach(async () => {
    await lifetime.end();
    process.env = environment;
    rmSync(folder, { recursive: true });
  });

  it('opens the folder in a profile of its own, with the extension in it', async () => {
    const code = await findDesktop(lifetime, say);
    assert.equal(code, 'code');
    const settings = { 'update.mode': 'none' };
    await runDesktop(lifetime, { code, vsix: '/x.vsix', folder: '/tutorial', settings, say });
    const [, install = [], open = []] = calls();
    assert.deepEqual(install.slice(-2), ['--install-extension', '/x.vsix']);
    assert.equal(open.at(-1), '/tutorial');
    for (const option of ['--user-data-dir', '--extensions-dir']) {
      assert.equal(argumentOf(install, option), argumentOf(open, option));
      assert.match(argumentOf(open, option) ?? '', /greenlets-/);
    }
    const profile = argumentOf(open, '--user-data-dir') ?? '';
    const written = readFileSync(join(profile, 'User/settings.json'), 'utf8');
    assert.deepEqual(JSON.parse(written), settings);
    await lifetime.end();
    assert.equal(existsSync(profile), false);
  });

  it('has its window closed when the script is interrupted', async () => {
    process.env.CODE_STAYS = '1';
    const code = (await findDesktop(lifetime, say)) ?? '';
    const options = { code, vsix: '/x.vsix', folder: '/tutorial', settings: {}, say };
    const run = runDesktop(lifetime, options);
    run.catch(() => {});
    let window: string[] | undefined;
    while (window === undefined) {
      await new Promise(setImmediate);
      window = calls().find(([word]) => word === 'window');
    }
    const pid = Number(window[1]);
    assert.equal(isAlive(pid), true);
    await lifetime.end();
    assert.equal(isAlive(pid), false);
  });

  it('is not used when it is too old', async () => {
    process.env.CODE_VERSION = '1.99.3';
    assert.equal(await findDesktop(lifetime, say), undefined);
    assert.match(said[0] ?? '', /not VS Code 1\.100 or newer/);
  });

  it('is not used in the terminal of a remote window', async () => {
    process.env.VSCODE_IPC_HOOK_CLI = '/run/ipc.sock';
    assert.equal(await findDesktop(lifetime, say), undefined);
    assert.match(said[0] ?? '', /remote window/);
  });

  it('need not exist', async () => {
    rmSync(join(folder, 'code'));
    process.env.PATH = folder;
    assert.equal(await findDesktop(lifetime, say), undefined);
    assert.deepEqual(said, []);
  });

  function calls(): string[][] {
    const log = join(folder, 'log');
    if (!existsSync(log)) return [];
    const lines = readFileSync(log, 'utf8').split('\n').slice(0, -1);
    return lines.map((line) => JSON.parse(line));
  }
});

function argumentOf(args: string[], option: string): string | undefined {
  return args[args.indexOf(option) + 1];
}
