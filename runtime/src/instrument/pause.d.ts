/** Stops the program, if a debugger is attached. */
export function pause(): void;
/** Does nothing, visibly for V8. */
export function nudge(): void;
