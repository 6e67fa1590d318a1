/**
 * Whether an error that is being thrown will be caught. V8 cannot know: the callers of a parked greenlet are not on its stack, and
 * the hub's own `catch` looks like one of the program's. So V8 pauses at every error; the native frames are judged here by the
 * text of their scripts, the parked ones in the runtime by the marks of their call sites.
 */

import type { Bridge, PauseFilters, StopInfo } from '../../runtime/src/protocol/bridge.ts';
import type { Location } from '../../runtime/src/protocol/snapshot.ts';
import { callRemoteForHandle, callRemoteWith } from '../cdp/remote.ts';
import type { CallFrame, Paused, RemoteObject } from '../cdp/types.ts';
import type { NativeFrame } from './frames.ts';
import { isFunction, type Position, type Range, type SyntaxNode, visitScript } from './syntax.ts';
import type { Target } from './target.ts';

export interface ThrownError {
  /** The class of the error, or what was thrown. */
  id: string;
  message: string;
  stack: string | undefined;
  /** Whether a caller catches it. */
  caught: boolean;
  /** Where it was thrown, if its frames are gone. */
  trail?: Trail;
}

/** The frames of a greenlet at a throw, innermost first. */
export interface Trail {
  greenlet: number;
  places: readonly Location[];
}

/** So many errors on their way to promises are remembered; most of those are handled, and forgotten only so. */
const TRAILS_KEPT = 100;

type PausedError = RemoteObject & { uncaught?: boolean };

export class Exceptions {
  private readonly target: Target;
  private readonly guards = new Map<string, Promise<Guards>>();
  private wantsCaught = false;
  private isWanted = false;
  private isStepping = false;
  /** Where the errors were thrown that are on their way to a promise, by greenlet. */
  private readonly trails = new Map<number, Trail>();
  /** Whether V8 pauses at every error. */
  private isOn = false;

  constructor(target: Target) {
    this.target = target;
  }

  /** Sets which errors to judge. */
  async enable({ uncaught, caught }: PauseFilters): Promise<void> {
    this.wantsCaught = caught !== undefined;
    this.isWanted = uncaught !== undefined || this.wantsCaught;
    await this.update();
  }

  /**
   * A step begins or ends. V8 loses a step over code in which an error is thrown and caught: it then counts the frames of built-in
   * functions too, and waits in a frame that is too far up. So it pauses at each error, and the step is begun anew from there.
   */
  async step(isStepping: boolean): Promise<void> {
    this.isStepping = isStepping;
    await this.update();
  }

  /** V8 pauses at every error, or at none. */
  private async update(): Promise<void> {
    const isOn = this.isWanted || this.isStepping;
    if (isOn === this.isOn) return;
    this.isOn = isOn;
    const state = isOn ? 'all' : 'none';
    await this.target.connection.send('Debugger.setPauseOnExceptions', { state });
  }

  /**
   * Judges a pause at an error.
   *
   * @param info of the pause.
   * @param native the greenlet's frames on V8's stack.
   * @returns the error if the program is to pause at it.
   */
  async judge(
    paused: Paused,
    info: StopInfo,
    native: readonly NativeFrame[],
  ): Promise<ThrownError | undefined> {
    if (!this.isWanted) return undefined;
    const error = await this.errorOf(paused, info);
    const isUnhandled = error.uncaught === true;
    if (this.isRejection(paused)) {
      const id = isUnhandled
        ? await this.ask(error, (bridge, each) => bridge.judgeRejection(each))
        : 0;
      const trail = this.trails.get(id);
      this.trails.delete(id);
      return id === 0 ? undefined : { ...describe(error, false), ...(trail && { trail }) };
    }
    if (info.event === null && info.current !== 0 && this.isRuntimes(paused)) return undefined;
    const guarded = info.current === 0 ? !isUnhandled : await this.areGuarded(paused.callFrames);
    if (guarded && !this.wantsCaught) return undefined;
    const verdict = await this.ask(
      error,
      (bridge, each, isGuarded) => bridge.judge(each, isGuarded),
      guarded,
    );
    if (verdict === 'later') {
      const [oldest] = this.trails.keys();
      if (this.trails.size === TRAILS_KEPT && oldest !== undefined) this.trails.delete(oldest);
      this.trails.set(info.current, await this.trailOf(info.current, native));
    }
    return verdict === 'caught' || verdict === 'uncaught'
      ? describe(error, verdict === 'caught')
      : undefined;
  }

