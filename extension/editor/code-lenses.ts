/** "Run with greenlets" and "Debug with greenlets" over programs that import the package. */

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { lineOfPackageUse } from '../model/package-use.ts';
import { SELECTOR } from './programs.ts';
import { SECTION, setting } from './settings.ts';

export class CodeLenses implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses: vscode.Event<void> = this.#changed.event;

  readonly #subscriptions: vscode.Disposable[];

  constructor() {
    this.#subscriptions = [
      this.#changed,
      vscode.languages.registerCodeLensProvider(SELECTOR, this),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(SECTION)) this.#changed.fire();
      }),
    ];
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    if (!setting<boolean>('codeLens')) return [];
    const line = lineOfPackageUse(document.getText());
    if (line === undefined) return [];
    const range = new vscode.Range(line, 0, line, 0);
    const lens = (title: string, command: string) =>
      new vscode.CodeLens(range, { title, command, arguments: [document.uri] });
    return [
      lens(`$(play) ${l10n.t('Run with greenlets')}`, 'greenlets.runFile'),
      lens(`$(debug-alt) ${l10n.t('Debug with greenlets')}`, 'greenlets.debugFile'),
    ];
  }

  dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
  }
}
