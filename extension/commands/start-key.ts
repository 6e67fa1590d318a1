/**
 * F5 for programs of greenlets. Without a launch.json the editor asks at every F5 which debugger of TypeScript is meant, because its own
 * is one, too. For a file that imports the package there is only one answer: our own key binding gives it, and these context keys say
 * when it may.
 */

import * as vscode from 'vscode';
import { lineOfPackageUse } from '../model/package-use.ts';

/** The active editor's file imports the package. */
const IS_PROGRAM = 'greenlets.isProgram';
/** There is no configuration in a launch.json: then that decides what F5 starts. */
const IS_UNCONFIGURED = 'greenlets.isUnconfigured';

/** How long typing is waited for, in milliseconds. */
const PAUSE = 300;

/** Keeps the context keys true to what is open. */
export class StartKey implements vscode.Disposable {
  readonly #subscriptions: vscode.Disposable[];
  #timer: NodeJS.Timeout | undefined;

  constructor() {
    const { window, workspace } = vscode;
    this.#subscriptions = [
      window.onDidChangeActiveTextEditor(() => this.#look()),
      workspace.onDidChangeTextDocument(({ document }) => {
        if (document !== window.activeTextEditor?.document) return;
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#look(), PAUSE);
      }),
      workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('launch')) lookForConfigurations();
      }),
      workspace.onDidChangeWorkspaceFolders(lookForConfigurations),
    ];
    this.#look();
    lookForConfigurations();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const each of this.#subscriptions) each.dispose();
  }

  #look(): void {
    const document = vscode.window.activeTextEditor?.document;
    const isProgram =
      document?.uri.scheme === 'file' && lineOfPackageUse(document.getText()) !== undefined;
    void vscode.commands.executeCommand('setContext', IS_PROGRAM, isProgram);
  }
}

function lookForConfigurations(): void {
  const folders: (vscode.Uri | undefined)[] = [undefined];
  for (const { uri } of vscode.workspace.workspaceFolders ?? []) folders.push(uri);
  const isConfigured = folders.some((folder) => {
    const launch = vscode.workspace.getConfiguration('launch', folder);
    return launch.get<unknown[]>('configurations', []).length > 0;
  });
  void vscode.commands.executeCommand('setContext', IS_UNCONFIGURED, !isConfigured);
}
