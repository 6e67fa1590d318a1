/** `launch`: its attributes, checked before anything is started. */

import { statSync } from 'node:fs';
import { dirname, isAbsolute, resolve } from 'node:path';
import type { DebugProtocol } from '@vscode/debugprotocol';
import * as l10n from '@vscode/l10n';
import { readEnvFiles } from './env-file.ts';
import { UserError } from './errors.ts';

/** The attributes of a launch configuration. */
export interface LaunchArguments extends DebugProtocol.LaunchRequestArguments {
  program?: string;
  args?: string[];
  cwd?: string;
  env?: Record<string, string | null>;
  envFile?: string | string[];
  runtimeExecutable?: string;
  runtimeArgs?: string[];
  stopOnEntry?: boolean;
  skipFiles?: string[];
  console?: string;
  historyLimit?: number;
  blockedAfter?: number;
  /** Whether greenlet programs that the program starts are debugged too, each in a session of its own. */
  autoAttachChildProcesses?: boolean;
}

/** Where a program prints, and where it reads what is typed. */
export type Console = 'internalConsole' | 'integratedTerminal' | 'externalTerminal';

/** A launch whose attributes are in order. */
export interface Launch {
  program: string;
  args: string[];
  cwd: string;
  env: Record<string, string | null>;
  /** Undefined: `node`, and if there is none, the editor's own. */
  runtimeExecutable: string | undefined;
  runtimeArgs: string[];
  stopOnEntry: boolean;
  skipFiles: string[];
  console: Console;
  historyLimit: number | undefined;
  blockedAfter: number | undefined;
  autoAttachChildProcesses: boolean;
}

/**
 * Checks the attributes.
 *
 * @throws {UserError} which attribute is wrong, and how.
 */
export function checkLaunch(given: LaunchArguments): Launch {
  const { program, console: where = 'internalConsole', historyLimit, blockedAfter } = given;
  if (typeof program !== 'string' || program === '') {
    throw new UserError(
      l10n.t(
        'No program to debug was given: set "program" in the launch configuration to the path of a TypeScript or JavaScript file.',
      ),
    );
  }
  if (!isConsole(where)) {
    throw new UserError(
      l10n.t(
        '"console" must be internalConsole, integratedTerminal or externalTerminal, not {0}.',
        where,
      ),
    );
  }
  if (historyLimit !== undefined && !(Number.isInteger(historyLimit) && historyLimit >= 0)) {
    throw new UserError(
      l10n.t('"historyLimit" must be a whole number that is not negative, not {0}.', historyLimit),
    );
  }
  if (blockedAfter !== undefined && !(Number.isFinite(blockedAfter) && blockedAfter > 0)) {
    throw new UserError(
      l10n.t('"blockedAfter" must be a positive number of seconds, not {0}.', blockedAfter),
    );
  }
  if (given.cwd !== undefined && !isFolder(given.cwd)) {
    throw new UserError(l10n.t('The working directory "cwd" does not exist: {0}', given.cwd));
  }
  const path = isAbsolute(program) ? program : resolve(given.cwd ?? process.cwd(), program);
  if (!isFile(path)) throw new UserError(l10n.t('The program does not exist: {0}', path));
  const cwd = given.cwd ?? dirname(path);
  const { envFile = [], autoAttachChildProcesses = true } = given;
  const files = strings('envFile', typeof envFile === 'string' ? [envFile] : envFile);
  return {
    program: path,
    args: strings('args', given.args),
    cwd,
    env: { ...readEnvFiles(files, cwd), ...given.env },
    autoAttachChildProcesses: autoAttachChildProcesses !== false,
    runtimeExecutable: given.runtimeExecutable || undefined,
    runtimeArgs: strings('runtimeArgs', given.runtimeArgs),
    stopOnEntry: given.stopOnEntry ?? false,
    skipFiles: strings('skipFiles', given.skipFiles),
    console: where,
    historyLimit,
    blockedAfter,
  };
}

function isConsole(where: string): where is Console {
  return ['internalConsole', 'integratedTerminal', 'externalTerminal'].includes(where);
}

function strings(name: string, value: unknown): string[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value;
  throw new UserError(l10n.t('"{0}" must be a list of strings.', name));
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
