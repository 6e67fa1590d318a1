/**
 * Steps that stay true to the greenlet. A step of the user's is made of V8's own steps, as long as the greenlet's frames are on V8's
 * stack, and of frames that the runtime watches, where the greenlet has given way: V8 loses its step at whatever pause
 * comes in between, a watched frame is found again. While a step is under way the runtime's pauses are silent.
 */

import * as l10n from '@vscode/l10n';
import type { PauseEvent, StepSettings, StopInfo } from '../../runtime/src/protocol/bridge.ts';
import type { Paused } from '../cdp/types.ts';
import { messageOf, UserError } from './errors.ts';
import type { Exceptions } from './exceptions.ts';
import type { NativeFrame } from './frames.ts';
import { isError, OUTSIDE, type Stop } from './pauses.ts';
import type { SourcePlace } from './scripts.ts';
import type { StepTarget } from './step-targets.ts';
import type { Target } from './target.ts';

export type StepKind = 'over' | 'into' | 'out';

interface Step {
  kind: StepKind;
  greenlet: number;
  /** How many of the greenlet's frames lie below the one that steps, on V8's stack or parked. */
  below: number;
  /** The line that the step leaves. */
  from: NativeFrame | undefined;
  /** The greenlet that the runtime is about to run; the step ends at its first line. 0: there is none. */
  landing: number;
  /** How many stops at the very place where it began the step may still skip. */
  patience: number;
  /** The call that it leads into; every other call on the line is stepped over. */
  call?: SourcePlace;
  /** All other greenlets are held meanwhile. */
  alone?: boolean;
  /** It ends where the greenlet goes on, whoever runs before. */
  awaits?: boolean;
  /** That the greenlet starts, in words, where this is no step of the user's but the way to a first line. */
  starting?: string;
}

/** Extra stops at one source position: a call is several calls for V8. */
const PATIENCE = 8;

export class Stepping {
  private readonly target: Target;
  private readonly exceptions: Exceptions;
  private step: Step | undefined;
  /** A step that a stop in another greenlet has interrupted; `continue` completes it. */
  private interrupted: Step | undefined;

  /** Whether the runtime's pauses are silent. */
  private isQuiet = false;
  /** Whether all greenlets but one are held. */
  private isAlone = false;

  constructor(target: Target, exceptions: Exceptions) {
    this.target = target;
    this.exceptions = exceptions;
  }

  get isActive(): boolean {
    return this.step !== undefined;
  }

  /** Whether V8 is on its way from the runtime's pause to the program's code. */
  get isLanding(): boolean {
    return this.step !== undefined && this.step.landing !== 0;
  }

  /** That a greenlet starts, in words, while V8 is on its way to that one's first line. */
  get starting(): string | undefined {
    return this.step?.starting;
  }

  /** Goes to the first line of a greenlet. The runtime has silenced its pauses itself. */
  async start({ greenlet, text }: PauseEvent): Promise<void> {
    const common = { kind: 'into', greenlet, below: 0, from: undefined } as const;
    this.step = { ...common, landing: greenlet, patience: PATIENCE, starting: text };
    this.isQuiet = true;
    await this.command('stepInto');
  }

  /** Begins a function of the running greenlet anew: V8 drops its frame and those above, and stops at its first line. */
  async restart(callFrameId: string, { current }: StopInfo): Promise<void> {
    const common = { kind: 'into', greenlet: current, below: 0, from: undefined } as const;
    this.step = { ...common, landing: 0, patience: PATIENCE };
    const { connection } = this.target;
    try {
      await connection.send('Debugger.restartFrame', { callFrameId, mode: 'StepInto' });
    } catch (error) {
      this.step = undefined;
      throw new UserError(l10n.t('This frame cannot be restarted: {0}', messageOf(error)));
    }
  }

  /** Goes on from a line of the runtime's own on that way. */
  async landFurther(): Promise<void> {
    await this.command('stepInto');
  }

  /**
   * Begins a step where a greenlet stands: the one that runs, or a parked one, whose step begins when it goes on.
   *
   * @param target what a step into leads to; undefined: the first call.
   * @param alone whether all other greenlets are held meanwhile; where this one blocks, the step is over.
   * @returns whether it replaces a step that another greenlet's stop had interrupted.
   */
  async begin(
    kind: StepKind,
    stop: Stop,
    threadId: number,
    alone: boolean,
    target?: StepTarget,
  ): Promise<boolean> {
    const { info, native } = stop;
    const isParked = threadId !== info.current && threadId !== OUTSIDE;
    const greenlet = isParked ? threadId : info.current;
    const replaces = this.interrupted !== undefined && this.interrupted.greenlet !== greenlet;
    this.interrupted = undefined;
    const onStack = isParked ? (stop.outer.get(threadId)?.length ?? 0) : native.length;
    const parked = isParked ? await this.parkedCount(threadId) : info.parked;
    const below = parked + onStack - 1;
    const common = { kind, greenlet, below, landing: 0, patience: PATIENCE, alone };
    const step: Step = { ...common, from: isParked ? undefined : native[0] };
    // A step into one call is a step over the line that stops in between.
    if (target?.kind === 'call') Object.assign(step, { kind: 'over', call: target.place });
    this.step = step;
    if (target?.kind === 'next' && !info.event?.atYield) {
      await this.set({ greenlet, follow: true, alone });
      await this.command('resume');
      return replaces;
    }
    if (isParked) {
      await this.stepAtYield(step);
      return replaces;
    }
    if (native.length === 0) await this.followNext(step);
    else if (info.event?.atYield) await this.stepAtYield(step);
    else await this.stepInCode(step, native);
    return replaces;
  }

