/** Patching: which parts of Node there are, and what programs call. */

import { childProcessFunctions } from './child-process.ts';
import { cryptoFunctions } from './crypto.ts';
import { dnsFunctions } from './dns.ts';
import { eventFunctions } from './events.ts';
import { fsFunctions } from './fs.ts';
import type { Callable, Patchable } from './patchable.ts';
import { readlineFunctions } from './readline.ts';
import { stdinFunctions } from './stdin.ts';
import { threadFunctions } from './thread.ts';
import { timerFunctions } from './timers.ts';
import { warningForm } from './warn.ts';
import { zlibFunctions } from './zlib.ts';

/** The parts of Node, by the names of `patchAll`'s options. */
const PARTS = {
  fs: fsFunctions(),
  childProcess: childProcessFunctions(),
  thread: threadFunctions(),
  crypto: cryptoFunctions(),
  zlib: zlibFunctions(),
  timers: timerFunctions(),
  events: eventFunctions(),
  dns: dnsFunctions(),
  readline: readlineFunctions(),
  stdin: stdinFunctions(),
} satisfies Record<string, readonly Patchable[]>;

type Part = keyof typeof PARTS;

/** Options of `patchAll`: which parts to patch; all by default. */
export type PatchOptions = { [P in Part]?: boolean };

/**
 * Patches Node: its functions that block let other greenlets run when a greenlet calls them, and are what they always were for
 * everyone else. Never switches (gevent's `patch_all`).
 *
 * @param options `false` for the parts to leave as they are.
 */
export function patchAll(options: PatchOptions = {}): void {
  for (const part of Object.keys(PARTS) as Part[]) {
    if (options[part] ?? true) patch(part);
  }
}

/** Patches the `…Sync` functions of `node:fs`. Never switches. */
export function patchFs(): void {
  patch('fs');
}

/** Patches `execSync`, `execFileSync` and `spawnSync` of `node:child_process` (gevent's `patch_subprocess`). Never switches. */
export function patchChildProcess(): void {
  patch('childProcess');
}

/** Patches `Atomics.wait` (gevent's `patch_thread`). Never switches. */
export function patchThread(): void {
  patch('thread');
}

/** Patches the functions of `node:crypto` that take long. Never switches. */
export function patchCrypto(): void {
  patch('crypto');
}

/** Patches the `…Sync` functions of `node:zlib`. Never switches. */
export function patchZlib(): void {
  patch('zlib');
}

/**
 * Patches `setTimeout`, `setInterval`, `setImmediate`, `queueMicrotask` and `process.nextTick`: a callback that switches becomes a
 * greenlet whose spawner is the greenlet that started the timer (gevent's `patch_time`). Never switches.
 */
export function patchTimers(): void {
  patch('timers');
}

/** Patches `emit` of `node:events`: in a greenlet it waits for listeners that switch, one after the other. Never switches. */
export function patchEvents(): void {
  patch('events');
}

/** Patches `node:dns`: called by a greenlet without a callback, its functions return the answer (gevent's `patch_dns`). Never switches. */
export function patchDns(): void {
  patch('dns');
}

/** Patches `question` of `node:readline`: called by a greenlet without a callback, it returns the answer. Never switches. */
export function patchReadline(): void {
  patch('readline');
}

/**
 * Patches `process.stdin.read`: called by a greenlet it waits until there is something to read, and returns null at the end only
 * (gevent's `patch_sys`). Never switches.
 */
export function patchStdin(): void {
  patch('stdin');
}

/**
 * Warns whenever a greenlet calls a function that holds up all the others and is not patched: once for each function and each place
 * that calls it, as a `BlockingCallWarning` of Node (`process.on('warning')`). Never switches.
 *
 * @param on `false` turns the warnings off again. They are off by default; the debugger turns them on, unless the program's
 *   environment has `GREENLETS_WARN_BLOCKING=0`.
 */
export function warnBlocking(on: boolean = true): void {
  for (const part of Object.keys(PARTS) as Part[]) {
    const remedy = `patch${part.charAt(0).toUpperCase()}${part.slice(1)}()`;
    for (const each of PARTS[part]) {
      if (each.blocks) each.linkUnpatched(on ? warningForm(each, remedy) : undefined);
    }
  }
}

/** Makes every function what it was before. Never switches. */
export function unpatchAll(): void {
  for (const each of patchables()) each.patch(false);
}

/**
 * Whether a function is patched (gevent's `is_object_patched`), or any function of a module (`is_module_patched`).
 *
 * @param module a module's name, with or without `node:`, or `Atomics`; or the function itself.
 * @param name the function's name in the module; undefined: any.
 */
export function isPatched(module: string | Callable, name?: string): boolean {
  return found(module, name).some((each) => each.isPatched);
}

/**
 * A function as it is without a patch: it blocks when a greenlet calls it (gevent's `get_original`). A function that is never
 * patched is returned as it is.
 *
 * @param module a module's name, with or without `node:`, or `Atomics`; or the function itself.
 * @param name the function's name in the module.
 * @throws {TypeError} if `module` is a name and there is no such function to patch.
 */
export function getOriginal<F extends Callable>(fn: F): F;
export function getOriginal(module: string, name: string): Callable;
export function getOriginal(module: string | Callable, name = ''): Callable {
  const [first] = found(module, name);
  if (first !== undefined) return first.original();
  if (typeof module === 'function') return module;
  throw new TypeError(`greenlets/monkey patches no function ${name} of ${module}`);
}

/** All functions that can be patched. */
export function patchables(): Patchable[] {
  return Object.values(PARTS).flat();
}

function patch(part: Part): void {
  for (const each of PARTS[part]) each.patch(true);
}

function found(module: string | Callable, name: string | undefined): Patchable[] {
  if (typeof module === 'function') return patchables().filter((each) => each.fn === module);
  const home = module.replace(/^node:/, '');
  return patchables().filter(
    (each) => each.module === home && (name === undefined || each.name === name),
  );
}
