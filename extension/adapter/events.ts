/** The events that the client gets. */

import { basename } from 'node:path';
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { ToldLint } from './lints.ts';
import type { Stop } from './pauses.ts';
import type { ProgramListener } from './program.ts';
import type { SourcePlace } from './scripts.ts';

/** So many greenlets that have started at once are told one by one. */
const MOST_STARTS = 100;

export class Events implements ProgramListener {
  /** Whether the client was told of the program's end. */
  hasEnded = false;
  private readonly send: (name: string, body?: object) => void;
  private readonly line: (line: number) => number;
  private readonly column: (column: number) => number;

  /**
   * @param send sends an event.
   * @param line makes the client's number out of one of ours, which count from one.
   * @param column likewise.
   */
  constructor(
    send: (name: string, body?: object) => void,
    line: (line: number) => number,
    column: (column: number) => number,
  ) {
    this.send = send;
    this.line = line;
    this.column = column;
  }

  output(category: string, output: string, place?: SourcePlace): void {
    if (place === undefined) this.send('output', { category, output });
    else {
      const { path, ...at } = this.place(place);
      this.send('output', { category, output, source: { name: basename(path), path }, ...at });
    }
  }

  stopped(stop: Stop, hitBreakpointIds: number[]): void {
    const { reason, description, threadId, error, info } = stop;
    this.send('stopped', {
      reason,
      description,
      threadId,
      allThreadsStopped: true,
      ...(error !== undefined && { text: error.message }),
      ...(info.event !== null && { moment: info.event.kind, waitingOn: info.event.waitingOn }),
      ...(hitBreakpointIds.length > 0 && { hitBreakpointIds }),
    });
  }

  breakpointChanged(breakpoint: DebugProtocol.Breakpoint): void {
    this.send('breakpoint', { reason: 'changed', breakpoint: this.place(breakpoint) });
  }

  greenletsChanged(started: number[], ended: number[]): void {
    // A client asks for all threads then: thousands of events would keep it busy for many seconds.
    for (const threadId of started.slice(0, MOST_STARTS)) {
      this.send('thread', { reason: 'started', threadId });
    }
    for (const threadId of ended) this.send('thread', { reason: 'exited', threadId });
  }

  changed(version: number): void {
    this.send('greenlet/changed', { version });
  }

  ending(): void {
    this.send('greenlet/ending', {});
  }

  linted(lint: ToldLint): void {
    this.send('greenlet/lints', { version: lint.version, lints: [lint] });
  }

  ended(exitCode: number | undefined): void {
    this.hasEnded = true;
    if (exitCode !== undefined) this.send('exited', { exitCode });
    this.send('terminated');
  }

  /** Something with a place, as the client counts lines and columns. */
  place<P extends { line?: number; column?: number }>(place: P): P {
    const { line, column } = place;
    return {
      ...place,
      ...(line !== undefined && { line: this.line(line) }),
      ...(column !== undefined && { column: this.column(column) }),
    };
  }
}
