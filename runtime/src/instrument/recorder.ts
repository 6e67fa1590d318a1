/**
 * The recorder: a probe that keeps what a debugger or a trace wants to know. Every greenlet with the version of its last change,
 * and the last switches in a ring of plain numbers, so that recording a switch allocates nothing.
 */

import { inspect } from 'node:util';
import type { Site } from '../core/frame.ts';
import { Greenlet } from '../core/greenlet.ts';
import { hub } from '../core/hub.ts';
import { labelsOf, ownersOf } from '../core/label.ts';
import type { Probe } from '../core/probe.ts';
import { placeOf } from '../core/sites.ts';
import type { Trace } from '../core/stack.ts';
import { Timeout } from '../core/timeout.ts';
import type { PackedArguments, PackedHistory } from '../protocol/packed.ts';
import type {
  GreenletInfo,
  History,
  HistoryArguments,
  HubInfo,
  MarkKind,
  Snapshot,
  WaitingOn,
} from '../protocol/snapshot.ts';
import type { YieldPoints } from '../protocol/switch-points.ts';
import { Marks } from './marks.ts';
import { locationOf, Rows } from './rows.ts';
import { SiteCounts } from './site-counts.ts';

const DEFAULT_ROWS = 100_000;
/** So many ended greenlets are remembered with their results; the oldest are forgotten first. */
const ENDED_KEPT = 10_000;
/** So many that have been forgotten are told of by deltas; who asks for older ones gets everything anew. */
const FORGOTTEN_KEPT = 10_000;
/** How much of a value's text is shown. */
const VALUE_LENGTH = 200;
/** How many frames of the spawner are kept. */
const SPAWN_DEPTH = 20;
const { captureStackTrace } = Error;

export class Recorder implements Probe {
  private readonly known = new Map<number, Greenlet>();
  private readonly ended: number[] = [];
  private readonly forgotten: { id: number; version: number }[] = [];
  /** Of those forgotten up to this version not all are told of any more. */
  private forgottenUntil = 0;
  private readonly rows: Rows;
  private readonly counts = new SiteCounts();
  private readonly marks: Marks;
  private version = 0;
  /** Whether the hub has had nothing to do since the last row. */
  private idling = false;
  /** Hears of ends and of errors that are thrown into greenlets: rare moments, which a call more does not slow down. */
  rarely: Pick<Probe, 'exit' | 'kill'> | null = null;

  /** @param limit how many switches are kept; the oldest are dropped first. 0: none is. */
  constructor(limit: number = DEFAULT_ROWS) {
    this.rows = new Rows(limit);
    this.marks = new Marks(limit);
    for (const greenlet of Greenlet.live()) this.learn(greenlet);
  }

  /** Whether a greenlet is known here: one that has only been called from outside, and has not switched, is not. */
  knows(greenlet: Greenlet): boolean {
    return greenlet.change > 0;
  }

  /** A greenlet by its number. */
  find(id: number): Greenlet | undefined {
    return this.known.get(id);
  }

  spawn(greenlet: Greenlet, spawner: Greenlet | null): void {
    greenlet.spawnTrace = stackBelow(this.spawn);
    greenlet.spawnSites = spawner?.sites ?? [];
    greenlet.changeTime = hub.now();
    this.learn(greenlet);
    this.mark('spawn', greenlet, spawner);
  }

  park(greenlet: Greenlet): void {
    if (this.knows(greenlet)) return;
    this.learn(greenlet);
    this.arrive(greenlet);
  }

  enter(greenlet: Greenlet): void {
    if (greenlet.change === 0) return;
    this.touch(greenlet);
    this.arrive(greenlet);
    greenlet.changeTime = this.rows.lastTime;
  }

  leave(greenlet: Greenlet, reason: string, site: Site, callers: number): void {
    if (greenlet.change === 0) return;
    this.touch(greenlet);
    this.counts.add(reason, site);
    if (callers > 0) this.countCallers(greenlet, site, callers);
    this.rows.begin(greenlet.id, reason, site);
    greenlet.changeTime = this.rows.lastTime;
    this.idling = false;
  }

  idle(): void {
    this.idling = true;
    this.rows.rest();
  }

  exit(greenlet: Greenlet): void {
    this.rarely?.exit(greenlet);
    if (greenlet.change === 0) return;
    this.touch(greenlet);
    if (greenlet.state === 'failed') this.mark('error', greenlet, null);
    this.ended.push(greenlet.id);
    if (this.ended.length > ENDED_KEPT) {
      const id = this.ended.shift() as number;
      this.known.delete(id);
      this.forgotten.push({ id, version: ++this.version });
      if (this.forgotten.length > FORGOTTEN_KEPT) {
        this.forgottenUntil = this.forgotten.shift()?.version ?? 0;
      }
    }
  }

  kill(greenlet: Greenlet, error: unknown): void {
    this.rarely?.kill(greenlet, error);
    const by = hub.current ?? this.rows.from(hub.cause);
    this.mark(error instanceof Timeout ? 'timeout' : 'kill', greenlet, by);
  }

  expire(greenlet: Greenlet): void {
    this.mark('timeout', greenlet, null);
  }

  /** A wake-up is queued in the turn of the greenlet that runs, or passed on by the callback that runs. */
  queued(): number {
    return hub.current === null ? Math.max(0, hub.cause) : this.rows.total + 1;
  }

  /** A debugger has frozen or thawed a greenlet. */
  froze(greenlet: Greenlet, on: boolean): void {
    this.touch(greenlet);
    this.mark(on ? 'freeze' : 'thaw', greenlet, null);
  }

