/** The native frames of the greenlet that runs: V8's frames without those of the runtime, the hub and Node. */

import { plainName } from '../../runtime/src/protocol/helpers.ts';
import type { CallFrame } from '../cdp/types.ts';
import type { SourcePlace } from './scripts.ts';
import type { Target } from './target.ts';

export interface NativeFrame {
  callFrame: CallFrame;
  place: SourcePlace;
  /** The function, as the program's text calls it. */
  name: string;
}

/** V8's frames that belong to the running greenlet: down to where the hub resumed it. */
export function ownCallFrames(callFrames: readonly CallFrame[], target: Target): CallFrame[] {
  const end = callFrames.findIndex((frame) => isResumer(frame, target));
  return end < 0 ? [...callFrames] : callFrames.slice(0, end);
}

/** Those of them that are the user's code, innermost first. */
export function nativeFrames(callFrames: readonly CallFrame[], target: Target): NativeFrame[] {
  return userFrames(ownCallFrames(callFrames, target), target);
}

/**
 * The user's frames further down, those of each greenlet apart: an `async` function's first part runs on top of its caller, which
 * does not run meanwhile and is not parked either.
 */
export function outerFrames(callFrames: readonly CallFrame[], target: Target): NativeFrame[][] {
  const segments: NativeFrame[][] = [];
  let rest = callFrames.slice(ownCallFrames(callFrames, target).length + 1);
  while (rest.length > 0) {
    const own = ownCallFrames(rest, target);
    segments.push(userFrames(own, target));
    rest = rest.slice(own.length + 1);
  }
  return segments;
}

function userFrames(callFrames: readonly CallFrame[], target: Target): NativeFrame[] {
  return callFrames.flatMap((callFrame) => {
    const place = target.scripts.place(callFrame.location);
    return place === undefined ? [] : [{ callFrame, place, name: nameOf(callFrame) }];
  });
}

function isResumer({ functionName, location }: CallFrame, target: Target): boolean {
  return RESUMERS.has(functionName) && target.isRuntime(location.scriptId);
}

/** The hub's methods that run a greenlet; no other of the runtime's functions is called so. */
const RESUMERS = new Set(['beginBody', 'runFrames']);

function nameOf(callFrame: CallFrame): string {
  const name = plainName(callFrame.functionName);
  if (name !== '') return name;
  const isTop = callFrame.scopeChain[0]?.type === 'module' || !hasLocal(callFrame);
  return isTop ? '<module>' : '<anonymous>';
}

function hasLocal(callFrame: CallFrame): boolean {
  return callFrame.scopeChain.some((scope) => scope.type === 'local');
}
