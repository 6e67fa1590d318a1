/**
 * The only place where the runtime stops the program. This file is neither bundled nor blackboxed, because V8 ignores
 * `debugger` in a blackboxed script. The adapter hides this function's frame.
 */
export function pause() {
  // biome-ignore lint/suspicious/noDebugger: this is the debugger's own pause.
  debugger;
}

/** A line for V8 to pause at, when it was asked to pause and the program is idle. */
export function nudge() {
  return undefined;
}