  /** Goes on to the next yield of whichever greenlet. */
  async untilYield(): Promise<void> {
    this.interrupted = undefined;
    await this.set({ greenlet: 0, follow: false, untilYield: true });
    await this.command('resume');
  }

  /** Goes on with one greenlet until it blocks or ends; all others are held. */
  async runAlone(greenlet: number): Promise<void> {
    this.interrupted = undefined;
    await this.set({ greenlet, follow: false, alone: true });
    await this.command('resume');
  }

  /** Goes on until a greenlet, which is parked or is going to be, runs again. */
  async untilRuns(greenlet: number): Promise<void> {
    this.interrupted = undefined;
    const common = { kind: 'into', greenlet, below: 0, from: undefined, landing: 0 } as const;
    this.step = { ...common, patience: PATIENCE, awaits: true };
    await this.followNext(this.step);
  }

  /** Goes on without a step, or with the one that was interrupted. */
  async resume(): Promise<void> {
    const step = this.interrupted;
    this.interrupted = undefined;
    this.step = step;
    if (step === undefined) {
      await this.set(null);
      await this.command('resume');
    } else if (step.awaits) {
      await this.followNext(step);
    } else {
      await this.quiet(step);
      await this.watch(step, step.below);
    }
  }

  /** The program has stopped for the user: the step is over, or interrupted. */
  stopped(stop: Stop): void {
    const { step } = this;
    this.step = undefined;
    // Not awaited: whatever the program is asked from now on comes after this.
    if (this.isAlone) this.set(null).catch(() => {});
    if (step === undefined) return;
    const isElsewhere = stop.info.current !== step.greenlet && INTERRUPTING.has(stop.reason);
    if (isElsewhere && (step.kind !== 'into' || step.awaits))
      this.interrupted = { ...step, landing: 0 };
  }

  /**
   * Handles the end of one of V8's steps, or a pause of the runtime's that belongs to the step.
   *
   * @returns false if the user's step is over.
   */
  async continues(paused: Paused, info: StopInfo, native: NativeFrame[]): Promise<boolean> {
    const { step } = this;
    if (step === undefined) return false;
    const { event } = info;
    if (event?.kind === 'enter' || event?.kind === 'resume') {
      step.landing = event.greenlet;
      await this.command('stepInto');
      return true;
    }
    const isOwnCode = !info.unwinding && !isHiddenTop(paused, native);
    if (isOwnCode && !(await this.isAddedCode(paused))) {
      if (this.arrived(step, info, native)) return false;
    }
    await this.recover(paused, info, native);
    return true;
  }

  /** Goes on with the step after a stop that does not end it. */
  async recover(paused: Paused, info: StopInfo, native: NativeFrame[]): Promise<void> {
    const { step } = this;
    if (step === undefined) return this.command('resume');
    if (step.landing !== 0) return this.command('stepInto');
    if (step.awaits) return this.followNext(step);
    if (info.current !== step.greenlet) return this.leftGreenlet(step);
    if (info.unwinding) {
      // Its frames are on their way to the hub. Step into: the runtime pauses at whoever goes on next.
      if (step.kind === 'into') return this.command('resume');
      return this.watch(step, step.kind === 'out' ? step.below - 1 : step.below);
    }
    if (native.length === 0) return this.returned(step, info.parked);
    if (isError(paused) || info.event?.kind === 'raise') return this.followError(step, info);
    const depth = info.parked + native.length - 1;
    if (isHiddenTop(paused, native)) return this.command('stepOut');
    if (step.kind === 'into') return this.command('stepInto');
    if (depth > step.below) return this.command('stepOut');
    if (step.call !== undefined) return this.command('stepInto');
    return this.command(step.kind === 'out' ? 'stepOut' : 'stepOver');
  }

  /**
   * An error is being thrown: it is caught in one of the frames on V8's stack, where V8's step into stops, or thrown into the parked
   * frame below them. (V8's other steps count the frames of built-in functions at an error, and may miss the one that catches it.)
   */
  private async followError({ greenlet }: Step, { parked }: StopInfo): Promise<void> {
    if (parked > 0) {
      await this.target.ask((bridge, id, n) => bridge.watch(id, n), greenlet, parked - 1);
    }
    await this.command('stepInto');
  }

