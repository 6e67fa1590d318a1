/** The debuggee's process: its start, its output, its end. */

import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { accessSync, constants, existsSync, realpathSync, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import type { Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import * as l10n from '@vscode/l10n';
import {
  DEBUG_OPTIONS,
  type DebugOptions,
  type LogLine,
} from '../../runtime/src/protocol/bridge.ts';
import { UserError } from './errors.ts';
import type { Launch } from './launch.ts';
import { MarkedOutput } from './marked-output.ts';
import { type Exit, type ProgramProcess, TERMINATION_GRACE } from './process.ts';
import { Watchdog } from './watchdog.ts';

/** The inspector's own lines, each of which Node prints to stderr at most once per debugger. */
const INSPECTOR_LINES = [
  /^Debugger listening on (ws:\S+)\r?\n/m,
  /^For help, see: https:\/\/nodejs\.org\/\S+\r?\n/m,
  // These two may follow a line of the program's that has no end.
  /Debugger ending on ws:\S+\r?\n/m,
  /For help, see: https:\/\/nodejs\.org\/\S+\r?\n/m,
  /^Debugger attached\.\r?\n/m,
  /Waiting for the debugger to disconnect\.\.\.\r?\n/m,
];
/** How those lines begin. */
const BEGINNINGS = [
  'Debugger listening on ws:',
  'For help, see: https://nodejs.org/',
  'Debugger attached.',
  'Debugger ending on ws:',
  'Waiting for the debugger to disconnect...',
];
/** How long the output may stay open after the process has ended, in milliseconds: a grandchild may hold it. */
const OUTPUT_GRACE = 500;
/** The descriptor that the gate's shell reads from. */
const GATE_PIPE = 3;
const isPosix = process.platform !== 'win32';

export type Category = 'stdout' | 'stderr';

export class Debuggee implements ProgramProcess {
  /** The inspector's address; never settles if the process ends before it is known. */
  readonly inspector: Promise<string>;
  /** Settles when the process has ended and all its output was passed on. */
  readonly ended: Promise<Exit>;
  private readonly child: ChildProcess;
  private filter!: InspectorFilter;
  private running = true;

  /**
   * Starts the program, halted before its first line.
   *
   * @param runtimePath the folder of the runtime's build.
   * @param onOutput gets what the program prints.
   * @param onTold gets what the program tells on the same way.
   * @param onProcess gets the process at once, so that it can be ended while it starts.
   * @throws {UserError} if the runtime executable cannot be started.
   */
  static async start(
    launch: Launch,
    runtimePath: string,
    onOutput: (category: Category, text: string) => void,
    onTold: (line: LogLine) => void,
    onProcess: (debuggee: Debuggee) => void,
  ): Promise<Debuggee> {
    const mark = `\0greenlets ${randomUUID()} `;
    const { executable, args, env } = commandOf(launch, runtimePath, 0, mark);
    const environment = environmentOf(env);
    if (isPosix) checkExecutable(executable, launch.cwd, environment.PATH ?? '');
    const watchdog = new Watchdog();
    const child = isPosix
      ? spawnAtGate(executable, args, launch.cwd, environment)
      : spawn(executable, args, {
          cwd: launch.cwd,
          env: environment,
          stdio: ['ignore', 'pipe', 'pipe'],
          windowsHide: true,
        });
    if (child.pid === undefined) watchdog.dismiss();
    else watchdog.watch(child.pid);
    if (isPosix) openGate(child);
    const stdout = new MarkedOutput(mark, (text) => onOutput('stdout', text), onTold);
    const debuggee = new Debuggee(child, watchdog, stdout, (text) => onOutput('stderr', text));
    onProcess(debuggee);
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', (error) => reject(startError(executable, error)));
    });
    return debuggee;
  }

  private constructor(
    child: ChildProcess,
    watchdog: Watchdog,
    stdout: MarkedOutput,
    onError: (text: string) => void,
  ) {
    this.child = child;
    child.stdout?.on('data', (data: Buffer) => stdout.take(data));
    child.stdout?.on('end', () => stdout.end());
    this.inspector = new Promise((resolve) => {
      // Only the first address is the program's own; a promise settles once.
      this.filter = new InspectorFilter(resolve);
    });
    const stderr = child.stderr?.setEncoding('utf8');
    const pass = (text: string) => text !== '' && onError(text);
    stderr?.on('data', (text: string) => pass(this.filter.take(text)));
    stderr?.on('end', () => pass(this.filter.flush()));
    this.ended = new Promise((resolve) => {
      const settle = async (code: number | null, signal: NodeJS.Signals | null) => {
        this.running = false;
        await watchdog.dismiss();
        resolve({ code, signal });
      };
      child.once('close', settle);
      child.once('exit', (code, signal) => {
        setTimeout(() => settle(code, signal), OUTPUT_GRACE).unref();
      });
    });
  }

  /** A child of the program's is going to open its inspector: what Node says of that is not the program's either. */
  expectInspector(): void {
    this.filter.expect();
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** Asks the program to end, and ends it a second later if it has not. */
  terminate(): void {
    this.signal('SIGTERM');
    setTimeout(() => this.kill(), TERMINATION_GRACE).unref();
  }

  /** Ends the process and its children at once. */
  kill(): void {
    this.signal('SIGKILL');
  }

  private signal(signal: NodeJS.Signals): void {
    const { pid } = this.child;
    if (!this.running || pid === undefined) return;
    try {
      if (isPosix) process.kill(-pid, signal);
      else this.child.kill(signal);
    } catch {
      // The group is gone already.
    }
  }
}

/** The gate's shell becomes the program when it is told to, and ends when the adapter dies before that. */
const GATE = 'read -r go <&3 || exit 1; exec 3<&-; exec "$@"';

/**
 * Starts the program behind a gate, so that the watchdog knows of it before it runs. In a group of its own, so that the program's
 * children can be ended with it.
 */
function spawnAtGate(
  executable: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): ChildProcess {
  return spawn('/bin/sh', ['-c', GATE, 'sh', executable, ...args], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    detached: true,
  });
}

