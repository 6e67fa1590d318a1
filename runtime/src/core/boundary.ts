/**
 * What stands between a greenlet and a call that would have to switch: the frame of V8 that cannot be taken off the native stack. It is
 * looked for when the error is made, and costs nothing before.
 */

import { hasSites } from './sites.ts';
import { isOwnFile, pathOf } from './stack.ts';

type Fn = (...args: never[]) => unknown;

/** The functions that run a frame without being able to hand it up, innermost kind last. */
const entries: Fn[] = [];
/** Those whose direct caller is the ordinary form of a function of the program. */
const wrapped = new Set<Fn>();

/**
 * Tells of a function that runs a frame for a caller that cannot suspend.
 *
 * @param isWrapped whether it is called by an ordinary form, which stands in the program's own file.
 */
export function registerBoundary(fn: Fn, isWrapped = false): void {
  entries.push(fn);
  if (isWrapped) wrapped.add(fn);
}

/**
 * Words what the running greenlet is inside of, as in `the native function Array.sort, which called compare`.
 *
 * @returns undefined if nothing is known.
 */
export function describeBoundary(): string | undefined {
  const { called, frames } = framesBelow();
  const frame = frames.find((each) => !isOwn(each));
  if (frame === undefined) return undefined;
  if (frame.isEval()) return 'code that was given to eval or Function';
  const file = fileOf(frame);
  if (file === undefined || file.startsWith('node:')) {
    const what = called ? `, which called ${called}` : '';
    return `the native function ${nameOf(frame) ?? 'that called it'}${what}`;
  }
  if (called !== undefined && isForm(frame, file)) return `${called || UNNAMED}, ${BY_ITSELF}`;
  const why = hasSites(file) ? 'which runs as plain code' : 'which was not transformed';
  return `${describe(frame)} (${file}:${frame.getLineNumber()}), ${why}`;
}

const UNNAMED = 'a function without a name';
const BY_ITSELF =
  "which JavaScript itself called: for a conversion, an accessor, a proxy's trap or an iterator";

/** The frames below the innermost boundary, innermost first, and the name of the function that was called across it. */
function framesBelow(): { called: string | undefined; frames: NodeJS.CallSite[] } {
  let best: NodeJS.CallSite[] = [];
  let called: string | undefined;
  for (const entry of entries) {
    const frames = callSites(entry);
    // The ordinary form is one frame further out than the function that it calls.
    const wraps = wrapped.has(entry) && frames.length > 0;
    if (frames.length + (wraps ? 1 : 0) < best.length) continue;
    best = wraps ? frames.slice(1) : frames;
    called = wraps ? (nameOf(frames[0] as NodeJS.CallSite) ?? '') : ownCallee(frames);
  }
  return { called, frames: best };
}

/** The runtime's own function that the boundary was called by. */
function ownCallee(frames: readonly NodeJS.CallSite[]): string | undefined {
  return frames[0] !== undefined && isOwn(frames[0]) ? nameOf(frames[0]) : undefined;
}

const DEEPEST = 200;

/** V8's frames below the innermost call of a function; none if it is not running. */
function callSites(below: Fn): NodeJS.CallSite[] {
  const { prepareStackTrace, stackTraceLimit } = Error;
  const holder: { stack?: unknown } = {};
  try {
    Error.stackTraceLimit = DEEPEST;
    Error.prepareStackTrace = (_, sites) => sites;
    Error.captureStackTrace(holder, below);
    return Array.isArray(holder.stack) ? (holder.stack as NodeJS.CallSite[]) : [];
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function fileOf(frame: NodeJS.CallSite): string | undefined {
  const file = frame.getFileName();
  return file ? pathOf(file) : undefined;
}

function isOwn(frame: NodeJS.CallSite): boolean {
  const file = fileOf(frame);
  return file !== undefined && isOwnFile(file);
}

/** Whether a frame is that of code that can be suspended: a generator form, or a module's top level. */
function isForm(frame: NodeJS.CallSite, file: string): boolean {
  if (frame.isConstructor() || !hasSites(file)) return false;
  const name = frame.getFunctionName();
  return !name || FORM.test(name) || hasSites(file, name);
}

const FORM = /\$g\d*$/;

/** `Array.sort`, `compare`; undefined where it has no name. */
function nameOf(frame: NodeJS.CallSite): string | undefined {
  const name = frame.getFunctionName()?.replace(FORM, '');
  // V8 may name a closure after the helper that it is given to.
  if (!name || /^\$[a-z]+\d*$/.test(name)) return undefined;
  const type = fileOf(frame) === undefined ? frame.getTypeName() : null;
  return type === null || name.includes('.') || type === 'Object' ? name : `${type}.${name}`;
}

function describe(frame: NodeJS.CallSite): string {
  const name = frame.getFunctionName() ?? '';
  if (name === '<static_initializer>') return 'the static block or field of a class';
  if (name === '<instance_members_initializer>') return 'the initializer of a field';
  if (frame.isConstructor()) return `the constructor ${name}`;
  if (name.startsWith('get ')) return `the getter ${name.slice('get '.length)}`;
  if (name.startsWith('set ')) return `the setter ${name.slice('set '.length)}`;
  return nameOf(frame) ?? UNNAMED;
}
