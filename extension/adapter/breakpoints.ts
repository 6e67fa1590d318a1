/** Breakpoints in the source's lines. */

import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import type { DebugProtocol } from '@vscode/debugprotocol';
import * as l10n from '@vscode/l10n';
import { CdpError } from '../cdp/connection.ts';
import type { CdpLocation } from '../cdp/types.ts';
import { arrivalExpression, type Wishes } from './arrival.ts';
import { messageOf } from './errors.ts';
import type { Script, SourcePlace } from './scripts.ts';
import type { Target } from './target.ts';

/** One-based, as in our own places. */
export interface WantedBreakpoint extends Wishes {
  line: number;
  column?: number | undefined;
}

interface Breakpoint extends WantedBreakpoint {
  id: number;
  verified: boolean;
  /** Where it is really. */
  actual: { line: number; column: number } | undefined;
  message: string | undefined;
  /** What V8 evaluates there; undefined: it pauses. */
  expression: string | undefined;
  /** V8's names of it, one a script. */
  bound: Map<string, string>;
  /** The attempts to bind it, one a script: a file may be loaded while its breakpoints are being set. */
  attempts: Map<string, Promise<void>>;
}

/** How many lines after the wanted one are tried. */
const LINES_TRIED = 100;

export class Breakpoints {
  private readonly target: Target;
  private readonly onChanged: (breakpoint: DebugProtocol.Breakpoint) => void;
  /** By the real path of the source. */
  private readonly byPath = new Map<string, Breakpoint[]>();
  private readonly nextId: () => number;

  /** @param onChanged hears of breakpoints that are bound later, when their file is loaded. */
  constructor(
    target: Target,
    nextId: () => number,
    onChanged: (breakpoint: DebugProtocol.Breakpoint) => void,
  ) {
    this.target = target;
    this.nextId = nextId;
    this.onChanged = onChanged;
  }

  /** Replaces all breakpoints of a file. */
  async set(
    path: string,
    wanted: readonly WantedBreakpoint[],
  ): Promise<DebugProtocol.Breakpoint[]> {
    const real = realPath(path);
    this.target.scripts.showAs(real, path);
    const before = this.byPath.get(real) ?? [];
    const breakpoints = wanted.map(
      (each) => before.find((old) => isSame(old, each)) ?? this.make(each),
    );
    const gone = before.filter((each) => !breakpoints.includes(each));
    const names = gone.flatMap((each) => [...each.bound.values()]);
    await this.target.removeBreakpoints(
      gone.map((each) => each.id),
      names,
    );
    this.byPath.set(real, breakpoints);
    const scripts = this.target.scripts.of(real);
    for (const breakpoint of breakpoints) {
      for (const script of scripts) await this.bind(breakpoint, script);
      if (scripts.length === 0) breakpoint.message = l10n.t('The file has not been loaded yet.');
    }
    return breakpoints.map((each) => this.shown(real, each));
  }

  /** Where a breakpoint is. */
  placeOf(id: number): SourcePlace | undefined {
    for (const [path, breakpoints] of this.byPath) {
      const found = breakpoints.find((each) => each.id === id);
      if (found?.actual !== undefined) {
        return { path: this.target.scripts.shown(path), ...found.actual };
      }
    }
    return undefined;
  }

  /**
   * The places in some lines of a file where the program can stop, in their order; one-based.
   *
   * @param last the last line.
   */
  async possible(path: string, first: number, last: number): Promise<SourcePlace[]> {
    const [script] = this.target.scripts.of(realPath(path));
    if (script === undefined) return [];
    const found = new Map<string, SourcePlace>();
    for (const { line, places } of script.generated(first)) {
      const lineNumbers = line > last ? [] : places.map((each) => each.lineNumber);
      for (const lineNumber of new Set(lineNumbers)) {
        for (const place of await this.possibleIn(script, lineNumber)) {
          if (place.line === line) found.set(`${place.line}:${place.column}`, place);
        }
      }
    }
    return [...found.values()].sort((a, b) => a.line - b.line || a.column - b.column);
  }

  private async possibleIn({ id: scriptId }: Script, lineNumber: number): Promise<SourcePlace[]> {
    const { locations } = await this.target.connection.send<{ locations: CdpLocation[] }>(
      'Debugger.getPossibleBreakpoints',
      {
        start: { scriptId, lineNumber, columnNumber: 0 },
        end: { scriptId, lineNumber: lineNumber + 1, columnNumber: 0 },
      },
    );
    return locations.flatMap((each) => this.target.scripts.place(each) ?? []);
  }

