/** What the adapter asks of the debuggee while it is paused or runs: the object behind `BRIDGE`. Types only. */

import type { Lints } from './lints.ts';
import type { PackedArguments, PackedHistory } from './packed.ts';
import type {
  History,
  HistoryArguments,
  Location,
  Snapshot,
  TraceFormat,
  WaitingOn,
} from './snapshot.ts';
import type { YieldPoints } from './switch-points.ts';
import type { WaitGraph } from './waits.ts';

/** The environment variable with the `DebugOptions` as JSON. */
export const DEBUG_OPTIONS = 'GREENLETS_DEBUG';

/**
 * The environment variable with the folder where children of a debugged program announce themselves. A child writes `PID.json` (a
 * `ChildProgram`), waits for `PID.ok`, opens its inspector, writes the inspector's port into `PID.port`, and waits for a debugger.
 */
export const CHILDREN = 'GREENLETS_DEBUG_CHILDREN';

/** What a child tells of itself. */
export interface ChildProgram {
  /** The path of its program. */
  program: string;
}

/** Where a program keeps the offer to be attached to: `globalThis[Symbol.for(ATTACH)]`. */
export const ATTACH = 'greenlets.attach';

/** How a debugger joins a program that runs already. */
export interface AttachOffer {
  /** The version of these words. */
  protocol: number;
  /** The URL of the runtime's build, with a slash at its end. */
  folder: string;
  /** Lays the bridge. */
  load(): void;
}

export interface DebugOptions {
  /** How many switches the history keeps; 0: none. */
  historyLimit?: number;
  /** After how many seconds a greenlet's turn counts as blocking the hub. */
  blockedAfter?: number;
  /**
   * What precedes a `LogLine` (JSON, and a line's end) on stdout, so that it keeps its order with what the program prints. Undefined: they
   * are told by `TELL`.
   */
  mark?: string;
}

/** What the program can be paused at. */
export type Moment =
  | 'switch'
  | 'spawn'
  | 'start'
  | 'exit'
  | 'kill'
  | 'timeout'
  | 'deadlock'
  | 'blocked'
  | 'uncaught'
  | 'caught';

/** A text for each of some moments: what to pause at, with its condition (empty: always); or what is wrong with a condition. */
export type PauseFilters = Partial<Record<Moment, string>>;

/** A step that is under way. While there is one, the pauses at moments are silent, those at deadlocks and errors excepted. */
export interface StepSettings {
  /** The greenlet that steps; when it ends, the pauses are no longer silent. 0: code outside any greenlet. */
  greenlet: number;
  /** Pause when the next greenlet goes on, once this one has given way (step into a yield). */
  follow: boolean;
  /** It has given way already. */
  now?: boolean;
  /** Follow to this greenlet, whoever else runs before. */
  to?: number;
  /** Hold all other greenlets, and pause where this one blocks or ends. Giving way by `sleep(0)` is no blocking. */
  alone?: boolean;
  /** Pause at the next yield of whichever greenlet. */
  untilYield?: boolean;
}

/** Why the runtime has paused. */
export type PauseKind = Moment | 'enter' | 'resume' | 'pause' | 'data' | 'ending' | 'raise';

export interface PauseEvent {
  kind: PauseKind;
  /** The greenlet that it is about; 0: none. */
  greenlet: number;
  /** For people: `worker #3 yields: Queue.get (jobs)`. */
  text: string;
  /** Set where the greenlet is about to give way: its frames will unwind as soon as it goes on. */
  atYield?: true;
  /** What it is about to wait for; only with `atYield`. */
  waitingOn?: WaitingOn;
  /** The number of the data breakpoint. */
  breakpoint?: number;
}

/** One batch for one stop. */
export interface StopInfo {
  /** The greenlet whose code runs; 0 in code outside any greenlet. */
  current: number;
  /** Whether the running greenlet has parked and its native frames are on their way out. */
  unwinding: boolean;
  /** How many of the program's frames of the running greenlet are parked, below its native ones. */
  parked: number;
  /** Why the runtime has paused; null where it was V8. */
  event: PauseEvent | null;
  snapshot: Snapshot;
}

/** What a breakpoint wants besides its place. */
export interface Arrival {
  /** Null: every time. */
  hitCount: HitCount | null;
  /** A log point's message: text, then by turns an expression and text. Null: the breakpoint pauses. */
  message: readonly string[] | null;
}

/** Which of a breakpoint's hits count; `%`: every so many. */
export interface HitCount {
  operator: '=' | '>' | '>=' | '<' | '<=' | '%';
  number: number;
}

/** What the program tells of a breakpoint without pausing. */
export interface LogLine {
  /** The breakpoint's number. */
  id: number;
  text: string;
  /** Whether `text` is the error that its condition or its message has thrown. */
  failed: boolean;
}

/** What can be watched for changes. */
export interface Watched {
  /** Null: it cannot be. */
  id: number | null;
  /** Its name, or why it cannot be watched. */
  text: string;
}

/** A breakpoint at a change. */
export interface DataBreakpoint {
  id: number;
  /** The id of what is watched. */
  watched: number;
  /** An expression over `value`, `previous` and `name` (that of the running greenlet); empty: every change counts. */
  condition: string;
  hitCount: HitCount | null;
}

