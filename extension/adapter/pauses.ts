/**
 * What to do when V8 has paused: tell the editor, or go on. A pause of V8's is one of the entry, a script about to run, an error,
 * one of the runtime's own (`pause.cjs`), a breakpoint, or the end of one of V8's steps, of which a step of the user's may need several.
 */

import * as l10n from '@vscode/l10n';
import type { PauseEvent, StopInfo } from '../../runtime/src/protocol/bridge.ts';
import type { Paused } from '../cdp/types.ts';
import { inUsersLanguage } from '../model/runtime-text.ts';
import type { Exceptions, ThrownError } from './exceptions.ts';
import { type NativeFrame, nativeFrames, outerFrames } from './frames.ts';
import type { Greenlets } from './greenlets.ts';
import type { Stepping } from './stepping.ts';
import type { Target } from './target.ts';

/** The thread of code that runs outside any greenlet, an event handler for example; shown only while it is paused. */
export const OUTSIDE = 0x7fffffff;

/** After how many milliseconds a request to pause is repeated. */
const REPEAT_PAUSE = 20;
/** So many times a pause outside any greenlet is let go before it counts. */
const PATIENCE = 5;

/** A pause that the editor was told about. */
export interface Stop {
  reason:
    | 'entry'
    | 'yield'
    | 'step'
    | 'breakpoint'
    | 'exception'
    | 'pause'
    | 'debugger statement'
    | string;
  /** For people: `worker #3 yields: Queue.get (jobs)`. */
  description: string;
  threadId: number;
  info: StopInfo;
  /** The running greenlet's frames on V8's stack, innermost first. */
  native: NativeFrame[];
  /** The frames of the greenlets that wait below the running one on V8's stack, by id. */
  outer: Map<number, NativeFrame[]>;
  /** V8's names of the breakpoints that were hit. */
  breakpoints: string[];
  /** The number of the data breakpoint that was hit. */
  dataBreakpoint?: number;
  error: ThrownError | undefined;
}

export interface PausesListener {
  /** A script with a source map is about to run. */
  scriptStarts(scriptId: string): Promise<void>;
  stopped(stop: Stop): void;
  /** The program has ended, and its process is paused before its exit. */
  ending(): void;
  /** Greenlets have come or gone. */
  changed(started: number[], ended: number[]): void;
}

export class Pauses {
  private readonly target: Target;
  private readonly exceptions: Exceptions;
  private readonly stepping: Stepping;
  private readonly listener: PausesListener;
  private readonly greenlets: Greenlets;
  private onEntry: (() => void) | undefined;
  private isEntered = false;
  private entryScript: string | undefined;
  private entryBreakpoint: string | undefined;
  /** Whether the user waits for a pause. */
  isRequested = false;
  private patience = 0;
  /** That a greenlet blocks the hub, in words, when V8 was asked to pause in it. */
  private blocked: string | undefined;
  /** The stop that the editor knows of; undefined while the program runs. */
  current: Stop | undefined;
  /** Settles at the pause before the program's first line. */
  readonly entered: Promise<void>;

  constructor(
    target: Target,
    exceptions: Exceptions,
    stepping: Stepping,
    greenlets: Greenlets,
    listener: PausesListener,
  ) {
    this.target = target;
    this.exceptions = exceptions;
    this.stepping = stepping;
    this.greenlets = greenlets;
    this.listener = listener;
    this.entered = new Promise((resolve) => {
      this.onEntry = resolve;
    });
  }

  /** The program is past its entry. */
  hasEntered(): void {
    this.isEntered = true;
    this.onEntry?.();
  }

  /** Stops at the first line of this script. */
  stopAtEntry(scriptId: string): void {
    this.entryScript = scriptId;
  }

  /**
   * Makes the program pause, whatever it does: the runtime pauses an idle program, V8 a busy one. Either can miss its moment, V8
   * where it finds the runtime's code, the runtime where the program has just become idle. So both are asked again.
   */
  async request(): Promise<void> {
    this.isRequested = true;
    this.patience = PATIENCE;
    let isAsked = false;
    while (this.isRequested && this.target.connection.isOpen) {
      if (!isAsked) {
        isAsked = true;
        // Not awaited: where it pauses, its answer comes when the program goes on.
        this.target
          .pause()
          .catch(() => {})
          .finally(() => {
            isAsked = false;
          });
      }
      await new Promise((resolve) => setTimeout(resolve, REPEAT_PAUSE));
      if (this.isRequested) await this.target.connection.send('Debugger.pause');
    }
  }

