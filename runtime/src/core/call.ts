/** Calls that the runtime's own generators make of functions that may switch. */

import { formOf } from './form.ts';
import { type Frame, RUNTIME_SITE, type Site, suspend } from './frame.ts';

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

/** `yield* framed(frame)`: runs a frame that a form has returned. */
export function* framed(
  frame: Frame,
  site: Site = RUNTIME_SITE,
): Generator<undefined, unknown, unknown> {
  const step = frame.next();
  if (step.done) return step.value;
  suspend(frame, site);
  return yield undefined;
}

// biome-ignore lint/correctness/useYield: it has the shape of a call that may switch.
function* plain(
  callee: () => unknown,
  self: unknown,
  args: unknown[],
): Generator<undefined, unknown, unknown> {
  return Reflect.apply(callee, self, args);
}
