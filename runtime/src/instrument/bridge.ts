/** The object that the debug adapter calls, and the preload's work: recording, pausing, and answering. */

import { Freezer } from '../core/freezer.ts';
import { Greenlet } from '../core/greenlet.ts';
import { type Hub, hub } from '../core/hub.ts';
import { kill } from '../core/kill.ts';
import type { Place } from '../core/sites.ts';
import { placeOf } from '../core/sites.ts';
import type {
  Arrival,
  Beat,
  Bridge,
  DataBreakpoint,
  DebugOptions,
  ErrorVerdict,
  ParkedFrame,
  ParkedStack,
  PauseFilters,
  StepSettings,
  StopInfo,
  Watched,
} from '../protocol/bridge.ts';
import { ATTACH, type AttachOffer, DEBUG_OPTIONS, TELL } from '../protocol/bridge.ts';
import { exportTrace, savedTrace } from '../protocol/export.ts';
import type { Lints as FoundLints, Lint, LintLine } from '../protocol/lints.ts';
import type { PackedArguments, PackedHistory } from '../protocol/packed.ts';
import {
  BRIDGE,
  type History,
  type HistoryArguments,
  PROTOCOL_VERSION,
  type Snapshot,
  type TraceFormat,
} from '../protocol/snapshot.ts';
import type { YieldPoints } from '../protocol/switch-points.ts';
import type { WaitGraph } from '../protocol/waits.ts';
import { Arrivals } from './arrivals.ts';
import { cardOf, describe } from './card.ts';
import { DataWatch } from './data-watch.ts';
import { BLOCKED_AFTER, Lints } from './lints/lints.ts';
import { Pauser } from './pauser.ts';
import { Recorder } from './recorder.ts';
import { locationOf } from './rows.ts';
import { StoppableClock } from './stoppable-clock.ts';
import { Waits } from './waits.ts';
import { ownFrames, unwatched } from './watched.ts';

/** Why nothing can be done with a greenlet, after its name. */
const GONE = 'has ended, or was never there';
const FROZEN = 'is frozen; thaw it first';

/** Starts recording and lays the bridge where the adapter finds it: before the program runs, or when a debugger attaches to it. */
export function installBridge(): void {
  const given = process.env[DEBUG_OPTIONS];
  const options: DebugOptions = JSON.parse(given ?? '{}');
  if (given !== undefined) {
    // Children of the program are programs of their own: they must not wait for a debugger that does not know them, nor record.
    delete process.env[DEBUG_OPTIONS];
    const { folder } = Reflect.get(globalThis, Symbol.for(ATTACH)) as AttachOffer;
    process.execArgv = process.execArgv
      .filter((each) => !each.startsWith('--inspect'))
      .map((each) => (each === `${folder}debug.js` ? `${folder}register.js` : each));
    blockOnOutput(process.stdout);
    blockOnOutput(process.stderr);
  }
  const clock = new StoppableClock(hub.clock);
  hub.useClock(clock);
  const recorder = new Recorder(options.historyLimit);
  const { blockedAfter = BLOCKED_AFTER } = options;
  const pauser = new Pauser(recorder, blockedAfter);
  hub.probe = pauser;
  const bridge = new DebugBridge(hub, clock, recorder, pauser, { ...options, blockedAfter });
  Reflect.set(globalThis, Symbol.for(BRIDGE), bridge);
}

/**
 * Makes writing to a pipe wait until it is written. Node would keep the rest of a large output for later, which does not come
 * while the program is paused, nor after `process.exit()`.
 */
function blockOnOutput(stream: NodeJS.WriteStream): void {
  const { _handle: handle } = stream as { _handle?: { setBlocking?(on: boolean): void } };
  handle?.setBlocking?.(true);
}

class DebugBridge implements Bridge {
  readonly protocol = PROTOCOL_VERSION;
  private readonly hub: Hub;
  private readonly clock: StoppableClock;
  private readonly recorder: Recorder;
  private readonly pauser: Pauser;
  private readonly arrivals: Arrivals;
  private readonly freezer: Freezer;
  private readonly waits: Waits;
  private readonly dataWatch: DataWatch;
  private readonly findings: Lints;
  private tell: (line: string) => void = () => {};

