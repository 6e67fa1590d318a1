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
  /** Set while a debugger keeps it from running. */
  frozen?: true;
}

/** `greenlet/snapshot`. */
export interface SnapshotArguments {
  /** A version from an earlier answer: only what has changed after it is wanted. */
  since?: number;
}

export interface Snapshot {
  /** Counts changes. */
  version: number;
  /** Sorted by id. */
  greenlets: GreenletInfo[];
  /** The ids that are no longer known; only in answers to `since`. */
  removed?: number[];
}

/** `greenlet/history`. */
export interface HistoryArguments {
  /** Only rows with a greater `seq`. */
  since?: number;
  /** At most so many, the newest. */
  limit?: number;
}

/** One switch: begun when `from` stopped running, completed when the next greenlet ran. */
export interface SwitchRow {
  /** Counts from 1. */
  seq: number;
  time: number;
  from: number;
  /** 0 is the hub: nothing was ready, or nothing has run since. */
  to: number;
  /** Why `from` stopped: `sleep`, `joinAll`, `exit`, `kill`; `wake` where it was the hub. */
  reason: string;
  /** The place of the yield: an absolute path, empty where there is none; line and column 0 then. */
  source: string;
  line: number;
  column: number;
}

export interface History {
  /** Oldest first. */
  switches: SwitchRow[];
  /** How many rows have been forgotten because there were too many. */
  dropped: number;
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
