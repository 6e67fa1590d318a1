/** Follows the tutorial's programs while they are being debugged: at each pause it makes out what has happened since the last one. */

import type { DebugProtocol } from '@vscode/debugprotocol';
import * as vscode from 'vscode';
import type { History, Snapshot, WaitingOn } from '../../runtime/src/protocol/snapshot.ts';
import type { WaitGraph } from '../../runtime/src/protocol/waits.ts';
import type { Run } from '../model/guide-story.ts';
import type { Pause } from '../model/narration.ts';
import type { Library, ProgramOf } from './library.ts';

/** The run that is followed. */
export interface Following extends Run {
  program: ProgramOf;
  /** The file that runs. */
  path: string;
}

/** The program ended, with this code; the whole run is known. */
export interface Ending {
  program: ProgramOf;
  exitCode: number;
}

/** How many switches are looked at. */
const HISTORY = 5000;

/** A program that has been resumed for longer than this is shown as running, in milliseconds. */
const STEP_TIME = 300;

export class Follower implements vscode.DebugAdapterTrackerFactory, vscode.Disposable {
  readonly #library: Library;
  readonly #changed = new vscode.EventEmitter<Following>();
  readonly #ended = new vscode.EventEmitter<Ending>();
  readonly #begun = new vscode.EventEmitter<ProgramOf>();
  /** There is something new to tell. */
  readonly onDidChange: vscode.Event<Following> = this.#changed.event;
  /** A program has run to its end. */
  readonly onDidEnd: vscode.Event<Ending> = this.#ended.event;
  /** A program of the tutorial begins. */
  readonly onDidBegin: vscode.Event<ProgramOf> = this.#begun.event;

  constructor(library: Library) {
    this.#library = library;
  }

  createDebugAdapterTracker(session: vscode.DebugSession): vscode.DebugAdapterTracker | undefined {
    const path = String(session.configuration.program ?? '');
    const program = this.#library.programAt(path);
    if (program === undefined) return undefined;
    this.#begun.fire(program);
    const followed = new Followed(session, program, path, (state) => this.#changed.fire(state));
    return {
      onDidSendMessage: (message) => {
        followed.hear(message);
        const { event, body } = message as DebugProtocol.Event;
        if (message.type === 'event' && event === 'exited') {
          this.#ended.fire({ program, exitCode: body.exitCode });
        }
      },
      onWillStopSession: () => followed.end(),
    };
  }

  dispose(): void {
    this.#changed.dispose();
    this.#ended.dispose();
    this.#begun.dispose();
  }
}

/** One session. */
class Followed {
  readonly #session: vscode.DebugSession;
  readonly #tell: (state: Following) => void;
  #state: Following;
  #last: Pause | undefined;
  #running: NodeJS.Timeout | undefined;
  /** Counts pauses: an answer that comes after the next one is void. */
  #turn = 0;

  constructor(
    session: vscode.DebugSession,
    program: ProgramOf,
    path: string,
    tell: (state: Following) => void,
  ) {
    this.#session = session;
    this.#tell = tell;
    const nothing = {
      before: undefined,
      pause: undefined,
      hasEnded: false,
      isComplete: false,
      pauses: 0,
    };
    this.#state = { program, path, ...nothing, history: [], greenlets: [] };
  }

  hear(message: DebugProtocol.ProtocolMessage): void {
    if (message.type === 'response') {
      const { command, success } = message as DebugProtocol.Response;
      if (success && command === 'continue') this.#runs();
      return;
    }
    if (message.type !== 'event') return;
    const { event, body } = message as DebugProtocol.Event;
    // The editor only looks at another greenlet of the same stop.
    if (event === 'stopped' && body.isFocus !== true) void this.#stopped(body);
    else if (event === 'continued') this.#runs();
    else if (event === 'greenlet/ending') void this.#ending();
  }

  end(): void {
    clearTimeout(this.#running);
    this.#turn++;
    this.#update({ before: this.#last, pause: undefined, hasEnded: true });
  }

  async #stopped(body: StoppedBody): Promise<void> {
    clearTimeout(this.#running);
    const turn = ++this.#turn;
    try {
      const [{ time, ...read }, { ready }, graph] = await Promise.all([
        this.#read(),
        this.#ask<{ ready: number[] }>('greenlet/schedule'),
        body.moment === 'deadlock' ? this.#ask<WaitGraph>('greenlet/waitGraph') : undefined,
      ]);
      if (turn !== this.#turn) return;
      const begun = new Map(this.#last?.begun);
      if (body.waitingOn !== undefined) begun.set(body.threadId ?? 0, time);
      const pause: Pause = {
        reason: body.reason,
        greenlet: body.threadId ?? 0,
        waitingOn: body.waitingOn ?? null,
        greenlets: read.greenlets,
        ready,
        seq: read.history.at(-1)?.seq ?? 0,
        begun,
        ...(body.text !== undefined && { error: body.text }),
        ...(graph !== undefined && { deadlock: graph.cycles[0]?.greenlets ?? [] }),
      };
      const before = this.#last;
      this.#last = pause;
      this.#update({ ...read, before, pause, pauses: this.#state.pauses + 1 });
    } catch {
      // The program has gone on, or has ended: there is nothing to tell of this pause.
    }
  }

  /** The program is held at its end, for as long as its views read its last state. */
  async #ending(): Promise<void> {
    clearTimeout(this.#running);
    this.#turn++;
    try {
      const { time: _, ...read } = await this.#read();
      const over = { pause: undefined, hasEnded: true, isComplete: true };
      this.#update({ ...read, before: this.#last, ...over });
    } catch {
      // It is gone: the end is told without its last switches.
    }
  }

  #runs(): void {
    clearTimeout(this.#running);
    this.#running = setTimeout(() => {
      this.#update({ before: this.#last, pause: undefined });
    }, STEP_TIME);
  }

  async #read(): Promise<Pick<Following, 'greenlets' | 'history'> & { time: number }> {
    const [{ greenlets, time }, { switches }] = await Promise.all([
      this.#ask<Snapshot>('greenlet/snapshot'),
      this.#ask<History>('greenlet/history', { limit: HISTORY }),
    ]);
    return { greenlets, history: switches, time };
  }

  #update(change: Partial<Following>): void {
    this.#state = { ...this.#state, ...change };
    this.#tell(this.#state);
  }

  async #ask<T>(command: string, args: object = {}): Promise<T> {
    return this.#session.customRequest(command, args) as Promise<T>;
  }
}

/** With what our adapter adds to it. */
type StoppedBody = DebugProtocol.StoppedEvent['body'] & {
  moment?: string;
  waitingOn?: WaitingOn;
};
