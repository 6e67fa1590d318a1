/** Breakpoints at changes of data. The runtime watches; this gives them their numbers. */

import type { DebugProtocol } from '@vscode/debugprotocol';
import type { DataBreakpoint } from '../../runtime/src/protocol/bridge.ts';
import type { Target } from './target.ts';

export class DataBreakpoints {
  private readonly target: Target;
  private readonly nextId: () => number;

  constructor(target: Target, nextId: () => number) {
    this.target = target;
    this.nextId = nextId;
  }

  /** Replaces all breakpoints at data. */
  async set(wanted: readonly Omit<DataBreakpoint, 'id'>[]): Promise<DebugProtocol.Breakpoint[]> {
    const breakpoints = wanted.map((each) => ({ ...each, id: this.nextId() }));
    const problems = await this.target.ask((bridge, each) => bridge.watchData(each), breakpoints);
    return breakpoints.map(({ id }, i) => {
      const message = problems[i] ?? undefined;
      return { id, verified: message === undefined, ...(message !== undefined && { message }) };
    });
  }
}
