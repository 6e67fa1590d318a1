// @ts-check
/**
 * The VS Code server from npm: a real VS Code whose window is a browser page. Installed once into `.cache/`, started with
 * folders of its own, and ended with all its extension hosts.
 */

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { isAlive, npm } from './lifetime.mjs';
import { CACHE } from './prepare.mjs';

/**
 * What there is to run in: the oldest version that the extension supports, and the newest one that npm has.
 *
 * @typedef {object} Version
 * @property {string} codeServer the version of the package `code-server`
 * @property {number} node the major version of Node that it needs
 * @property {string} size of the installation
 */
export const VERSIONS = /** @satisfies {Record<string, Version>} */ ({
  /** VS Code 1.100. */
  oldest: { codeServer: '4.100.3', node: 20, size: '290 MB' },
  /** VS Code 1.139. */
  newest: { codeServer: '4.139.1', node: 24, size: '600 MB' },
});

/** Node's own debugger asks at every F5 which of the two is meant; this editor is for greenlets. */
const LEFT_OUT = ['ms-vscode.js-debug', 'ms-vscode.js-debug-companion'];

/**
 * The version that the environment variable VSCODE_SERVER names, `oldest` or `newest`; the oldest one without it.
 *
 * @returns {keyof typeof VERSIONS}
 */
export function wantedVersion() {
  const name = process.env.VSCODE_SERVER || 'oldest';
  if (name === 'oldest' || name === 'newest') return name;
  throw new Error(`VSCODE_SERVER is "${name}", and must be "oldest" or "newest".`);
}

/**
 * Installs the wanted server, and the Node that it needs, unless they are there; an unfinished installation is never used.
 *
 * @param {import('./lifetime.mjs').Lifetime} lifetime
 * @param {(text: string) => void} say
 * @returns {Promise<[node: string, script: string]>} the command that runs the server
 */
export async function installServer(lifetime, say) {
  const { codeServer, node, size } = VERSIONS[wantedVersion()];
  const runner = await installNode(lifetime, node, say);
  const folder = join(CACHE, `code-server-${codeServer}`);
  const vscode = 'node_modules/code-server/lib/vscode';
  const script = join(folder, vscode, 'out/server-main.js');
  if (existsSync(script)) return [runner, script];
  say(
    `Installing the VS Code server (code-server ${codeServer} from npm, ${size}), about half a minute…`,
  );
  mkdirSync(CACHE, { recursive: true });
  removeAbandoned();
  const partial = mkdtempSync(join(CACHE, `installing-${process.pid}-`));
  lifetime.atEnd(() => rmSync(partial, { recursive: true, force: true, maxRetries: 5 }));
  writeFileSync(join(partial, 'package.json'), '{ "private": true }\n');
  const options = ['--ignore-scripts', '--no-audit', '--no-fund'];
  const whole = npm(['install', ...options, `code-server@${codeServer}`]);
  await lifetime.run(...whole, { cwd: partial });
  const inner = join(partial, vscode);
  const extensions = join(inner, 'extensions');
  // `npm ci` does not do: the folders have only a shrinkwrap. The second one brings the language service for TypeScript.
  await lifetime.run(...npm(['install', ...options, '--omit=dev']), { cwd: inner });
  await lifetime.run(...npm(['install', ...options, '--omit=dev']), { cwd: extensions });
  for (const name of LEFT_OUT) rmSync(join(extensions, name), { recursive: true });
  // The last step, and one that is done wholly or not at all.
  if (!existsSync(folder)) renameSync(partial, folder);
  return [runner, script];
}

/**
 * The Node that runs this, if it is new enough, else one from npm, where `.ci/run` puts it, too.
 *
 * @param {import('./lifetime.mjs').Lifetime} lifetime
 * @param {number} version the major one
 * @param {(text: string) => void} say
 * @returns {Promise<string>} its executable
 */
async function installNode(lifetime, version, say) {
  if (Number.parseInt(process.versions.node, 10) >= version) return process.execPath;
  const name = `node-${process.platform}-${process.arch}`;
  const folder = join(CACHE, 'nodes', String(version));
  const executable = join(folder, 'node_modules', name, 'bin/node');
  if (existsSync(executable)) return executable;
  say(`Installing Node ${version} (${name} from npm)…`);
  mkdirSync(folder, { recursive: true });
  const options = ['--no-audit', '--no-fund', '--no-save', '--prefix', folder];
  await lifetime.run(...npm(['install', ...options, `${name}@${version}`]));
  return executable;
}

