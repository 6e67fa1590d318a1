// @ts-check
/** The user's own VS Code, with a profile for this one start: none of the user's settings or extensions is touched. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The oldest version that the extension runs on, as `engines.vscode` says. */
const OLDEST = /** @type {const} */ ([1, 100]);

/**
 * The `code` command in the PATH, when it can open a window here.
 *
 * @param {import('./lifetime.mjs').Lifetime} lifetime
 * @param {(text: string) => void} say is told why a command that exists is not used
 * @returns {Promise<string | undefined>}
 */
export async function findDesktop(lifetime, say) {
  const code = process.platform === 'win32' ? 'code.cmd' : 'code';
  let version;
  try {
    version = (await lifetime.run(code, ['--version'], { env: desktopEnvironment() })).trim();
  } catch {
    return undefined;
  }
  const [major = 0, minor = 0] = (version.split('\n')[0] ?? '').split('.').map(Number);
  const isOld = major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
  if (!(major > 0) || isOld) {
    say(`The \`code\` command is not VS Code ${OLDEST.join('.')} or newer: not used.`);
  } else if (process.env.VSCODE_IPC_HOOK_CLI) {
    say('The `code` command of this terminal belongs to a remote window: not used.');
  } else if (process.platform === 'linux' && !hasDisplay()) {
    say('There is a `code` command, but no display: not used.');
  } else {
    return code;
  }
  return undefined;
}

/**
 * Installs the extension into a new profile, opens the folder, and waits until the window is closed.
 *
 * @param {import('./lifetime.mjs').Lifetime} lifetime
 * @param {{ code: string, vsix: string, folder: string, settings: object, say: (text: string) => void }} options
 */
export async function runDesktop(lifetime, { code, vsix, folder, settings, say }) {
  const home = lifetime.temporaryFolder();
  const user = join(home, 'user');
  mkdirSync(join(user, 'User'), { recursive: true });
  writeFileSync(join(user, 'User', 'settings.json'), JSON.stringify(settings, null, 2));
  const profile = ['--user-data-dir', user, '--extensions-dir', join(home, 'extensions')];
  if (process.getuid?.() === 0) profile.push('--no-sandbox');
  const env = desktopEnvironment();
  await lifetime.run(code, [...profile, '--install-extension', vsix], { env });
  say('Opening VS Code; close its window or press Ctrl-C to end.');
  const window = ['--new-window', '--wait', '--disable-workspace-trust', '--disable-telemetry'];
  // Node's own debugger would ask at every F5 which of the two is meant.
  window.push('--disable-extension', 'ms-vscode.js-debug', '--skip-welcome', folder);
  const job = lifetime.start(code, [...profile, ...window], { env });
  // The command only waits: the window's process leads a group of its own, and its id stands in this file.
  lifetime.beforeEnd(() => endProcessIn(join(user, 'code.lock')));
  const { code: exitCode } = await job.ended;
  if (exitCode !== 0) throw new Error(`VS Code ended with exit code ${exitCode}:\n${job.output()}`);
}

function hasDisplay() {
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** Without what the terminal of another VS Code window has put there. */
function desktopEnvironment() {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(npm_|VSCODE_|ELECTRON_)/i.test(name)),
  );
}

/**
 * @param {string} lock a file that names a process by its id
 */
async function endProcessIn(lock) {
  let pid = 0;
  try {
    pid = Number(readFileSync(lock, 'utf8'));
  } catch {
    // No window has been opened, or it has been closed.
  }
  if (!(pid > 1)) return;
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGKILL'])) {
    const deadline = Date.now() + 5000;
    try {
      process.kill(pid, signal);
      while (Date.now() < deadline) {
        process.kill(pid, 0);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    } catch {
      return;
    }
  }
}
