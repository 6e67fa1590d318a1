/**
 * One feed for every greenlet session that runs; the views show the active session's. The feeds listen to what the adapter
 * tells the editor, so nothing is asked while nothing has changed.
 */

import type { DebugProtocol } from '@vscode/debugprotocol';
import * as vscode from 'vscode';
import { SessionFeed } from './session-feed.ts';

export class SessionFeeds implements vscode.DebugAdapterTrackerFactory, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  /** There is something new to show. */
  readonly onDidChange: vscode.Event<void> = this.#changed.event;

  readonly #feeds = new Map<string, SessionFeed>();
  readonly #subscription = vscode.debug.onDidChangeActiveDebugSession(() => this.#changed.fire());

  /** The feed of the active session, else the newest one; undefined when no greenlet session runs. */
  get shown(): SessionFeed | undefined {
    const active = vscode.debug.activeDebugSession;
    return this.#feeds.get(active?.id ?? '') ?? [...this.#feeds.values()].at(-1);
  }

  createDebugAdapterTracker(session: vscode.DebugSession): vscode.DebugAdapterTracker {
    const feed = new SessionFeed(session, () => this.#changed.fire());
    this.#feeds.set(session.id, feed);
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
    feed.close();
    if (this.#feeds.delete(feed.session.id)) this.#changed.fire();
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
  if (event === 'stopped') feed.paused(body?.threadId);
  else if (event === 'continued') feed.resumed();
  else if (event === 'greenlet/changed') feed.refresh();
}
