/**
 * The pauses: a probe that stops the program at the moments that the debugger asked for. The conditions are flags, checked here
 * in the runtime, so that a moment that does not pause costs a branch and no message to the debugger.
 */

import { LoopExit } from '../core/errors.ts';
import type { Frame, Site } from '../core/frame.ts';
import type { Greenlet } from '../core/greenlet.ts';
import { hub } from '../core/hub.ts';
import type { Probe } from '../core/probe.ts';
import { Timeout } from '../core/timeout.ts';
import { waitsForTurn } from '../core/wait.ts';
import { wakersOf } from '../core/wait-graph.ts';
import type {
  ErrorVerdict,
  PauseEvent,
  PauseFilters,
  PauseKind,
  StepSettings,
} from '../protocol/bridge.ts';
import { Errors } from './errors.ts';
import { type Filter, Filters } from './filters.ts';
import { pause, pauseAndMake, rejectInSight } from './pause.js';
import { type Recorder, waitingOnOf } from './recorder.ts';
import { ownFrames, unwatched, Watched } from './watched.ts';

export class Pauser implements Probe {
  private filters = new Filters();
  private readonly blockedAfter: number;
  /** When the running greenlet's turn began, in the hub's seconds; Infinity: it is not measured, or was told of already. */
  private turnBegan = Number.POSITIVE_INFINITY;
  /** A greenlet that has been told to have started, on its way to its first line. */
  private starting: Greenlet | null = null;
  private event: PauseEvent | null = null;

  private readonly recorder: Recorder;
  private stepping: StepSettings | null = null;
  private followed = false;
  private pausesSoon = false;
  /** Whether the running greenlet is about to give way. */
  private atYield = false;
  /** A frame to pause at that the greenlet has not handed to the hub yet. */
  private wanted: { greenlet: Greenlet; below: number } | null = null;
  /** Greenlets that have called an `async` function, whose first part runs on top of them. */
  private readonly underAsync = new Set<Greenlet>();
  /** One of them that is to be paused at when it goes on. */
  private returning: Greenlet | null = null;
  private readonly watched: Watched[] = [];
  /** What the runtime has thrown last: it passes through several callers. */
  raised: unknown = undefined;
  private readonly errors = new Errors();

  /** @param blockedAfter a turn of so many seconds counts as blocking the hub. */
  constructor(recorder: Recorder, blockedAfter: number) {
    this.recorder = recorder;
    this.blockedAfter = blockedAfter;
  }

  /**
   * Sets what to pause at.
   *
   * @returns what is wrong with conditions.
   */
  filter(wanted: PauseFilters): PauseFilters {
    const { filters, problems } = Filters.of(wanted);
    this.filters = filters;
    this.turnBegan = hub.now();
    this.listenToErrors();
    return problems;
  }

  /** Why the program is paused; null where V8 has paused it. A step's own pause is told only once: the program's code follows it. */
  takeEvent(): PauseEvent | null {
    const { event } = this;
    this.pausesSoon = false;
    // Time that is spent in the debugger is nobody's fault.
    this.turnBegan = Number.POSITIVE_INFINITY;
    if (event?.kind === 'enter' || event?.kind === 'resume' || event?.kind === 'start')
      this.event = null;
    return event;
  }

  /** Whether the program is paused because nobody can ever run again. */
  get isAtDeadlock(): boolean {
    return this.event?.kind === 'deadlock';
  }

  /** Whether a greenlet stands at a yield that it is not going to come back from by itself. */
  isBlocking(greenlet: Greenlet): boolean {
    return this.atYield && hub.current === greenlet && !waitsForTurn(greenlet);
  }

  /** Pauses here and now. */
  pause(): void {
    this.pausesSoon = false;
    this.stop('pause', hub.current, 'Paused');
  }

  /** Pauses where the process is about to exit. */
  end(): void {
    this.stop('ending', null, 'The program has ended');
  }

  /** Pauses where a value that is watched has changed. */
  dataChanges(breakpoint: number, greenlet: Greenlet | null, text: string): void {
    this.event = { kind: 'data', greenlet: greenlet?.id ?? 0, text, breakpoint };
    pause();
    this.event = null;
  }