  constructor(
    owner: Hub,
    clock: StoppableClock,
    recorder: Recorder,
    pauser: Pauser,
    { blockedAfter, mark }: DebugOptions & { blockedAfter: number },
  ) {
    const print = mark === undefined ? undefined : process.stdout.write.bind(process.stdout);
    this.arrivals = new Arrivals((line) => {
      const text = JSON.stringify(line);
      if (print === undefined) this.tell(text);
      else print(`${mark}${text}\n`);
    });
    this.hub = owner;
    this.clock = clock;
    this.recorder = recorder;
    this.pauser = pauser;
    this.waits = new Waits(owner);
    this.dataWatch = new DataWatch((...change) => pauser.dataChanges(...change));
    this.freezer = new Freezer(owner, (greenlet) => recorder.touch(greenlet));
    const tell = (lint: Lint) => this.tell(JSON.stringify({ lint } satisfies LintLine));
    this.findings = new Lints(recorder, tell, { blockedAfter });
    this.findings.listenToEnd();
  }

  filters(filters: PauseFilters): PauseFilters {
    return this.pauser.filter(filters);
  }

  watchable(object: object, key?: string): Watched {
    return this.dataWatch.find(object, key);
  }

  watchData(breakpoints: readonly DataBreakpoint[]): (string | null)[] {
    return this.dataWatch.set(breakpoints);
  }

  listen(): void {
    this.tell = Reflect.get(globalThis, TELL) as (line: string) => void;
    Reflect.deleteProperty(globalThis, TELL);
  }

  expect(breakpoint: number, arrival: Arrival): void {
    this.arrivals.add(breakpoint, arrival);
  }

  forget(breakpoints: readonly number[]): void {
    for (const each of breakpoints) this.arrivals.forget(each);
  }

  arrive(...args: Parameters<Arrivals['arrive']>): boolean {
    return this.arrivals.arrive(...args);
  }

  step(step: StepSettings | null): void {
    this.pauser.step(step);
    const only = step?.alone ? this.recorder.find(step.greenlet) : undefined;
    this.freezer.holdAllBut(only ?? null);
  }

  stop(since?: number): StopInfo {
    this.clock.stop();
    this.findings.paused();
    const current = this.running();
    return {
      current: current?.id ?? 0,
      unwinding: current !== null && current.state !== 'running',
      parked: current === null ? 0 : ownFrames(current).length,
      event: this.pauser.takeEvent(),
      snapshot: this.snapshot(since),
    };
  }

  goOn(): void {
    this.clock.goOn();
  }

  snapshot(since?: number): Snapshot {
    return this.recorder.snapshot(since);
  }

  beat(isPaused: boolean): Beat {
    if (!isPaused) this.findings.beat();
    return { version: this.recorder.latest, blocked: this.pauser.blocked() };
  }

  lints(since?: number): FoundLints {
    return this.findings.read(since);
  }

  history(wanted?: HistoryArguments): History {
    return this.recorder.history(wanted);
  }

  yieldPoints(path: string): YieldPoints {
    return this.recorder.yieldPoints(path);
  }

  trace(wanted: PackedArguments): PackedHistory {
    return this.recorder.packed(wanted);
  }

  stack(id: number): ParkedStack {
    const greenlet = this.recorder.find(id);
    if (greenlet === undefined) return { frames: [], spawned: [], spawner: null };
    return {
      frames: ownFrames(greenlet)
        .reverse()
        .map((index) => parkedFrame(greenlet, index)),
      spawned: greenlet.spawnPlaces().map(locationOf),
      spawner: greenlet.spawningGreenlet?.id ?? null,
    };
  }

  frame(id: number, index: number): object | undefined {
    const frame = unwatched(this.recorder.find(id)?.frames[index]);
    // The frame of a module's top level is no generator; its function `scope` was made where the module's bindings are seen.
    return (frame as { scope?: object } | undefined)?.scope ?? frame;
  }

  card(id: number): object | undefined {
    const greenlet = this.recorder.find(id);
    return greenlet && cardOf(greenlet);
  }

