/**
 * The output channel: what sessions did, at the level that its user has chosen. Sessions and their ends at "info", failed requests at
 * "warning", every request and event at "trace".
 */

import type { DebugProtocol } from '@vscode/debugprotocol';
import * as vscode from 'vscode';

/** The longest message that is written whole, in characters. */
const LONGEST = 2000;

export class SessionLog implements vscode.DebugAdapterTrackerFactory, vscode.Disposable {
  /** The channel, for whoever else has something to write. */
  readonly channel: vscode.LogOutputChannel;

  constructor() {
    this.channel = vscode.window.createOutputChannel('Greenlet Debugger', { log: true });
  }

  createDebugAdapterTracker(session: vscode.DebugSession): vscode.DebugAdapterTracker {
    const { channel } = this;
    const { program, port } = session.configuration;
    const begin = Date.now();
    return {
      onWillStartSession: () =>
        channel.info(`${session.name}: ${session.configuration.request} ${program ?? port ?? ''}`),
      onWillReceiveMessage: (message) => channel.trace(`→ ${textOf(message)}`),
      onDidSendMessage: (message) => this.#hear(session, message, begin),
      onError: (error) => channel.error(error),
      onWillStopSession: () => channel.info(`${session.name}: over after ${secondsSince(begin)}`),
    };
  }

  dispose(): void {
    this.channel.dispose();
  }

  #hear(session: vscode.DebugSession, message: DebugProtocol.ProtocolMessage, begin: number): void {
    const { channel } = this;
    channel.trace(`← ${textOf(message)}`);
    if (message.type === 'response') {
      const { success, command, message: reason } = message as DebugProtocol.Response;
      if (!success) channel.warn(`${session.name}: ${command} failed: ${reason}`);
      if (success && (command === 'launch' || command === 'attach'))
        channel.info(`${session.name}: started after ${secondsSince(begin)}`);
      return;
    }
    const { event, body } = message as DebugProtocol.Event;
    if (event === 'stopped') channel.debug(`${session.name}: ${body.description ?? body.reason}`);
    if (event === 'exited') channel.info(`${session.name}: exit code ${body.exitCode}`);
  }
}

function textOf(message: DebugProtocol.ProtocolMessage): string {
  const text = JSON.stringify(message);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}… (${text.length} characters)` : text;
}

function secondsSince(begin: number): string {
  return `${((Date.now() - begin) / 1000).toFixed(2)} s`;
}
