/** Calls that the runtime's own generators make of functions that may switch. */

import { formOf } from './form.ts';
import { type Frame, finished, RUNTIME_SITE, type Site, suspend } from './frame.ts';

/** `yield* called(fn, self, a, b)`: calls a function in whatever form it has. May switch if the function may. */
export function called(
  callee: unknown,
  self: unknown,
  ...args: unknown[]
): Generator<undefined, unknown, unknown> {
  const form = formOf(callee);
  if (form !== undefined) return framed(Reflect.apply(form, self, args));
  return plain(callee as () => unknown, self, args);
}

/** The frame of a call, in whatever form the function has: as a caller that has no generator needs it, or that calls often. */
export function frameOf(callee: unknown, self: unknown, ...args: unknown[]): Frame {
  const form = formOf(callee);
  if (form !== undefined) return Reflect.apply(form, self, args);
  return finished(Reflect.apply(callee as () => unknown, self, args));
}

/**
 * A call, and what is made of its value. Only where the call suspends is there a generator.
 *
 * @param frame the call, which is run here.
 */
export function after(frame: Frame, then: (value: unknown) => unknown): Frame {
  const step = frame.next();
  return step.done ? finished(then(step.value)) : goOn(frame, then);
}

function* goOn(
  frame: Frame,
  then: (value: unknown) => unknown,
): Generator<undefined, unknown, unknown> {
  return then(yield* suspended(frame));
}

/** `yield* suspended(frame)`: the frame's `next` was not done. */
export function* suspended(
  frame: Frame,
  site: Site = RUNTIME_SITE,
): Generator<undefined, unknown, unknown> {
  suspend(frame, site);
  return yield undefined;
}

/** `yield* framed(frame)`: runs a frame that a form has returned. */
export function* framed(
  frame: Frame,
  site: Site = RUNTIME_SITE,
): Generator<undefined, unknown, unknown> {
  const step = frame.next();
  return step.done ? step.value : yield* suspended(frame, site);
}

// biome-ignore lint/correctness/useYield: it has the shape of a call that may switch.
function* plain(
  callee: () => unknown,
  self: unknown,
  args: unknown[],
): Generator<undefined, unknown, unknown> {
  return Reflect.apply(callee, self, args);
}
