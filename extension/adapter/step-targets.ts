/** `stepInTargets`: what a step into a line can lead to, where it calls several functions; and the greenlet that runs next. */

import { readFileSync } from 'node:fs';
import type { DebugProtocol } from '@vscode/debugprotocol';
import * as l10n from '@vscode/l10n';
import type { CdpLocation } from '../cdp/types.ts';
import type { NativeFrame } from './frames.ts';
import type { Greenlets } from './greenlets.ts';
import type { SourcePlace } from './scripts.ts';
import type { Target } from './target.ts';

/** Where a step into leads: a call, or whoever runs next once the greenlet has given way. */
export type StepTarget = { kind: 'call'; place: SourcePlace } | { kind: 'next' };

export class StepTargets {
  private readonly target: Target;
  private readonly greenlets: Greenlets;
  private readonly byId = new Map<number, StepTarget>();
  /** Never reused, so that a late request cannot reach another stop's target. */
  private nextId = 1;

  constructor(target: Target, greenlets: Greenlets) {
    this.target = target;
    this.greenlets = greenlets;
  }

  /**
   * The targets at a frame.
   *
   * @param isRunning whether the frame is the running greenlet's innermost one; calls can be stepped into only there.
   */
  async at(frame: NativeFrame, isRunning: boolean): Promise<DebugProtocol.StepInTarget[]> {
    const calls = isRunning ? await this.calls(frame) : [];
    const lines = calls.length > 0 ? textOf(frame.place.path).split('\n') : [];
    const targets = calls.map((place) => ({
      id: this.remember({ kind: 'call', place }),
      label: nameAt(lines[place.line - 1] ?? '', place.column),
      line: place.line,
      column: place.column,
    }));
    return [...targets, await this.next()];
  }

  get(id: number): StepTarget | undefined {
    return this.byId.get(id);
  }

  /** The program goes on: all targets are void. */
  forget(): void {
    this.byId.clear();
  }

  /** The calls on the frame's line that its own function makes, in the order of the text. */
  private async calls({ callFrame, place }: NativeFrame): Promise<SourcePlace[]> {
    const { connection, scripts } = this.target;
    const { locations } = await connection.send<{ locations: (CdpLocation & { type?: string })[] }>(
      'Debugger.getPossibleBreakpoints',
      { start: callFrame.functionLocation ?? callFrame.location, restrictToFunction: true },
    );
    const found = new Map<number, SourcePlace>();
    for (const location of locations) {
      const at = location.type === 'call' ? scripts.place(location) : undefined;
      if (at?.path === place.path && at.line === place.line) found.set(at.column, at);
    }
    return [...found.values()].sort((a, b) => a.column - b.column);
  }

  private async next(): Promise<DebugProtocol.StepInTarget> {
    const [first] = await this.target.ask((bridge) => bridge.schedule());
    const info = first === undefined ? undefined : this.greenlets.get(first);
    const label =
      info === undefined
        ? l10n.t('The greenlet that runs next')
        : l10n.t('The greenlet that runs next: {0}', `${info.name} #${info.id}`);
    return { id: this.remember({ kind: 'next' }), label };
  }

  private remember(target: StepTarget): number {
    const id = this.nextId++;
    this.byId.set(id, target);
    return id;
  }
}

/** The callee at a column (one-based) of a line: `jobs.get`, where V8 names the place of `get`. */
function nameAt(line: string, column: number): string {
  const before = /(?:[\w$#]+\??\.)*$/.exec(line.slice(0, column - 1))?.[0] ?? '';
  const name = /^(?:new\s+)?[\w$#.]*/.exec(line.slice(column - 1))?.[0] ?? '';
  return `${before}${name}` || line.slice(column - 1).trim();
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
