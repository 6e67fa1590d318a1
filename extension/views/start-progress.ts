/** A program that takes long to start says so: a large one is transformed file by file, and a remote one has to answer. */

import type { DebugProtocol } from '@vscode/debugprotocol';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';

/** A start that takes longer than this is told of, in milliseconds. */
const PATIENCE = 1000;

export class StartProgress implements vscode.DebugAdapterTrackerFactory {
  createDebugAdapterTracker(session: vscode.DebugSession): vscode.DebugAdapterTracker {
    let started = () => {};
    let timer: NodeJS.Timeout | undefined;
    const over = () => {
      clearTimeout(timer);
      started();
    };
    return {
      onWillStartSession: () => {
        timer = setTimeout(() => {
          const done = new Promise<void>((resolve) => {
            started = resolve;
          });
          void showProgress(session, done);
        }, PATIENCE);
      },
      onDidSendMessage: (message: DebugProtocol.ProtocolMessage) => {
        const { type, command } = message as DebugProtocol.Response;
        if (type === 'response' && (command === 'launch' || command === 'attach')) over();
      },
      onWillStopSession: over,
      onExit: over,
    };
  }
}

async function showProgress(session: vscode.DebugSession, done: Promise<void>): Promise<void> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: l10n.t('{0}: starting…', session.name),
    cancellable: true,
  };
  await vscode.window.withProgress(options, (_, token) => {
    token.onCancellationRequested(() => vscode.debug.stopDebugging(session));
    return done;
  });
}