  /** Pauses at the next moment that the hub tells of. */
  pauseSoon(): void {
    this.pausesSoon = true;
  }

  /** Begins or ends a step. */
  step(settings: StepSettings | null): void {
    this.stepping = settings;
    this.listenToErrors();
    this.followed = settings?.now ?? false;
    this.wanted = null;
    this.returning = null;
    this.starting = null;
    for (const watched of this.watched.splice(0)) watched.disarm();
  }

  spawn(greenlet: Greenlet, spawner: Greenlet | null): void {
    this.recorder.spawn(greenlet, spawner);
    const filter = this.wakeful(this.filters.spawn);
    if (filter?.admits({ greenlet, from: spawner, to: greenlet, reason: 'spawn' })) {
      const by = spawner === null ? '' : ` by ${spawner.label}`;
      this.stop('spawn', hub.current ?? greenlet, `${greenlet.label} is spawned${by}`);
    }
  }

  park(greenlet: Greenlet): void {
    this.recorder.park(greenlet);
    this.atYield = true;
    if (this.pausesSoon) this.pause();
    else if (this.starting === greenlet) this.hasStarted(greenlet);
    else if (this.stepping !== null) this.yieldsInStep(greenlet, this.stepping);
    else this.givesWay(greenlet);
    this.atYield = false;
  }

  enter(greenlet: Greenlet): void {
    this.recorder.enter(greenlet);
    if (this.filters.blocked !== null) this.turnBegan = hub.now();
    if (this.pausesSoon) this.pause();
    const isReturning = this.underAsync.size > 0 && this.underAsync.delete(greenlet);
    const isFollowed = this.followed && (this.stepping?.to ?? greenlet.id) === greenlet.id;
    if (isReturning && (isFollowed || this.returning === greenlet)) {
      this.followed = false;
      this.returning = null;
      this.stop('resume', greenlet, goesOn('resume', greenlet).text);
    } else if (isFollowed) {
      this.followed = false;
      this.land(greenlet, 'enter');
    } else if (!isReturning && this.filters.start !== null) {
      this.starts(greenlet);
    }
  }

  leave(greenlet: Greenlet, reason: string, site: Site, callers: number): void {
    this.recorder.leave(greenlet, reason, site, callers);
    if (reason === 'async') {
      this.underAsync.add(greenlet);
    } else if (this.wanted?.greenlet === greenlet) {
      const { below } = this.wanted;
      this.wanted = null;
      this.lay(greenlet, below);
    }
  }

  readonly queued = (): number => this.recorder.queued();
  readonly expire = (greenlet: Greenlet): void => this.recorder.expire(greenlet);

  idle(): void {
    this.recorder.idle();
    if (this.pausesSoon) this.pause();
  }

  exit(greenlet: Greenlet): void {
    this.recorder.exit(greenlet);
    if (this.starting === greenlet) this.hasStarted(greenlet);
    const { stepping } = this;
    if (stepping?.greenlet === greenlet.id) this.stepping = null;
    const isEndOfStep = this.stepping === null && stepping?.alone === true;
    const filter = this.wakeful(this.filters.exit);
    if (isEndOfStep || filter?.admits({ greenlet, reason: greenlet.state })) {
      this.stop('exit', greenlet, `${greenlet.label} ends: ${greenlet.state}`);
    }
  }

  kill(greenlet: Greenlet, error: unknown): void {
    this.recorder.kill(greenlet, error);
    if (error instanceof LoopExit && greenlet === hub.main) {
      if (this.filters.deadlock !== null) this.deadlock(error);
      return;
    }
    const isTimeout = error instanceof Timeout;
    const filter = this.wakeful(isTimeout ? this.filters.timeout : this.filters.kill);
    const reason = error instanceof Error ? error.name : String(error);
    if (!filter?.admits({ greenlet, from: null, to: greenlet, reason, error })) return;
    if (isTimeout) this.stop('timeout', greenlet, `${greenlet.label} is out of time: ${error}`);
    else this.stop('kill', greenlet, `${greenlet.label} is killed with ${reason}`);
  }

