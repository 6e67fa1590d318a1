/**
 * The only place where the runtime stops the program. This file is neither bundled nor blackboxed, because V8 ignores
 * `debugger` in a blackboxed script. The adapter hides these functions' frames.
 */
export function pause() {
  // biome-ignore lint/suspicious/noDebugger: this is the debugger's own pause.
  debugger;
}

/**
 * Pauses and then goes on with a frame. The call stands here, where V8 steps into it: from a blackboxed script V8's step into a
 * generator that is resumed would miss it.
 */
export function pauseAndNext(frame, value) {
  // biome-ignore lint/suspicious/noDebugger: this is the debugger's own pause.
  debugger;
  return frame.next(value);
}

/** Pauses and then throws into a frame. */
export function pauseAndThrow(frame, error) {
  // biome-ignore lint/suspicious/noDebugger: this is the debugger's own pause.
  debugger;
  return frame.throw(error);
}

/** Pauses and then makes a greenlet's first frame; a body that cannot switch runs right in there. */
export function pauseAndMake(make) {
  // biome-ignore lint/suspicious/noDebugger: this is the debugger's own pause.
  debugger;
  return make();
}

/** Rejects a promise. It stands here because V8 overlooks what blackboxed code rejects; it knows whether anybody handles it. */
export function rejectInSight(reject, error) {
  reject(error);
}