  /** Makes a busy program pause where it is: the sentence says that it blocks the hub. */
  async requestAt(blocked: string): Promise<void> {
    this.blocked = blocked;
    await this.target.connection.send('Debugger.pause');
  }

  /** Handles one pause of V8's. The next one cannot come before this one has been resumed. */
  async handle(paused: Paused): Promise<void> {
    if (!this.isEntered) {
      if (paused.reason === 'instrumentation') return this.resume();
      this.hasEntered();
      return;
    }
    const { reason } = paused;
    if (reason === 'instrumentation') {
      const scriptId = String(paused.data?.scriptId);
      await this.listener.scriptStarts(scriptId);
      if (scriptId === this.entryScript) await this.breakAtEntry(paused);
      return this.goOn(paused);
    }
    const isOnTheWay = this.stepping.isLanding && this.isRuntimePause(paused);
    if (isOnTheWay && this.stepping.starting === undefined) return this.stepping.landFurther();
    const info = await this.inform();
    if (info.event?.kind === 'ending') return this.listener.ending();
    const native = nativeFrames(paused.callFrames, this.target);
    if (this.isBetweenGreenlets(paused, info)) return this.resume();
    if (info.event?.kind === 'start' && !isOnTheWay) return this.stepping.start(info.event);
    if (info.event === null && isOnTheWay) return this.stepping.landFurther();
    const stop = this.classify(paused, info, native);
    if (stop !== undefined) return this.report(stop, paused);
    if (isError(paused) || info.event?.kind === 'raise') {
      const error = await this.exceptions.judge(paused, info, native);
      if (error === undefined) return this.goOn(paused, info, native);
      const stopped = this.stop('exception', error.message, info, native, { error });
      const threadId = error.trail?.greenlet ?? stopped.threadId;
      return this.report({ ...stopped, threadId }, paused);
    }
    if (await this.stepping.continues(paused, info, native)) return;
    if (native.length === 0) return this.resume();
    const { starting } = this.stepping;
    const arrived =
      starting === undefined
        ? this.stop('step', l10n.t('Paused after a step'), info, native)
        : this.stop('start', starting, info, native);
    this.report(arrived, paused);
  }

  /** The program goes on: what was known of the stop is void. */
  forget(): void {
    this.current = undefined;
  }

  /**
   * Sets a breakpoint at the program's first line of its own. Call it where the entry's top level is about to run: only its
   * own lines are asked for, not those of the functions in it.
   */
  private async breakAtEntry({ callFrames }: Paused): Promise<void> {
    const start = callFrames[0]?.location;
    if (start === undefined) return;
    const location = await this.target.firstOwnPlace(start);
    if (location === undefined) return;
    // It fails where a breakpoint of the user's is, and then that one stops.
    const answer = await this.target.connection
      .send<{ breakpointId: string }>('Debugger.setBreakpoint', { location })
      .catch(() => undefined);
    this.entryBreakpoint = answer?.breakpointId;
  }

  /**
   * Whether a pause that was asked for has come where no greenlet runs, in a frame that is just unwinding for example. The next one
   * will do better, unless the program really is busy there.
   */
  private isBetweenGreenlets({ hitBreakpoints, reason }: Paused, info: StopInfo): boolean {
    if (!this.isRequested || info.current !== 0 || info.event !== null) return false;
    if (reason !== 'other' || (hitBreakpoints ?? []).length > 0) return false;
    return this.patience-- > 0;
  }

  private classify(paused: Paused, info: StopInfo, native: NativeFrame[]): Stop | undefined {
    const { event } = info;
    const breakpoints = paused.hitBreakpoints ?? [];
    if (this.entryBreakpoint !== undefined && breakpoints.includes(this.entryBreakpoint)) {
      return this.stop('entry', l10n.t('Paused on entry'), info, native);
    }
    if (breakpoints.length > 0) {
      return this.stop('breakpoint', l10n.t('Paused on breakpoint'), info, native, { breakpoints });
    }
    if (event !== null && isOwnPause(event)) return this.eventStop(event, info, native);
    if (this.isRequested && event === null && !isError(paused)) {
      return this.stop('pause', 'Paused', info, native);
    }
    if (this.blocked !== undefined && event === null && !isError(paused) && native.length > 0) {
      return this.stop('blocked', this.blocked, info, native);
    }
    const isStatement = paused.reason === 'other' && event === null && !this.stepping.isActive;
    if (isStatement && native.length > 0) {
      return this.stop('pause', l10n.t('Paused on debugger statement'), info, native);
    }
    return undefined;
  }