  /**
   * Whether the running greenlet has kept the hub for too long; told once a turn.
   *
   * @returns a sentence, where the debugger wants to pause at that.
   */
  blocked(): string | null {
    const { current } = hub;
    const seconds = hub.now() - this.turnBegan;
    if (current === null || !(seconds > this.blockedAfter)) return null;
    const filter = this.wakeful(this.filters.blocked);
    this.turnBegan = Number.POSITIVE_INFINITY;
    if (!filter?.admits({ greenlet: current, reason: 'blocked' })) return null;
    return `${current.label} has kept all others waiting for ${seconds.toFixed(1)} s`;
  }

  /**
   * Pauses when a frame of a greenlet goes on: now, where it is parked; otherwise after the greenlet has given way.
   *
   * @param below how many of the program's own frames lie below the wanted one; if it has ended, the next one below is meant.
   * @returns false if there is no such frame.
   */
  watch(greenlet: Greenlet, below: number): boolean {
    if (greenlet.ready()) return false;
    if (this.underAsync.has(greenlet)) {
      this.returning = greenlet;
      return true;
    }
    const own = ownFrames(greenlet);
    if (own.length <= below && this.isOnStack(greenlet)) {
      this.wanted = { greenlet, below };
      return true;
    }
    return this.lay(greenlet, below);
  }

  /** Lays a pause around a parked frame. */
  private lay(greenlet: Greenlet, below: number): boolean {
    const own = ownFrames(greenlet);
    const index = own[Math.min(below, own.length - 1)];
    if (index === undefined) return false;
    const frame = unwatched(greenlet.frames[index]) as Frame;
    const watched = new Watched(frame, (isTop) => {
      if (isTop) this.landAtTop(greenlet, 'resume');
      else this.event = goesOn('resume', greenlet);
    });
    greenlet.replaceFrame(index, watched);
    this.watched.push(watched);
    return true;
  }

  /** A filter, while no step silences it. */
  private wakeful(filter: Filter | null): Filter | null {
    return this.stepping === null ? filter : null;
  }

  private yieldsInStep(greenlet: Greenlet, { alone, untilYield, follow, ...step }: StepSettings) {
    const isOwn = step.greenlet === greenlet.id;
    if (untilYield) {
      this.stop('switch', greenlet, yieldsText(greenlet));
    } else if (alone && isOwn && !waitsForTurn(greenlet)) {
      this.stop('switch', greenlet, `${greenlet.label} blocks: ${greenlet.waitText()}`);
    } else {
      this.followed ||= follow;
    }
  }

  private givesWay(greenlet: Greenlet): void {
    const blocked = this.filters.blocked === null ? null : this.blocked();
    if (blocked !== null) {
      this.stop('blocked', greenlet, `${blocked}; it yields now: ${greenlet.waitText()}`);
    } else if (this.filters.switch?.admits({ greenlet, reason: greenlet.waitKind })) {
      this.stop('switch', greenlet, yieldsText(greenlet));
    }
  }

  /** A greenlet runs; pauses at its first line if it is its first turn. Main's first line is what `stopOnEntry` is for. */
  private starts(greenlet: Greenlet): void {
    if (greenlet === hub.main) return;
    if (greenlet.frames.length > 0 || hub.away === greenlet || !this.recorder.knows(greenlet))
      return;
    const from = greenlet.spawningGreenlet ?? null;
    const filter = this.wakeful(this.filters.start);
    if (!filter?.admits({ greenlet, from, to: greenlet, reason: 'start' })) return;
    this.stepping = { greenlet: greenlet.id, follow: false };
    this.starting = greenlet;
    this.land(greenlet, 'start');
  }

  /** A greenlet has started, and has no line of the program's to pause at. */
  private hasStarted(greenlet: Greenlet): void {
    this.step(null);
    this.stop('start', greenlet, startsText(greenlet));
  }

