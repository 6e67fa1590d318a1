/** The whole history of one session, for the timeline: fetched in deltas, kept after the session's end. */

import type * as vscode from 'vscode';
import type { PackedHistory } from '../../../runtime/src/protocol/packed.ts';
import type { Snapshot } from '../../../runtime/src/protocol/snapshot.ts';
import { Trace, type TraceChunk } from '../../model/timeline/trace.ts';
import { chunkOfPacked } from '../../model/timeline/trace-file.ts';

/** How many rows come over at once while the program runs. */
const ROWS = 50_000;

export class SessionTrace {
  readonly session: vscode.DebugSession;
  readonly trace = new Trace();
  readonly #told: (chunk: TraceChunk) => void;
  #version: number | undefined;
  #isFetching = false;
  #isStale = false;

  /** @param told hears of every chunk that the trace has taken in. */
  constructor(session: vscode.DebugSession, told: (chunk: TraceChunk) => void) {
    this.session = session;
    this.#told = told;
  }

  /** Fetches what is new; calls that come while that is under way become one more. Never rejects: the session may end meanwhile. */
  async refresh(): Promise<void> {
    this.#isStale = true;
    if (this.#isFetching) return;
    this.#isFetching = true;
    try {
      while (this.#isStale) {
        this.#isStale = false;
        await this.#fetch();
      }
    } catch {
      // The session has ended: what is known stays.
    } finally {
      this.#isFetching = false;
    }
  }

  async #fetch(): Promise<void> {
    const { session, trace } = this;
    const since = this.#version;
    const snapshot: Snapshot = await session.customRequest('greenlet/snapshot', { since });
    this.#version = snapshot.version;
    let { greenlets } = snapshot;
    for (;;) {
      const wanted = { since: trace.since, count: ROWS, marks: trace.marks.at(-1)?.number ?? 0 };
      const packed: PackedHistory = await session.customRequest('greenlet/trace', wanted);
      const chunk = chunkOfPacked(packed, greenlets);
      greenlets = [];
      trace.append(chunk);
      this.#told(chunk);
      if (packed.first + packed.length > packed.total || packed.length === 0) return;
    }
  }
}
