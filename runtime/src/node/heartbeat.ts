/** The memory that the monitor shares with its thread: an `Int32Array` of so many words, and what each of them says. */

/** Grows at every switch, and wraps. */
export const SWITCHES = 0;
/** How many greenlets are on the native stack; zero while the hub waits. */
export const RUNNING = 1;
/** 1 while a debugger may be attached: then the thread must not pause the program. */
export const DEBUGGED = 2;
/** For how many milliseconds the running greenlet has blocked, where the thread cannot ask: it is reported when it gives way. */
export const LATE = 3;
export const WORDS = 4;

/** What the monitor's thread is given. */
export interface Watch {
  memory: Int32Array<SharedArrayBuffer>;
  /** Milliseconds between two looks. */
  period: number;
  /** Whether the watched thread is the one that an inspector can reach from here. */
  canPause: boolean;
  /** The key of a symbol on the watched thread's global object: a function `(switches, milliseconds)` that reports. */
  key: string;
}