function openGate(child: ChildProcess): void {
  const gate = child.stdio[GATE_PIPE] as Writable | null | undefined;
  gate?.on('error', () => {});
  gate?.end('go\n');
}

/**
 * Looks for the executable, as starting it would.
 *
 * @throws {UserError} if there is none.
 */
function checkExecutable(executable: string, cwd: string, path: string): void {
  const candidates = executable.includes('/')
    ? [resolve(cwd, executable)]
    : path.split(delimiter).map((folder) => join(folder, executable));
  if (candidates.some(isExecutable)) return;
  const code = candidates.some((each) => existsSync(each)) ? 'EACCES' : 'ENOENT';
  throw startError(executable, { code });
}

/** Takes the inspector's own lines out of stderr, each only once: a program may print the same words. */
class InspectorFilter {
  private expected = [...INSPECTOR_LINES];
  private readonly onAddress: (url: string) => void;
  private held = '';

  constructor(onAddress: (url: string) => void) {
    this.onAddress = onAddress;
  }

  /** Another process is going to say the same. */
  expect(): void {
    this.expected = [...this.expected, ...INSPECTOR_LINES];
  }

  /** Returns what of the text is the program's. A line's beginning is held back while it may become one of the inspector's. */
  take(text: string): string {
    let rest = this.held + text;
    this.held = '';
    for (const line of [...this.expected]) {
      const match = line.exec(rest);
      if (match === null) continue;
      this.expected.splice(this.expected.indexOf(line), 1);
      if (match[1] !== undefined) this.onAddress(match[1]);
      rest = rest.slice(0, match.index) + rest.slice(match.index + match[0].length);
    }
    const lastLine = rest.slice(rest.lastIndexOf('\n') + 1);
    if (lastLine !== '' && BEGINNINGS.some((each) => isSameStart(each, lastLine))) {
      this.held = lastLine;
      rest = rest.slice(0, rest.length - lastLine.length);
    }
    return rest;
  }

  flush(): string {
    const rest = this.held;
    this.held = '';
    return rest;
  }
}

function isSameStart(a: string, b: string): boolean {
  return a.startsWith(b) || b.startsWith(a);
}

/** What starts a program so that it waits for its debugger. */
export interface Command {
  executable: string;
  args: string[];
  /** Changes to the environment; null removes a variable. */
  env: Record<string, string | null>;
}

/**
 * The command for a launch.
 *
 * @param runtimePath the folder of the runtime's build.
 * @param port the inspector's; 0: any that is free.
 * @param mark precedes what the program tells on stdout, if that is read here.
 */
export function commandOf(
  launch: Launch,
  runtimePath: string,
  port: number,
  mark?: string,
): Command {
  const preload = pathToFileURL(join(realpathSync(runtimePath), 'debug.js')).href;
  const { executable, env } = runtimeOf(launch);
  const { runtimeArgs, program, args, historyLimit, blockedAfter } = launch;
  const options: DebugOptions = { historyLimit, blockedAfter, ...(mark !== undefined && { mark }) };
  return {
    executable,
    args: [
      `--inspect-brk=127.0.0.1:${port}`,
      ...runtimeArgs,
      '--import',
      preload,
      program,
      ...args,
    ],
    env: { ...env, ...launch.env, [DEBUG_OPTIONS]: JSON.stringify(options) },
  };
}

/** The executable that runs the program: as configured, else `node`, else the editor's own. */
function runtimeOf(launch: Launch): { executable: string; env: Record<string, string> } {
  if (launch.runtimeExecutable !== undefined) {
    return { executable: launch.runtimeExecutable, env: {} };
  }
  const path = { ...process.env, ...launch.env }.PATH ?? '';
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const found = path.split(delimiter).some((folder) => isExecutable(join(folder, name)));
  if (found) return { executable: 'node', env: {} };
  return { executable: process.execPath, env: { ELECTRON_RUN_AS_NODE: '1' } };
}

function environmentOf(changes: Record<string, string | null>): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env };
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) delete env[name];
    else env[name] = String(value);
  }
  return env;
}

function startError(executable: string, error: { code?: string; message?: string }): UserError {
  const reason =
    error.code === 'ENOENT'
      ? l10n.t('there is no such program')
      : error.code === 'EACCES'
        ? l10n.t('it is not executable')
        : (error.message ?? '');
  return new UserError(
    l10n.t('The program cannot be started with "runtimeExecutable" {0}: {1}.', executable, reason),
  );
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
