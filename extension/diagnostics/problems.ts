/**
 * What was found in programs, as diagnostics at the lines: while the program runs, and afterwards until the next one is started or the user
 * clears them.
 */

import * as vscode from 'vscode';
import type { Lint, Lints } from '../../runtime/src/protocol/lints.ts';
import { type Problem, problemOf } from '../model/lint-problem.ts';
import { EXPLAIN } from './explain.ts';

/** What the editor shows behind the message. */
export const SOURCE = 'greenlets';

export class Problems implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection(SOURCE);
  /** The findings of each session, by their ids. */
  readonly #found = new Map<string, Map<number, Lint>>();
  /** The sessions that have not ended. */
  readonly #running = new Set<string>();
  readonly #subscriptions: vscode.Disposable[];

  /** @param type that of the sessions whose programs are looked at. */
  constructor(type: string) {
    const { debug, workspace } = vscode;
    this.#subscriptions = [
      debug.onDidStartDebugSession((session) => {
        if (session.type === type) this.#begin(session.id);
      }),
      debug.onDidTerminateDebugSession((session) => this.#running.delete(session.id)),
      debug.onDidReceiveDebugSessionCustomEvent(({ event, session, body }) => {
        if (session.type === type && event === 'greenlet/lints') this.#take(session.id, body);
      }),
      workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('greenlets.diagnostics.enabled')) this.#show();
      }),
    ];
  }

  /** Forgets everything that was found. */
  clear(): void {
    this.#found.clear();
    this.#show();
  }

  dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
    this.#collection.dispose();
  }

  /** What was found in sessions that have ended is the past. */
  #begin(session: string): void {
    this.#running.add(session);
    for (const id of this.#found.keys()) if (!this.#running.has(id)) this.#found.delete(id);
    this.#show();
  }

  #take(session: string, { lints }: Lints): void {
    this.#running.add(session);
    const found = this.#found.get(session) ?? new Map<number, Lint>();
    this.#found.set(session, found);
    for (const each of lints) found.set(each.id, each);
    this.#show();
  }

  #show(): void {
    this.#collection.clear();
    if (!vscode.workspace.getConfiguration('greenlets.diagnostics').get('enabled', true)) return;
    const byPath = new Map<string, vscode.Diagnostic[]>();
    for (const lint of [...this.#found.values()].flatMap((each) => [...each.values()])) {
      const problem = problemOf(lint);
      if (problem === undefined) continue;
      const { path } = problem.location;
      byPath.set(path, [...(byPath.get(path) ?? []), diagnosticOf(problem)]);
    }
    for (const [path, each] of byPath) this.#collection.set(vscode.Uri.file(path), each);
  }
}

function diagnosticOf({ code, isError, message, location, related }: Problem): vscode.Diagnostic {
  const { DiagnosticSeverity } = vscode;
  const severity = isError ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning;
  const diagnostic = new vscode.Diagnostic(rangeAt(location), message, severity);
  diagnostic.source = SOURCE;
  const query = encodeURIComponent(JSON.stringify([code]));
  diagnostic.code = { value: code, target: vscode.Uri.parse(`command:${EXPLAIN}?${query}`) };
  diagnostic.relatedInformation = related.map(
    (each) =>
      new vscode.DiagnosticRelatedInformation(
        new vscode.Location(vscode.Uri.file(each.location.path), rangeAt(each.location)),
        each.message,
      ),
  );
  return diagnostic;
}

/** An empty range: the editor underlines the word that begins there. */
function rangeAt({ line, column }: { line: number; column: number }): vscode.Range {
  const position = new vscode.Position(line - 1, column - 1);
  return new vscode.Range(position, position);
}
