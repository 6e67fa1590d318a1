/**
 * Frames: what a greenlet's stack is made of, and the protocol by which code suspends.
 *
 * A call that may switch runs its callee on the native stack: `$g.next()`. When the callee is not done, it has suspended,
 * and the caller suspends too: it hands the callee's frame and its own call site to `suspend` and yields. So a whole chain
 * of callers unwinds to the hub, which then holds the logical stack as an explicit list and later resumes the innermost
 * frame only, at a cost that does not depend on the depth.
 *
 * Rejected: `yield*` from caller to callee. Resuming then walks the whole chain, and the debugger cannot step into it.
 */

import { FrameList } from './frame-list.ts';

/** One function's activation, in practice a generator object. */
export interface Frame {
  next(value?: unknown): Step;
  throw(error: unknown): Step;
}

/** What `next` and `throw` of a frame return. Not done means: suspended. */
export interface Step {
  done?: boolean | undefined;
  value?: unknown;
}

/** A place in the original source where a frame is suspended: an index into the table of sites. */
export type Site = number;

/** The site of the runtime's own frames; debuggers and traces leave such frames out. */
export const RUNTIME_SITE: Site = -1;

const SUSPENDED: Step = { done: false, value: undefined };

/** The frame of a call that has parked the greenlet without needing a generator of its own. */
export const PARKED: Frame = {
  next: () => SUSPENDED,
  throw: () => SUSPENDED,
};

/**
 * What the unwinding greenlet has handed up so far, innermost first: `site` is where the innermost frame is suspended, and
 * the site beside a callee is where its caller is. A frame is known only to its caller, so the outermost one is not here.
 */
export const unwinding: { site: Site; readonly callees: FrameList } = {
  site: RUNTIME_SITE,
  callees: new FrameList(),
};

/**
 * Hands a suspended callee up to the hub; the caller must yield right after.
 *
 * @param callee the frame whose `next` or `throw` was not done.
 * @param site where the caller stands.
 */
export function suspend(callee: Frame, site: Site): void {
  if (callee === PARKED) {
    unwinding.site = site;
  } else {
    unwinding.callees.push(callee, site);
  }
}

/** `yield* parked()` inside one of the runtime's own generators: gives way, and returns what the greenlet is woken with. */
export function* parked(): Generator<undefined, unknown, unknown> {
  suspend(PARKED, RUNTIME_SITE);
  return yield undefined;
}

/** A finished frame: for calls that did not have to wait. Shared: its value is read before the next call is made. */
class Finished implements Frame, Step {
  readonly done = true;
  value: unknown = undefined;

  next(): Step {
    return this;
  }

  throw(error: unknown): Step {
    throw error;
  }
}

const FINISHED = new Finished();

/** The frame of a call that returned at once. */
export function finished(value: unknown): Frame {
  FINISHED.value = value;
  return FINISHED;
}
