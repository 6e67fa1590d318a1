/**
 * Whether an error that is being thrown will be caught. V8 cannot know: the callers of a parked greenlet are not on its stack, and
 * the hub's own `catch` looks like one of the program's. So V8 pauses at every error; the native frames are judged here by the
 * text of their scripts, the parked ones in the runtime by the marks of their call sites.
 */

import type { Bridge, ErrorVerdict, PauseFilters } from '../../runtime/src/protocol/bridge.ts';
import { callRemoteWith } from '../cdp/remote.ts';
import type { CallFrame, Paused, RemoteObject } from '../cdp/types.ts';
import { ownCallFrames } from './frames.ts';
import { isFunction, type Position, type Range, type SyntaxNode, visitScript } from './syntax.ts';
import type { Target } from './target.ts';

export interface ThrownError {
  /** The class of the error, or what was thrown. */
  id: string;
  message: string;
  stack: string | undefined;
  /** Whether a caller catches it. */
  caught: boolean;
}

export class Exceptions {
  private readonly target: Target;
  private readonly guards = new Map<string, Promise<Guards>>();
  private wantsCaught = false;

  constructor(target: Target) {
    this.target = target;
  }

  /** Sets which errors to judge: V8 pauses at every one, or at none. */
  async enable({ uncaught, caught }: PauseFilters): Promise<void> {
    this.wantsCaught = caught !== undefined;
    const state = uncaught !== undefined || this.wantsCaught ? 'all' : 'none';
    await this.target.connection.send('Debugger.setPauseOnExceptions', { state });
  }

  /**
   * Judges a pause at an error.
   *
   * @param inGreenlet whether a greenlet runs.
   * @returns the error if the program is to pause at it.
   */
  async judge(paused: Paused, inGreenlet: boolean): Promise<ThrownError | undefined> {
    const data = (paused.data ?? {}) as unknown as RemoteObject & { uncaught?: boolean };
    const guarded = inGreenlet
      ? await this.areGuarded(ownCallFrames(paused.callFrames, this.target))
      : data.uncaught !== true;
    if (guarded && !this.wantsCaught) return undefined;
    const error = data.objectId !== undefined ? { objectId: data.objectId } : { value: data.value };
    const { objectId } = this.target.bridge;
    const { value } = await callRemoteWith(
      this.target.connection,
      this.target.bridge,
      (bridge: Bridge, thrown: unknown, isGuarded: boolean) => bridge.judge(thrown, isGuarded),
      [{ objectId }, error, { value: guarded }],
      true,
    );
    const verdict = value as ErrorVerdict;
    return verdict === null ? undefined : describe(data, verdict === 'caught');
  }

  private async areGuarded(frames: readonly CallFrame[]): Promise<boolean> {
    for (const frame of frames) if (await this.isGuarded(frame)) return true;
    return false;
  }

  private async isGuarded(frame: CallFrame): Promise<boolean> {
    const { scriptId, lineNumber, columnNumber = 0 } = frame.location;
    if (this.target.isRuntime(scriptId)) return false;
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