  private arrived(step: Step, info: StopInfo, native: NativeFrame[]): boolean {
    if (step.landing !== 0) {
      if (info.current !== step.landing) return false;
      if (step.kind !== 'over') return true;
      // The runtime's part is done. What is left of the line that the step leaves is V8's part.
      step.landing = 0;
    }
    if (info.current !== step.greenlet) return step.kind === 'into';
    const depth = info.parked + native.length - 1;
    if (step.kind === 'out') return depth < step.below;
    if (step.kind === 'over' && depth > step.below) {
      return step.call !== undefined && isAt(step.call, native[1]);
    }
    if (step.call !== undefined && depth === step.below) {
      return step.call.line !== native[0]?.place.line;
    }
    return depth !== step.below || !this.isSamePlace(step, native[0]);
  }

  /** An extra stop at the place that the step is to leave. In a loop on one line the patience ends. */
  private isSamePlace(step: Step, at: NativeFrame | undefined): boolean {
    const from = step.from?.place;
    const place = at?.place;
    if (from === undefined || place === undefined || step.patience === 0) return false;
    const same =
      from.path === place.path && from.line === place.line && from.column === place.column;
    if (same) step.patience--;
    return same;
  }

  private async parkedCount(id: number): Promise<number> {
    const { frames } = await this.target.ask((bridge, greenlet) => bridge.stack(greenlet), id);
    return frames.length;
  }

  private async isAddedCode(paused: Paused): Promise<boolean> {
    const location = paused.callFrames[0]?.location;
    return location !== undefined && (await this.target.isAddedCode(location));
  }

  /** The greenlet stands at a yield; its frames will unwind as soon as it goes on. */
  private async stepAtYield(step: Step): Promise<void> {
    if (step.kind === 'into' && step.from !== undefined) return this.followNext(step);
    await this.quiet(step);
    await this.watch(step, step.kind === 'out' ? step.below - 1 : step.below);
  }

  private async stepInCode(step: Step, native: NativeFrame[]): Promise<void> {
    await this.quiet(step);
    if (step.kind === 'out' && native.length === 1) {
      await this.watch(step, step.below - 1);
      return;
    }
    if (native.length === 1 && step.below > 0) {
      // The function may return into the hub, and V8 would miss the parked caller that goes on then.
      const { greenlet, below } = step;
      await this.target.ask((bridge, id, n) => bridge.watch(id, n), greenlet, below - 1);
    }
    await this.command(step.call === undefined ? COMMANDS[step.kind] : 'stepInto');
  }

  /** V8's step has come out of the greenlet: it has ended, or others run. */
  private async leftGreenlet(step: Step): Promise<void> {
    if (step.kind === 'into') return this.followNext(step);
    await this.watch(step, step.below);
  }

  /** The frame that stepped, or one above it, has returned to the hub, which goes on with the parked one below. */
  private async returned(step: Step, parked: number): Promise<void> {
    if (step.kind === 'into' && parked === 0) return this.followNext(step);
    const wanted = step.kind === 'out' ? step.below - 1 : step.below;
    await this.watch(step, Math.min(wanted, parked - 1));
  }

  private async followNext(step: Step): Promise<void> {
    const { greenlet, awaits } = step;
    await this.set({
      ...settingsOf(step),
      follow: true,
      now: true,
      ...(awaits && { to: greenlet }),
    });
    await this.command('resume');
  }

  /** Goes on until a frame of the greenlet does; where there is no such frame, until the next pause. */
  private async watch(step: Step, below: number): Promise<void> {
    const found =
      below >= 0 &&
      (await this.target.ask((bridge, id, n) => bridge.watch(id, n), step.greenlet, below));
    if (!found && below >= 0) await this.end();
    await this.command('resume');
  }

  /** The greenlet has ended, so the step is over without a place to stop at. */
  private async end(): Promise<void> {
    this.step = undefined;
    await this.set(null);
  }

  private async quiet(step: Step): Promise<void> {
    await this.set(settingsOf(step));
  }

  /** Tells the runtime which step is under way, so that its pauses are silent; null: none is. */
  private async set(settings: StepSettings | null): Promise<void> {
    if (settings === null && !this.isQuiet) return;
    this.isQuiet = settings !== null;
    this.isAlone = settings?.alone ?? false;
    await this.exceptions.step(this.step !== undefined);
    await this.target.ask((bridge, each) => bridge.step(each), settings);
  }

  private async command(name: string): Promise<void> {
    await this.target.goOn(name);
  }
}

function settingsOf({ greenlet, kind, alone = false }: Step): StepSettings {
  return { greenlet, follow: kind === 'into', alone };
}

const COMMANDS = { over: 'stepOver', into: 'stepInto', out: 'stepOut' } as const;

function isAt({ path, line, column }: SourcePlace, frame: NativeFrame | undefined): boolean {
  const at = frame?.place;
  return at !== undefined && at.path === path && at.line === line && at.column === column;
}

/** Why a step may be interrupted by a stop in another greenlet. */
const INTERRUPTING = new Set(['breakpoint', 'exception', 'pause']);

/** Whether V8 stands in code that is not the user's: in Node's, in a skipped file, in what the transform has added. */
function isHiddenTop(paused: Paused, native: NativeFrame[]): boolean {
  return native[0] === undefined || native[0].callFrame !== paused.callFrames[0];
}
