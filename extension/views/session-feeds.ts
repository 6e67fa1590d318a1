/**
 * One feed for every greenlet session; the views show the active session's, and after its end its last state, until there is
 * another one. The feeds listen to what the adapter tells the editor, so nothing is asked while nothing has changed.
 */

import type { DebugProtocol } from '@vscode/debugprotocol';
import * as vscode from 'vscode';
import { type LastReader, SessionFeed } from './session-feed.ts';

/** Set once there has been something to show: the views appear with it, and stay. */
const HAS_STATE = 'greenlets.hasState';

export class SessionFeeds implements vscode.DebugAdapterTrackerFactory, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  /** There is something new to show. */
  readonly onDidChange: vscode.Event<void> = this.#changed.event;

  /** What else is read of every program that has ended, before it is let go. */
  readonly lastReaders: LastReader[] = [];

  readonly #feeds = new Map<string, SessionFeed>();
  /** The session that has ended last. */
  #last: SessionFeed | undefined;
  readonly #subscription = vscode.debug.onDidChangeActiveDebugSession(() => this.#changed.fire());

  /** The feed of the active session, else that of the newest one; undefined when no greenlet session runs. */
  get live(): SessionFeed | undefined {
    const active = vscode.debug.activeDebugSession;
    return this.#feeds.get(active?.id ?? '') ?? [...this.#feeds.values()].at(-1);
  }

  /** The feed that views show: without a live one, the last state of the session that has ended last. */
  get shown(): SessionFeed | undefined {
    return this.live ?? this.#last;
  }

  /** The feed of a session; undefined for one whose last state has been forgotten. */
  of(session: vscode.DebugSession): SessionFeed | undefined {
    const feed = this.#feeds.get(session.id);
    return feed ?? (this.#last?.session.id === session.id ? this.#last : undefined);
  }

  createDebugAdapterTracker(session: vscode.DebugSession): vscode.DebugAdapterTracker {
    const changed = () => this.#changed.fire();
    const feed = new SessionFeed(session, changed, async (ended) => {
      for (const read of this.lastReaders) await read(ended);
    });
    this.#feeds.set(session.id, feed);
    void vscode.commands.executeCommand('setContext', HAS_STATE, true);
    return {
      onDidSendMessage: (message) => hear(feed, message),
      onWillStopSession: () => this.#close(feed),
      onExit: () => this.#close(feed),
    };
  }

  dispose(): void {
    for (const feed of this.#feeds.values()) feed.close();
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  #close(feed: SessionFeed): void {
    if (!this.#feeds.delete(feed.session.id)) return;
    feed.close();
    // One that has never run has nothing to show.
    if (feed.greenlets.size > 0) this.#last = feed;
    this.#changed.fire();
  }
}

/** Requests after which the program runs. An adapter need not send `continued` when it has answered one. */
const RESUMING = new Set(['continue', 'next', 'stepIn', 'stepOut']);

function hear(feed: SessionFeed, message: DebugProtocol.ProtocolMessage): void {
  if (message.type === 'response') {
    const { command, success } = message as DebugProtocol.Response;
    if (success && RESUMING.has(command)) feed.resumed();
    return;
  }
  if (message.type !== 'event') return;
  const { event, body } = message as DebugProtocol.Event;
  // A stop that is told again, so that the editor looks at another greenlet, is none.
  if (event === 'stopped' && !body?.isFocus) feed.paused(body?.threadId);
  else if (event === 'continued') feed.resumed();
  else if (event === 'greenlet/changed') feed.refresh();
  else if (event === 'initialized') feed.started();
  else if (event === 'greenlet/ending') void feed.ending();
}