/** The name of the function by which the program tells `LogLine`s and `LintLine`s (as JSON), until the bridge has taken it. */
export const TELL = 'greenletsTell';

/** How a running program is. */
export interface Beat {
  /** The version that a snapshot would have now. */
  version: number;
  /** That a greenlet blocks the hub, in words, where the program is to be paused at that; told once. */
  blocked: string | null;
}

/** The frames of a greenlet that the hub keeps, innermost first. */
export interface ParkedStack {
  frames: ParkedFrame[];
  /** Where the greenlet was spawned, innermost first; empty where that is not known. */
  spawned: Location[];
  spawner: number | null;
}

export interface ParkedFrame extends Location {
  /** What `Bridge.frame` takes. */
  index: number;
}

/**
 * What the runtime makes of an error that is being thrown: nothing, or a pause. `later`: it leaves a function with a promise, and
 * whether that is handled will be known when the promise is rejected.
 */
export type ErrorVerdict = 'uncaught' | 'caught' | 'later' | null;

export interface Bridge {
  /** The version of these words. */
  readonly protocol: number;
  /** Sets what the program pauses at. Returns what is wrong with conditions. */
  filters(filters: PauseFilters): PauseFilters;
  step(step: StepSettings | null): void;
  /** Takes the function `TELL`. */
  listen(): void;
  /** Learns what a breakpoint wants besides its place. */
  expect(breakpoint: number, arrival: Arrival): void;
  /** What of an object can be watched: a property, or without `key` the state of one of the runtime's objects. */
  watchable(object: object, key?: string): Watched;
  /** Replaces all breakpoints at data. Returns for each null, or what is wrong with it. */
  watchData(breakpoints: readonly DataBreakpoint[]): (string | null)[];
  /** Forgets what breakpoints want. */
  forget(breakpoints: readonly number[]): void;
  /**
   * The program has come to a breakpoint: called by the expression that V8 evaluates there.
   *
   * @returns whether to pause.
   */
  arrive(
    breakpoint: number,
    condition: ((greenlet: unknown) => unknown) | null,
    values: ((greenlet: unknown) => unknown[]) | null,
  ): boolean;
  /** The program is paused: the hub's clock stands until `goOn`. */
  stop(since?: number): StopInfo;
  /** The program is about to go on. */
  goOn(): void;
  snapshot(since?: number): Snapshot;
  /**
   * What a program is asked regularly.
   *
   * @param isPaused whether it is paused: then nobody is late.
   */
  beat(isPaused: boolean): Beat;
  history(wanted?: HistoryArguments): History;
  /** Which calls of a file have given way, and how often. */
  yieldPoints(path: string): YieldPoints;
  trace(wanted: PackedArguments): PackedHistory;
  stack(id: number): ParkedStack;
  /** The generator behind a parked frame, or for a module's top level a function with its scopes. */
  frame(id: number, index: number): object | undefined;
  /** An object whose properties tell what there is to know of a greenlet. */
  card(id: number): object | undefined;
  /** The runtime's own objects in their own terms; null for others. */
  describe(objects: readonly unknown[]): (string | null)[];
  /**
   * Pauses when the frame with so many of the program's frames below it goes on, or the one below where it has ended; while it
   * is on the native stack, once the greenlet has given way. False: there is no such frame.
   */
  watch(id: number, below: number): boolean;
  /** What the runtime is about to throw, at a pause of the kind `raise`. */
  raised(): unknown;
  /**
   * Judges an error that is being thrown. It is uncaught where no parked caller catches it either, and told once.
   *
   * @param guarded whether a frame on the native stack catches it.
   */
  judge(error: unknown, guarded: boolean): ErrorVerdict;
  /** Judges an error that a promise is rejected with which nobody handles. Returns the id of the greenlet; 0: no pause. */
  judgeRejection(error: unknown): number;
  /** Queues a kill. Returns false where there is no such greenlet that has not ended. */
  kill(id: number): boolean;
  /**
   * Freezes or thaws a greenlet.
   *
   * @returns null, or why not: `has ended`.
   */
  freeze(id: number, on: boolean): string | null;
  /**
   * Lets a greenlet run next that is ready.
   *
   * @returns null, or why not: `is not ready`.
   */
  runNext(id: number): string | null;
  /** Why a greenlet could not run now if all others were held: `is not ready`; null: it could. */
  cannotRun(id: number): string | null;
  /** The ids of the greenlets in the hub's queue, in the order in which they will run. Wake-ups that are queued are not named. */
  schedule(): number[];
  exportTrace(format: TraceFormat): string;
  /** What looks like a mistake, as far as it was found. */
  lints(since?: number): Lints;
  waitGraph(): WaitGraph;
  /**
   * Whether to pause when the process is about to exit, so that the program's last state can be read: after that, no code runs that
   * could tell it.
   */
  hold(on: boolean): void;
  /** The debugger goes and the program goes on without it: nothing pauses any more, nobody is frozen. */
  leave(): void;
  /**
   * Pauses: at once if the program is idle, otherwise where a greenlet next gives way or goes on. V8's own `Debugger.pause` waits
   * for a line that is not blackboxed, which an idle program never reaches, and is lost where it finds blackboxed code.
   */
  pause(): void;
}
