/**
 * Warnings of calls that hold up all greenlets. They hang on the functions that block, as forms: so a program pays nothing for them
 * unless it calls such a function, and nothing at all as long as they are off.
 */

import type { Form } from '../core/form.ts';
import { type Frame, finished } from '../core/frame.ts';
import { Greenlet } from '../core/greenlet.ts';
import { hub } from '../core/hub.ts';
import { notices } from '../core/notice.ts';
import { formatPlace } from '../core/sites.ts';
import { isOwnFile, pathOf, placesOfStack } from '../core/stack.ts';
import type { Patchable } from './patchable.ts';

/**
 * A form that warns, once for each place that calls, and then calls the function itself.
 *
 * @param remedy what to call to have the function patched: `patchFs()`.
 */
export function warningForm(target: Patchable, remedy: string): Form {
  const { fn, module, name } = target;
  const seen = new Set<string>();
  return function (this: unknown, ...args: unknown[]): Frame {
    if (holdsUpOthers()) warn(`${module}.${name}`, remedy, seen);
    return finished(Reflect.apply(fn, this, args));
  };
}

/** Whether there is a greenlet besides the one that runs. */
function holdsUpOthers(): boolean {
  const { current } = hub;
  if (current === null) return false;
  for (const each of Greenlet.live()) if (each !== current) return true;
  return false;
}

function warn(call: string, remedy: string, seen: Set<string>): void {
  const position = callPosition();
  if (seen.has(position)) return;
  seen.add(position);
  notices.listener?.({ kind: 'blocking-call', subject: call });
  const [place] = placesOfStack(new Error());
  const where = place === undefined ? '' : formatPlace(place);
  if (seen.has(where)) return;
  seen.add(where);
  const label = hub.current?.label;
  const text = `${call} holds up all greenlets while ${label} waits for it; ${remedy} of greenlets/monkey lets them run`;
  process.emitWarning(text, { type: 'BlockingCallWarning', detail: `at ${where}` });
}

/** Names the program's call that runs, without the maps of the sources, which take long. */
function callPosition(): string {
  const { prepareStackTrace, stackTraceLimit } = Error;
  Error.stackTraceLimit = FRAMES_TO_CALL;
  Error.prepareStackTrace = (_, frames) => {
    const call = frames.find((each) => {
      const file = each.getScriptNameOrSourceURL();
      return file && !isOwnFile(pathOf(file));
    });
    return `${call?.getScriptNameOrSourceURL()}:${call?.getPosition()}`;
  };
  const { stack = '' } = new Error();
  Object.assign(Error, { prepareStackTrace, stackTraceLimit });
  return stack;
}

/** More than lie between here and the program: the form and the helpers that have called it. */
const FRAMES_TO_CALL = 16;