  private make(wanted: WantedBreakpoint): Breakpoint {
    return {
      ...wanted,
      id: this.nextId(),
      verified: false,
      actual: undefined,
      message: undefined,
      expression: undefined,
      bound: new Map(),
      attempts: new Map(),
    };
  }

  /** A script is about to run: binds what was set before. */
  async bindScript(scriptId: string): Promise<void> {
    const script = this.target.scripts.get(scriptId);
    const path = script?.path;
    if (script === undefined || path === undefined) return;
    for (const breakpoint of this.byPath.get(path) ?? []) {
      if (breakpoint.attempts.has(script.id)) continue;
      await this.bind(breakpoint, script);
      this.onChanged(this.shown(path, breakpoint));
    }
  }

  /** Our numbers of the breakpoints that V8 calls by these names. */
  idsOf(names: readonly string[]): number[] {
    const all = [...this.byPath.values()].flat();
    return all
      .filter((each) => [...each.bound.values()].some((name) => names.includes(name)))
      .map((each) => each.id);
  }

  private bind(breakpoint: Breakpoint, script: Script): Promise<void> {
    let attempt = breakpoint.attempts.get(script.id);
    if (attempt === undefined) {
      attempt = this.attempt(breakpoint, script);
      breakpoint.attempts.set(script.id, attempt);
    }
    return attempt;
  }

  private async attempt(breakpoint: Breakpoint, script: Script): Promise<void> {
    try {
      breakpoint.expression = await arrivalExpression(this.target, breakpoint.id, breakpoint);
    } catch (error) {
      breakpoint.message = messageOf(error);
      return;
    }
    for (const { line, places } of script.generated(breakpoint.line)) {
      if (line > breakpoint.line + LINES_TRIED) break;
      const { column } = breakpoint;
      const from = line === breakpoint.line && column ? column : 0;
      for (const { lineNumber, columnNumber } of places.filter((each) => each.column >= from)) {
        const at = { scriptId: script.id, lineNumber, columnNumber };
        if (await this.place(breakpoint, script, at)) return;
      }
    }
    breakpoint.message = l10n.t('There is no code to stop at on this line or after it.');
  }

  /** Sets it at one place of a script; V8 moves it to the next place where it can stop. */
  private async place(
    breakpoint: Breakpoint,
    script: Script,
    location: CdpLocation,
  ): Promise<boolean> {
    const { connection } = this.target;
    const { expression: condition } = breakpoint;
    try {
      const answer = await connection.send<{ breakpointId: string; actualLocation: CdpLocation }>(
        'Debugger.setBreakpoint',
        condition === undefined ? { location } : { location, condition },
      );
      const { breakpointId, actualLocation } = answer;
      const place = this.target.scripts.place(actualLocation);
      if (place === undefined || place.line < breakpoint.line) {
        await connection.send('Debugger.removeBreakpoint', { breakpointId });
        return false;
      }
      breakpoint.bound.set(script.id, breakpointId);
      breakpoint.verified = true;
      breakpoint.message = undefined;
      breakpoint.actual = { line: place.line, column: place.column };
      return true;
    } catch (error) {
      // Another breakpoint is at that place already, or V8 cannot stop there.
      if (!(error instanceof CdpError) || !connection.isOpen) throw error;
      breakpoint.message = messageOf(error);
      return false;
    }
  }

  private shown(real: string, breakpoint: Breakpoint): DebugProtocol.Breakpoint {
    const { id, verified, actual, message, line } = breakpoint;
    const source = { path: this.target.scripts.shown(real) };
    const at = actual ?? { line };
    return message === undefined
      ? { id, verified, source, ...at }
      : { id, verified, message, source, ...at };
  }
}

function isSame(a: WantedBreakpoint, b: WantedBreakpoint): boolean {
  return (
    a.line === b.line &&
    a.column === b.column &&
    a.condition === b.condition &&
    a.hitCondition === b.hitCondition &&
    a.logMessage === b.logMessage
  );
}

/** A path without symbolic links, as Node names its modules. */
export function realPath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return resolve(path);
  }
}
