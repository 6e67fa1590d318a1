/** The calls of a file that may switch: what an editor marks, before a program runs and while it does. */

/** What the transform knows of a file. */
export interface FileOutline {
  /** In the order in which the transform has come to them. */
  points: SwitchPoint[];
  /** The one-based first and last lines of the functions, outer ones before those in them. */
  functions: { line: number; endLine: number }[];
}

/** One call that may switch; line and column are one-based. */
export interface SwitchPoint extends SwitchCause {
  line: number;
  column: number;
  /** The name of the function around it. */
  function: string;
  /** What is called, as it is written: `jobs.get`; `await`, `next` (of an iterator) and `dispose` where no call is written. */
  callee: string;
}

/** Why a call may switch. */
export interface SwitchCause {
  /**
   * `runtime`: it calls a function of the runtime that switches. `await`: it waits for a promise. `calls`: it calls a function of the
   * file that leads to one of these. `unknown`: nobody can tell what is called before it is.
   */
  why: 'runtime' | 'await' | 'calls' | 'unknown';
  /** For `runtime`: its name, `sleep` or `Queue.get`. For `calls`: what it leads to. */
  what?: string;
  /** For `calls`: the one-based line of that. */
  leadsTo?: number;
}

/** Which functions and methods of the runtime may switch: by entry (`greenlets/queue`), then by name. */
export type RuntimeForms = Readonly<Record<string, Readonly<Record<string, RuntimeForm>>>>;

/** Whether a function may switch; for a class, the names of its methods that may. */
export type RuntimeForm =
  | boolean
  | { readonly methods: readonly string[]; readonly statics: readonly string[] };

/** `greenlet/yieldPoints`. */
export interface YieldPointsArguments {
  /** The absolute path of a source file. */
  path: string;
}

/** Which calls of a file have given way, in the program that is debugged. */
export interface YieldPoints {
  /** How many calls of the file may switch, as far as the program has loaded it; 0: it is not one of the program's. */
  sites: number;
  /** Those that have. */
  points: YieldPoint[];
}

/** A call that has given way; line and column are one-based. */
export interface YieldPoint {
  line: number;
  column: number;
  /** How often greenlets have stopped right here, by reason: `sleep`, `Queue.get`. */
  reasons: Record<string, number>;
  /** How often the call has not returned at once, because something in what it calls has given way. */
  suspended: number;
}