  /**
   * All greenlets, or those that have changed.
   *
   * @param since a version from an earlier answer; only later changes are wanted. Without `removed` the answer holds all.
   */
  snapshot(wanted?: number): Snapshot {
    const since = (wanted ?? -1) < this.forgottenUntil ? undefined : wanted;
    const changed = [...this.known.values()].filter((each) => each.change > (since ?? 0));
    const greenlets = changed.map((each) => this.info(each)).sort((a, b) => a.id - b.id);
    const whole = { version: this.version, time: hub.now(), hub: hubInfo(), greenlets };
    if (since === undefined) return whole;
    const first = this.forgotten.findLastIndex((each) => each.version <= since) + 1;
    const removed = this.forgotten.slice(first).map((each) => each.id);
    return { ...whole, removed };
  }

  /** Something about a greenlet has changed without a switch. */
  touch(greenlet: Greenlet): void {
    greenlet.change = ++this.version;
  }

  /** The version that a snapshot would have now. */
  get latest(): number {
    return this.version;
  }

  /** The switches that are kept, oldest first. */
  history(wanted: HistoryArguments = {}): History {
    const history = this.rows.read(wanted);
    if (wanted.marks !== undefined) history.marks = this.marks.read(wanted.marks);
    return history;
  }

  /** The same as numbers, with all marks unless `marks` says otherwise. */
  packed(wanted: PackedArguments): PackedHistory {
    return { ...this.rows.pack(wanted), marks: this.marks.read(wanted.marks ?? 0) };
  }

  /** Which calls of a file have given way, and how often. */
  yieldPoints(path: string): YieldPoints {
    return this.counts.read(path);
  }

  /** Where the runtime's own frames are the innermost, the program's innermost call is among the callers, too. */
  private countCallers(greenlet: Greenlet, innermost: Site, count: number): void {
    for (const site of greenlet.callerSites(count)) {
      if (site !== innermost) this.counts.addCaller(site);
    }
  }

  /** When states change is only known where switches are recorded. */
  private info(greenlet: Greenlet): GreenletInfo {
    const info = infoOf(greenlet);
    if (this.rows.limit > 0) info.since = greenlet.changeTime;
    return info;
  }

  /** The turn that runs: see `Rows.turn`. */
  turn(): { row: number; began: number | null } {
    return this.rows.turn();
  }

  /** When a row was begun, in the hub's seconds; undefined where there is none yet, or no more. */
  timeOf(row: number): number | undefined {
    return this.rows.begunAt(row);
  }

  /** Completes the last row: this greenlet is the next one to run. */
  private arrive(greenlet: Greenlet): void {
    if (this.idling) this.rows.wake();
    this.idling = false;
    this.rows.complete(greenlet.id, hub.cause);
  }

  /** @param by who did it; null: no greenlet. */
  private mark(kind: MarkKind, { id }: Greenlet, by: Greenlet | number | null): void {
    const who = typeof by === 'number' ? by : (by?.id ?? 0);
    const turn = this.rows.total + (hub.current === null ? 0 : 1);
    this.marks.add(kind, id, who, turn, hub.now());
  }

  private learn(greenlet: Greenlet): void {
    this.touch(greenlet);
    this.known.set(greenlet.id, greenlet);
  }
}

/** What a snapshot says of a greenlet. */
export function infoOf(greenlet: Greenlet): GreenletInfo {
  const { id, name, state, switches, spawningGreenlet } = greenlet;
  const place = placeOf(greenlet.site());
  const info: GreenletInfo = {
    id,
    name,
    state,
    spawner: spawningGreenlet?.id ?? null,
    waitingOn: state === 'waiting' ? waitingOnOf(greenlet) : null,
    location: place === undefined ? null : locationOf(place),
    switches,
  };
  if (hub.freezer?.has(greenlet)) info.frozen = true;
  if (greenlet.internal) info.internal = true;
  if (state === 'finished' || state === 'killed') info.value = textOf(greenlet.value);
  if (state === 'failed') info.exception = textOf(greenlet.exception);
  return info;
}

function hubInfo(): HubInfo {
  const deadlines = [...hub.alarm].map((timer) => timer.deadline);
  const nextTimer = deadlines.length === 0 ? null : deadlines.reduce((a, b) => Math.min(a, b));
  return { ready: hub.ready().length, timers: deadlines.length, nextTimer };
}

/** What a greenlet waits for, or is about to wait for. */
export function waitingOnOf({ waitKind: kind, waitOn }: Greenlet): WaitingOn {
  const name = labelsOf(waitOn);
  const owner = ownersOf(waitOn)[0];
  return owner === undefined ? { kind, name } : { kind, name, owner: owner.id };
}

/** A value as text, without running any of the program's code. */
function textOf(value: unknown): string {
  if (value instanceof Error) {
    return value.message === '' ? value.name : `${value.name}: ${value.message}`;
  }
  const text = inspect(value, {
    depth: 1,
    customInspect: false,
    showProxy: true,
    breakLength: Infinity,
  });
  return text.length > VALUE_LENGTH ? `${text.slice(0, VALUE_LENGTH)}…` : text;
}

/** The stack of whoever has called `callee`: the runtime's own frames count, so there is none to spare. */
function stackBelow(callee: (...args: never[]) => unknown): Trace {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = SPAWN_DEPTH;
  const holder = {};
  captureStackTrace(holder, callee);
  Error.stackTraceLimit = limit;
  return holder;
}
