// @ts-check
/**
 * Everything that a script starts ends with the script, whatever ends it: its end, an error, Ctrl-C, a closed terminal, a
 * parent that dies. Needs no installed package, since it is used to install them.
 */

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const isWindows = process.platform === 'win32';

/** A command that failed; `output` is what it had to say. */
export class CommandError extends Error {
  /**
   * @param {string} command
   * @param {string} outcome
   * @param {string} output
   */
  constructor(command, outcome, output) {
    super(`${command} ${outcome}${output === '' ? '' : `:\n${output}`}`);
    this.name = 'CommandError';
    this.output = output;
  }
}

/**
 * @typedef {object} StartOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {(line: string) => void} [onLine] hears every line of both outputs
 *
 * @typedef {object} Job a process that leads a process group of its own
 * @property {number} pid
 * @property {Promise<{ code: number | null, signal: NodeJS.Signals | null }>} ended
 * @property {() => string} output the last lines that it wrote
 * @property {() => Promise<void>} end ends the whole group; never rejects
 */

export class Lifetime {
  /** @type {Set<Job>} */
  #jobs = new Set();
  /** @type {(() => void | Promise<void>)[]} */
  #farewells = [];
  /** @type {(() => void | Promise<void>)[]} */
  #cleanups = [];
  /** @type {Promise<void> | undefined} */
  #ending;

  /** True from the moment that the end has begun: what fails then, fails because of it. */
  get isEnding() {
    return this.#ending !== undefined;
  }

  /**
   * Ends everything and the script itself when somebody interrupts it.
   *
   * @param {(why: string) => void} tell is told why, before anything is ended
   */
  endOnInterrupt(tell) {
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
      process.on(signal, () => {
        if (this.isEnding) return;
        tell(signal);
        void this.end().then(() => process.exit(128 + constants.signals[signal]));
      });
    }
    // npm does not hand on every signal, and may itself be killed: then nobody else would end this process.
    const npm = process.env.npm_lifecycle_event === undefined ? undefined : starter();
    const watch = () => {
      if (npm === undefined || isAlive(npm) || this.isEnding) return;
      tell('npm has ended');
      void this.end().then(() => process.exit(129));
    };
    if (npm !== undefined) setInterval(watch, 500).unref();
    process.on('exit', () => {
      for (const job of this.#jobs) signalGroup(job.pid, 'SIGKILL');
    });
  }

  /**
   * Starts a command in a process group of its own.
   *
   * @param {string} command
   * @param {string[]} args
   * @param {StartOptions} [options]
   * @returns {Job}
   */
  start(command, args, { cwd, env, onLine } = {}) {
    if (this.isEnding) throw new Error('interrupted');
    const child = spawn(command, args, {
      cwd,
      env,
      detached: !isWindows,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    /** @type {string[]} */
    const lines = [];
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line);
        if (lines.length > 200) lines.shift();
        onLine?.(line);
      });
    }
    /** @type {Job['ended']} */
    const ended = new Promise((resolve) => {
      child.once('error', (error) => {
        lines.push(error.message);
        resolve({ code: 127, signal: null });
      });
      child.once('close', (code, signal) => resolve({ code, signal }));
    });
    const pid = child.pid ?? 0;
    const job = { pid, ended, output: () => lines.join('\n'), end: () => this.#endJob(job) };
    this.#jobs.add(job);
    return job;
  }

  /**
   * Runs a command to its end.
   *
   * @param {string} command
   * @param {string[]} args
   * @param {StartOptions} [options]
   * @returns {Promise<string>} its output; rejects with a CommandError unless its exit code is 0
   */
  async run(command, args, options) {
    const job = this.start(command, args, options);
    const { code, signal } = await job.ended;
    await job.end();
    if (code === 0) return job.output();
    const outcome = signal === null ? `failed with exit code ${code}` : `was ended by ${signal}`;
    throw new CommandError(
      [command, ...args].join(' '),
      outcome,
      options?.onLine ? '' : job.output(),
    );
  }

  /** A new folder that is removed at the end. */
  temporaryFolder() {
    const folder = mkdtempSync(join(tmpdir(), 'greenlets-'));
    this.atEnd(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
    return folder;
  }

  /** @param {() => void | Promise<void>} farewell runs at the end, before any process is ended */
  beforeEnd(farewell) {
    this.#farewells.push(farewell);
  }

  /** @param {() => void | Promise<void>} cleanup runs at the end, after all processes; last come, first served */
  atEnd(cleanup) {
    this.#cleanups.push(cleanup);
  }

  /** Ends all processes, then cleans up. */
  end() {
    this.#ending ??= this.#end();
    return this.#ending;
  }

  async #end() {
    for (const farewell of this.#farewells) await farewell();
    await Promise.all([...this.#jobs].map((job) => this.#endJob(job)));
    for (const cleanup of this.#cleanups.reverse()) await cleanup();
  }

  /** @param {Job} job */
  async #endJob(job) {
    if (!this.#jobs.has(job)) return;
    if (job.pid !== 0) await endGroup(job.pid);
    this.#jobs.delete(job);
  }
}

/**
 * Asks a process group to end, and makes it after three seconds.
 *
 * @param {number} pid of the group's leader
 */
async function endGroup(pid) {
  for (const [signal, patience] of /** @type {const} */ ([
    ['SIGTERM', 3000],
    ['SIGKILL', 1000],
  ])) {
    signalGroup(pid, signal);
    const deadline = Date.now() + patience;
    while (isGroupAlive(pid)) {
      if (Date.now() > deadline) break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    if (!isGroupAlive(pid)) return;
  }
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
function signalGroup(pid, signal) {
  if (isWindows) {
    spawnSync('taskkill', ['/PID', String(pid), '/T', '/F'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch {
    // The group has ended already.
  }
}

/** @param {number} pid */
function isGroupAlive(pid) {
  if (isWindows) return false;
  try {
    process.kill(-pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** The process that started this one, past the shell in which npm runs scripts; undefined where that cannot be told. */
function starter() {
  if (isWindows) return undefined;
  const args = ['-o', 'ppid=', '-o', 'comm=', '-p', String(process.ppid)];
  const { stdout } = spawnSync('ps', args, { encoding: 'utf8' });
  const [, grandparent, command] = /^\s*(\d+)\s+(.*)$/m.exec(stdout ?? '') ?? [];
  if (command === undefined) return process.ppid;
  return /(^|\/)-?(ba|da|z|k)?sh$/.test(command.trim()) ? Number(grandparent) : process.ppid;
}

/**
 * Whether a process exists.
 *
 * @param {number} pid
 */
export function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/**
 * The command line of npm: the one that runs us, else the one in the PATH.
 *
 * @param {string[]} args
 * @returns {[string, string[]]}
 */
export function npm(args) {
  const script = process.env.npm_execpath;
  if (script?.endsWith('.js') && existsSync(script)) return [process.execPath, [script, ...args]];
  return isWindows ? ['cmd', ['/c', 'npm', ...args]] : ['npm', args];
}