  private eventStop(event: PauseEvent, info: StopInfo, native: NativeFrame[]): Stop {
    const { kind, greenlet } = event;
    const text = inUsersLanguage(event.text);
    if (kind === 'deadlock') {
      const error = { id: 'Deadlock', message: text, stack: undefined, caught: false };
      const [title = ''] = text.split('\n');
      return { ...this.stop('exception', title, info, native, { error }), threadId: greenlet };
    }
    // Without a greenlet the program is idle, or has become so just now, and its top level's frame is still on the stack.
    if (kind === 'pause') return this.stop('pause', text, info, greenlet === 0 ? [] : native);
    if (kind === 'data') {
      const stop = this.stop('data breakpoint', text, info, native);
      return { ...stop, dataBreakpoint: event.breakpoint };
    }
    const reason = kind === 'switch' ? 'yield' : kind;
    return { ...this.stop(reason, text, info, native), threadId: greenlet };
  }

  private stop(
    reason: string,
    description: string,
    info: StopInfo,
    native: NativeFrame[],
    more: { breakpoints?: string[]; error?: ThrownError } = {},
  ): Stop {
    const breakpoints = more.breakpoints ?? [];
    const threadId = this.threadOf(reason, info, native);
    const outer = new Map<number, NativeFrame[]>();
    return { reason, description, threadId, info, native, outer, breakpoints, error: more.error };
  }

  private threadOf(reason: string, info: StopInfo, native: NativeFrame[]): number {
    if (info.current !== 0) return info.current;
    if (native.length > 0 || reason !== 'pause') return OUTSIDE;
    // The program is idle: the first greenlet stands for all of them.
    return this.greenlets.alive()[0]?.id ?? OUTSIDE;
  }

  private report(stop: Stop, { callFrames }: Paused): void {
    let below = this.greenlets.get(stop.info.current);
    for (const frames of outerFrames(callFrames, this.target)) {
      below = this.greenlets.get(below?.spawner ?? 0);
      if (below?.state !== 'ready') break;
      stop.outer.set(below.id, frames);
    }
    this.isRequested = false;
    this.blocked = undefined;
    if (stop.reason === 'entry') this.forgetEntry();
    this.stepping.stopped(stop);
    this.current = stop;
    this.listener.stopped(stop);
  }

  private forgetEntry(): void {
    const { entryBreakpoint: breakpointId } = this;
    this.entryBreakpoint = undefined;
    this.target.connection.send('Debugger.removeBreakpoint', { breakpointId }).catch(() => {});
  }

  /** Goes on after a pause that the user does not want to see, without losing a step that is under way. */
  private async goOn(paused: Paused, info?: StopInfo, native?: NativeFrame[]): Promise<void> {
    if (!this.stepping.isActive) return this.resume();
    const known = info ?? (await this.inform());
    const frames = native ?? nativeFrames(paused.callFrames, this.target);
    await this.stepping.recover(paused, known, frames);
  }

  private isRuntimePause({ callFrames }: Paused): boolean {
    const id = callFrames[0]?.location.scriptId;
    return id !== undefined && this.target.scripts.get(id)?.url === this.target.pauseUrl;
  }

  /** The one batch of a stop. */
  private async inform(): Promise<StopInfo> {
    const since = this.greenlets.version;
    const info = await this.target.stop(since);
    const { started, ended } = this.greenlets.update(info.snapshot);
    this.listener.changed(started, ended);
    return info;
  }

  private async resume(): Promise<void> {
    await this.target.goOn('resume');
  }
}

function isOwnPause(event: PauseEvent): boolean {
  return !['enter', 'resume', 'raise'].includes(event.kind);
}

/** Whether V8 has paused because an error is being thrown. */
export function isError({ reason }: Paused): boolean {
  return reason === 'exception' || reason === 'promiseRejection';
}