  /** The error of a pause: V8 hands its own over; at the runtime's, V8 does not pause by itself. */
  private async errorOf({ data = {} }: Paused, { event }: StopInfo): Promise<PausedError> {
    const { connection, bridge } = this.target;
    if (event?.kind !== 'raise') return data as unknown as PausedError;
    return callRemoteForHandle(connection, bridge, (each: Bridge) => each.raised());
  }

  /** Whether a greenlet's promise is being rejected: its frames are gone by then. */
  private isRejection({ reason, callFrames }: Paused): boolean {
    const [top] = callFrames;
    return (
      reason === 'promiseRejection' &&
      this.target.scripts.get(top?.location.scriptId ?? '')?.url === this.target.pauseUrl
    );
  }

  /** Whether Node throws it at the runtime, which catches it, or tells of it before the program gets it. */
  private isRuntimes({ callFrames }: Paused): boolean {
    const { scripts } = this.target;
    const caller = callFrames.find(
      ({ location }) => !scripts.get(location.scriptId)?.url.startsWith('node:'),
    );
    return caller !== undefined && this.target.isRuntime(caller.location.scriptId);
  }

  private async ask<A extends unknown[], R>(
    error: RemoteObject,
    fn: (bridge: Bridge, error: unknown, ...args: A) => R,
    ...args: A
  ): Promise<R> {
    const { connection, bridge } = this.target;
    const given =
      error.objectId !== undefined ? { objectId: error.objectId } : { value: error.value };
    const all = [bridge, given, ...args.map((value) => ({ value }))];
    const { value } = await callRemoteWith(connection, bridge, fn as never, all, true);
    return value as R;
  }

  private async trailOf(greenlet: number, native: readonly NativeFrame[]): Promise<Trail> {
    const { frames } = await this.target.ask((bridge, id) => bridge.stack(id), greenlet);
    const own = native.map(({ name, place }) => ({ ...place, function: name }));
    return { greenlet, places: [...own, ...frames] };
  }

  /** Also by the callers of an `async` function, whose first part runs on top of them: they are likely to await its promise. */
  private async areGuarded(frames: readonly CallFrame[]): Promise<boolean> {
    for (const frame of frames) if (await this.isGuarded(frame)) return true;
    return false;
  }

  private async isGuarded(frame: CallFrame): Promise<boolean> {
    const { scriptId, lineNumber, columnNumber = 0 } = frame.location;
    const url = this.target.scripts.get(scriptId)?.url ?? '';
    if (url.startsWith('node:') || this.target.isRuntime(scriptId)) return false;
    let guards = this.guards.get(scriptId);
    if (guards === undefined) {
      guards = this.read(scriptId);
      this.guards.set(scriptId, guards);
    }
    return (await guards).covers(lineNumber + 1, columnNumber);
  }

  private async read(scriptId: string): Promise<Guards> {
    return new Guards(await this.target.source(scriptId));
  }
}

/** The parts of a script in which an error is caught in its own function. */
class Guards {
  private readonly functions: Range[] = [];
  private readonly blocks: Range[] = [];

  /** Of text that Babel cannot read nothing counts as caught, so the debugger rather stops once too often. */
  constructor(source: string) {
    visitScript(source, (node) => {
      if (isFunction(node)) this.functions.push(node.loc);
      const { type, block, handler } = node;
      if (type === 'TryStatement' && handler) this.blocks.push((block as SyntaxNode).loc);
    });
  }

  covers(line: number, column: number): boolean {
    const at = { line, column };
    const owner = innermost(this.functions, at);
    const block = innermost(this.blocks, at);
    return block !== undefined && (owner === undefined || contains(owner, block.start));
  }
}

/** The last range that begins at or before a place and contains it: ranges of one kind nest, and are in order. */
function innermost(ranges: readonly Range[], at: Position): Range | undefined {
  return ranges.findLast((range) => contains(range, at));
}

function contains({ start, end }: Range, at: Position): boolean {
  return compare(start, at) <= 0 && compare(at, end) < 0;
}

function compare(a: Position, b: Position): number {
  return a.line - b.line || a.column - b.column;
}

function describe(error: RemoteObject, caught: boolean): ThrownError {
  if (error.subtype !== 'error') {
    const text = error.description ?? String(error.value);
    return { id: text, message: text, stack: undefined, caught };
  }
  const description = error.description ?? '';
  const [head = ''] = description.split(/\n\s+at /);
  return { id: error.className ?? 'Error', message: head, stack: description, caught };
}