/** Removes what installations that were killed have left. */
function removeAbandoned() {
  for (const name of readdirSync(CACHE)) {
    const pid = Number(/^installing-(\d+)-/.exec(name)?.[1]);
    if (!(pid > 0) || isAlive(pid)) continue;
    rmSync(join(CACHE, name), { recursive: true, force: true });
  }
}

/**
 * @typedef {object} ServerOptions
 * @property {[node: string, script: string]} command from `installServer`
 * @property {string} vsix the extension to install
 * @property {object} settings the user settings
 * @property {number} [port] by default a free one
 * @property {boolean} [isTrusting] whether all folders are trusted without a question; by default they are
 * @property {boolean} [isRunningSuites] whether windows may run a suite in their extension host; they show no notifications then
 * @property {NodeJS.ProcessEnv} [env] for its extension hosts, on top of ours
 *
 * @typedef {object} Server
 * @property {number} port
 * @property {string} address
 * @property {(folder: string) => string} url the page that shows a folder
 * @property {Promise<void>} ended resolves when the server has ended by itself
 */

/**
 * Installs the extension into a new profile and starts the server on 127.0.0.1.
 *
 * @param {import('./lifetime.mjs').Lifetime} lifetime
 * @param {ServerOptions} options
 * @returns {Promise<Server>}
 */
export async function startServer(lifetime, options) {
  const { command, vsix, settings, port = 0, isTrusting = true } = options;
  const [node, script] = command;
  const home = lifetime.temporaryFolder();
  const env = { ...serverEnvironment(home), ...options.env };
  mkdirSync(join(home, 'user/User'), { recursive: true });
  writeFileSync(join(home, 'user/User/settings.json'), JSON.stringify(settings, null, 2));
  const common = [
    script,
    ...['--server-data-dir', join(home, 'server')],
    ...['--user-data-dir', join(home, 'user')],
    ...['--extensions-dir', join(home, 'extensions')],
    '--accept-server-license-terms',
    ...['--telemetry-level', 'off'],
  ];
  await lifetime.run(node, [...common, '--install-extension', vsix], { env });
  const serving = [...common, '--host', '127.0.0.1', '--port', String(port)];
  serving.push('--without-connection-token', '--disable-telemetry');
  if (isTrusting) serving.push('--disable-workspace-trust');
  if (options.isRunningSuites) serving.push('--enable-smoke-test-driver');
  /** @type {(port: number) => void} */
  let listening = () => {};
  /** @type {Promise<number>} */
  const announced = new Promise((resolve) => {
    listening = resolve;
  });
  const job = lifetime.start(node, serving, {
    env,
    onLine: (line) => {
      const match = /Extension host agent listening on (\d+)/.exec(line);
      if (match !== null) listening(Number(match[1]));
    },
  });
  const ended = job.ended.then(() => undefined);
  const chosen = await Promise.race([announced, ended]);
  if (chosen === undefined) throw new Error(`The VS Code server did not start:\n${job.output()}`);
  const address = `http://127.0.0.1:${chosen}`;
  await untilHealthy(address);
  const url = (/** @type {string} */ folder) => `${address}/?folder=${encodeURI(folder)}`;
  return { port: chosen, address, url, ended };
}

/**
 * The server, its terminals and what it debugs keep out of the user's home and leave nothing in the system's folders.
 *
 * @param {string} home
 * @returns {NodeJS.ProcessEnv}
 */
function serverEnvironment(home) {
  const folders = { HOME: home, XDG_RUNTIME_DIR: join(home, 'run'), TMPDIR: join(home, 'tmp') };
  for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|VSCODE_|ELECTRON_|XDG_|NODE_OPTIONS$|INIT_CWD$)/i.test(name),
  );
  return { ...Object.fromEntries(inherited), ...folders };
}

/** @param {string} address */
async function untilHealthy(address) {
  const deadline = Date.now() + 30_000;
  for (;;) {
    try {
      const answer = await fetch(`${address}/version`);
      if (answer.ok) return;
    } catch {
      // Not listening yet.
    }
    if (Date.now() > deadline) throw new Error(`The VS Code server at ${address} does not answer.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
