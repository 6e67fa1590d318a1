/**
 * The words that the debuggee, the adapter and the views share: plain data, no code. Lines and columns are one-based, times
 * are seconds since the program's start, paths are absolute.
 */

/** The version of these words; adapter and debuggee compare it before anything else. */
export const PROTOCOL_VERSION = 1;

/** Where the debuggee keeps the object that the adapter calls: `globalThis[Symbol.for(BRIDGE)]`. */
export const BRIDGE = 'greenlets.bridge';

export type GreenletState =
  | 'created'
  | 'ready'
  | 'running'
  | 'waiting'
  | 'finished'
  | 'failed'
  | 'killed';

export interface Location {
  path: string;
  line: number;
  column: number;
  function: string;
}

/** What a greenlet waits for. */
export interface WaitingOn {
  /** The call: `sleep`, `joinAll`, `Queue.get`. */
  kind: string;
  /** The object, in words: `jobs`, `foo #2, bar #3`. Empty where there is none. */
  name: string;
  /** The id of the greenlet that holds the object, where one does. */
  owner?: number;
}

export interface GreenletInfo {
  id: number;
  name: string;
  state: GreenletState;
  /** The id of the greenlet that spawned it. */
  spawner: number | null;
  waitingOn: WaitingOn | null;
  /** Where it stands; null before its start and after its end. The adapter fills in the running one's. */
  location: Location | null;
  /** The result, or the error, as text; only after the end. */
  value?: string;
  exception?: string;
  /** How often it has given way. */
  switches: number;
  /** When it came into its state, in seconds; not told where no history is kept. */
  since?: number;
  /** Set while a debugger keeps it from running. */
  frozen?: true;
  /** Set for a helper of the runtime's own: the greenlet behind a pool's `map`, for example. */
  internal?: true;
}

/** What the hub has before it. */
export interface HubInfo {
  /** How many callbacks are ready. */
  ready: number;
  /** How many timers have been started. */
  timers: number;
  /** When the first of them rings, in seconds; null where there is none. */
  nextTimer: number | null;
}

/** `greenlet/snapshot`. */
export interface SnapshotArguments {
  /** A version from an earlier answer: only what has changed after it is wanted. */
  since?: number;
}

export interface Snapshot {
  /** Counts changes. */
  version: number;
  /** When it was taken, in seconds; at a stop, when the program was stopped. */
  time: number;
  hub: HubInfo;
  /** Sorted by id. */
  greenlets: GreenletInfo[];
  /** The ids that are no longer known; only in answers to `since`. Where it is missing, the answer holds all greenlets. */
  removed?: number[];
}

/** `greenlet/history`. */
export interface HistoryArguments {
  /** Only rows with a greater `seq`. */
  since?: number;
  /** Only rows with a smaller `seq`. */
  before?: number;
  /** At most so many, the newest. */
  limit?: number;
  /** Only rows from or to this greenlet; 0 is the hub. */
  greenlet?: number;
  /** Only rows with this reason. */
  reason?: string;
  /** Marks are wanted, too: those with a greater `number`. */
  marks?: number;
}

/** One switch: begun when `from` stopped running, completed when the next greenlet ran. */
export interface SwitchRow {
  /** Counts from 1. */
  seq: number;
  time: number;
  /** For how many seconds `from` had run (the hub: waited); not told where the row before is no longer known. */
  duration?: number;
  from: number;
  /** 0 is the hub: nothing was ready, or nothing has run since. */
  to: number;
  /** Why `from` stopped: `sleep`, `joinAll`, `exit`, `kill`; `wake` where it was the hub. */
  reason: string;
  /** The place of the yield: an absolute path, empty where there is none; line and column 0 then. */
  source: string;
  line: number;
  column: number;
  /**
   * The turn in which `to` was woken: the `seq` of the row that ends it, whose `from` is the greenlet that did it. Absent where it was a
   * timer, the world outside, or nobody that is known.
   */
  cause?: number;
  /** Where a timer has woken `to`: how many seconds it was late. */
  late?: number;
  /** The time outside, in seconds since the program's start, where the program has given its hub another clock. */
  wall?: number;
}

/** What can happen in a turn, besides the switch that ends it. */
export type MarkKind = 'spawn' | 'kill' | 'timeout' | 'error' | 'freeze' | 'thaw';

/** Something that has happened to a greenlet. */
export interface Mark {
  /** Counts from 1. */
  number: number;
  kind: MarkKind;
  /** Whom it has happened to. */
  greenlet: number;
  /** Who did it: a greenlet's id; 0 is the hub, a debugger, or the world outside. */
  by: number;
  /** The `seq` of the row that ends the turn in which it happened; of the last row so far where no greenlet ran. */
  turn: number;
  time: number;
}

export interface History {
  /** Oldest first. */
  switches: SwitchRow[];
  /** How many rows have been forgotten because there were too many. */
  dropped: number;
  /** The `seq` of the newest row of all; 0: there is none. */
  newest: number;
  /** Every reason that there has been so far. */
  reasons: string[];
  /** Oldest first; only where they were asked for. */
  marks?: Mark[];
}

/** `greenlet/stacks`. */
export interface StacksArguments {
  ids: number[];
}

/** Where a greenlet stands, and where it was spawned. */
export interface GreenletStack {
  id: number;
  /** Its own frames, innermost first; empty before its start and after its end. */
  frames: Location[];
  /** Those of its spawner when it was spawned, innermost first; empty where that is not known. */
  spawned: Location[];
}

/** The answer to `greenlet/stacks`; ids that are not known are left out. */
export interface Stacks {
  stacks: GreenletStack[];
}

/** The formats of `greenlet/exportTrace`: our own (JSON), Chrome's, which Perfetto opens, or a table. */
export type TraceFormat = 'json' | 'chrome' | 'csv';

/** The trace of a run as a file. */
export interface ExportedTrace {
  format: TraceFormat;
  content: string;
}

/** Event `greenlet/changed`. */
export interface Changed {
  version: number;
}