  /** Pauses where the greenlet, which is about to run, comes to code of the program's. */
  private land(greenlet: Greenlet, kind: 'enter' | 'start'): void {
    if (hub.away === greenlet || this.lay(greenlet, Number.POSITIVE_INFINITY)) return;
    if (greenlet.frames.length > 0) {
      // A primitive runs by itself, without a frame of the program's.
      this.followed = true;
      return;
    }
    const firstFrame = greenlet.firstFrame.bind(greenlet);
    greenlet.firstFrame = () => {
      this.event =
        kind === 'enter'
          ? goesOn('enter', greenlet)
          : { kind, greenlet: greenlet.id, text: startsText(greenlet) };
      const frame = pauseAndMake(firstFrame);
      return new Watched(frame, () => {});
    };
  }

  /** Pauses once the top level of a module goes on: that happens in a promise job, after its frame was resumed. */
  private landAtTop(greenlet: Greenlet, kind: 'enter' | 'resume'): void {
    const { topEnters } = hub;
    hub.topEnters = (each) => {
      Reflect.deleteProperty(hub, 'topEnters');
      topEnters.call(hub, each);
      if (each === greenlet) this.stop(kind, greenlet, goesOn(kind, greenlet).text);
    };
  }

  /** The runtime's own errors are told only while the debugger judges errors, or steps: V8 loses its step at them. */
  private listenToErrors(): void {
    const { uncaught, caught } = this.filters;
    const isWanted = uncaught !== null || caught !== null || this.stepping !== null;
    hub.onRaise = isWanted ? (error) => this.raises(error) : null;
    hub.reject = isWanted ? rejectInSight : (reject, error) => reject(error);
  }

  /** The runtime throws an error at the running greenlet. */
  private raises(error: unknown): void {
    if (hub.current === null || error === this.raised) return;
    this.raised = error;
    this.stop('raise', hub.current, '');
  }

  /** Judges an error that is being thrown: see `Bridge.judge`. */
  judge(error: unknown, guarded: boolean): ErrorVerdict {
    return this.errors.judge(error, guarded, this.filters);
  }

  /** The same for a promise that is rejected: see `Bridge.judgeRejection`. */
  judgeRejection(error: unknown): number {
    return this.errors.judgeRejection(error, this.filters);
  }

  private deadlock(error: LoopExit): void {
    const cycle = error.deadlocks[0]?.greenlets ?? [];
    const first = cycle[0] ?? hub.main;
    this.errors.tell(error);
    if (!this.filters.deadlock?.admits({ greenlet: first, reason: first.waitKind, error })) return;
    const text =
      cycle.length > 0 ? `Deadlock: ${circleOf(cycle)}\n${error.message}` : error.message;
    this.stop('deadlock', first, text);
  }

  /** Whether the hub does not hold the greenlet's frames yet. */
  private isOnStack(greenlet: Greenlet): boolean {
    return greenlet === hub.current || greenlet === hub.away;
  }

  private stop(kind: PauseKind, greenlet: Greenlet | null, text: string): void {
    const event: PauseEvent = { kind, greenlet: greenlet?.id ?? 0, text };
    const isYield = this.atYield && greenlet !== null;
    this.event = isYield ? { ...event, atYield: true, waitingOn: waitingOnOf(greenlet) } : event;
    pause();
    this.event = null;
  }
}

function yieldsText(greenlet: Greenlet): string {
  return `${greenlet.label} yields: ${greenlet.waitText()}`;
}

function startsText(greenlet: Greenlet): string {
  return `${greenlet.label} starts`;
}

function goesOn(kind: 'enter' | 'resume', greenlet: Greenlet): PauseEvent {
  return { kind, greenlet: greenlet.id, text: `${greenlet.label} goes on` };
}

/** The greenlets of a deadlock in one line. A single one waits for itself, or for one that has ended. */
function circleOf(cycle: readonly Greenlet[]): string {
  const [first] = cycle as [Greenlet];
  const gone = cycle.length > 1 ? undefined : wakersOf(first)?.greenlets.find((it) => it.ready());
  const labels = [...cycle, gone ?? first].map((each) => each.label).join(' → ');
  return gone === undefined ? labels : `${labels}, which has ended`;
}