  describe(objects: readonly unknown[]): (string | null)[] {
    return objects.map((each) => describe(each));
  }

  watch(id: number, below: number): boolean {
    const greenlet = this.recorder.find(id);
    return greenlet !== undefined && this.pauser.watch(greenlet, below);
  }

  raised(): unknown {
    return this.pauser.raised;
  }

  judge(error: unknown, guarded: boolean): ErrorVerdict {
    return this.pauser.judge(error, guarded);
  }

  judgeRejection(error: unknown): number {
    return this.pauser.judgeRejection(error);
  }

  kill(id: number): boolean {
    const greenlet = this.recorder.find(id);
    if (greenlet === undefined || greenlet.ready()) return false;
    kill(greenlet);
    return true;
  }

  freeze(id: number, on: boolean): string | null {
    const greenlet = this.recorder.find(id);
    if (greenlet === undefined || greenlet.ready()) return GONE;
    if (on) this.freezer.freeze(greenlet);
    else this.freezer.thaw(greenlet);
    this.recorder.froze(greenlet, on);
    return null;
  }

  cannotRun(id: number): string | null {
    const greenlet = this.recorder.find(id);
    if (greenlet === undefined || greenlet.ready()) return GONE;
    if (this.freezer.has(greenlet)) return FROZEN;
    const isAble = greenlet.state === 'ready' || greenlet.state === 'running';
    return isAble && !this.pauser.isBlocking(greenlet) ? null : notReady(greenlet);
  }

  runNext(id: number): string | null {
    const greenlet = this.recorder.find(id);
    if (greenlet === undefined || greenlet.ready()) return GONE;
    if (this.freezer.has(greenlet)) return FROZEN;
    if (greenlet.state === 'running') return 'runs already';
    if (!this.hub.ready().includes(greenlet)) return notReady(greenlet);
    // A choice for one turn; whoever chose before chooses again afterwards.
    const { policy } = this.hub;
    this.hub.policy = {
      choose: (ready) => {
        this.hub.policy = policy;
        return Math.max(0, ready.indexOf(greenlet));
      },
    };
    return null;
  }

  schedule(): number[] {
    const next = this.hub.ready().filter((each) => each instanceof Greenlet);
    return next.map((each) => each.id);
  }

  waitGraph(): WaitGraph {
    return this.waits.graph(this.pauser.isAtDeadlock);
  }

  exportTrace(format: TraceFormat): string {
    const { switches, dropped, marks } = this.recorder.history({ marks: 0 });
    const { greenlets } = this.recorder.snapshot();
    return exportTrace(format, savedTrace(switches, dropped, greenlets, marks));
  }

  hold(on: boolean): void {
    process.off('exit', this.pauseAtEnd);
    if (on) process.once('exit', this.pauseAtEnd);
  }

  leave(): void {
    this.goOn();
    this.hold(false);
    this.pauser.filter({});
    this.step(null);
    this.freezer.thawAll();
    this.dataWatch.set([]);
  }

  pause(): void {
    if (isIdle()) this.pauser.pause();
    else this.pauser.pauseSoon();
  }

  private readonly pauseAtEnd = (): void => this.pauser.end();

  private running(): Greenlet | null {
    const { current, away, main } = this.hub;
    return current ?? away ?? (main.state === 'running' ? main : null);
  }
}

/**
 * Whether nothing runs below the adapter's call. V8 lets the adapter in at any function's entry; a pause there kills the process,
 * because the function below has no scope yet.
 */
function isIdle(): boolean {
  const lines = new Error('where').stack?.split('\n') ?? [];
  const own = lines.findLastIndex((line) => line.includes('DebugBridge.'));
  // Below the bridge's method there is the function that the adapter has sent.
  return lines.length - own <= 2;
}

function notReady(greenlet: Greenlet): string {
  const waits = greenlet.waitText();
  return waits === '' ? 'is not ready' : `is not ready: it waits for ${waits}`;
}

function parkedFrame(greenlet: Greenlet, index: number): ParkedFrame {
  return { ...locationOf(placeOf(greenlet.sites[index] as number) as Place), index };
}
