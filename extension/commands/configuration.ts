/** Debug configurations: F5 without a launch.json runs the open file. */

import * as vscode from 'vscode';

/** The `type` of our debug configurations. */
export const DEBUG_TYPE = 'greenlet';

const LANGUAGES = ['typescript', 'javascript'];

/** Fills in the empty configuration that F5 gives when there is no launch.json. */
export class ConfigurationProvider implements vscode.DebugConfigurationProvider {
  async resolveDebugConfiguration(
    _folder: vscode.WorkspaceFolder | undefined,
    configuration: vscode.DebugConfiguration,
  ): Promise<vscode.DebugConfiguration | undefined> {
    const { type, request, name } = configuration;
    if (type || request || name) return configuration;
    return configurationForOpenFile();
  }
}

/** Offers the open file under "Run and Debug" and in the list of configurations. */
export class DynamicConfigurations implements vscode.DebugConfigurationProvider {
  provideDebugConfigurations(): vscode.DebugConfiguration[] {
    const document = vscode.window.activeTextEditor?.document;
    const isProgram = document?.uri.scheme === 'file' && LANGUAGES.includes(document.languageId);
    return isProgram ? [configurationFor(document.uri)] : [];
  }
}

/**
 * The configuration that debugs the file of the active editor, saved first where it has unsaved changes. Where that cannot
 * be, it tells the user why and gives undefined.
 */
export async function configurationForOpenFile(): Promise<vscode.DebugConfiguration | undefined> {
  const document = vscode.window.activeTextEditor?.document;
  if (document === undefined) {
    return refuse(
      'No file is open. Open the TypeScript or JavaScript file that you want to debug.',
    );
  }
  if (!LANGUAGES.includes(document.languageId)) {
    const name = vscode.workspace.asRelativePath(document.uri);
    return refuse(
      `${name} is not TypeScript or JavaScript (its language mode is "${document.languageId}").`,
    );
  }
  if (document.uri.scheme !== 'file' && !document.isUntitled) {
    return refuse(`Only files on disk can be debugged; this one is at ${document.uri.toString()}.`);
  }
  if (!document.isUntitled && !document.isDirty) return configurationFor(document.uri);
  const saved = await vscode.workspace.save(document.uri);
  return saved === undefined
    ? refuse('The file was not saved. Save it first: the program that runs is the one on disk.')
    : configurationFor(saved);
}

function configurationFor(uri: vscode.Uri): vscode.DebugConfiguration {
  const file = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  return { type: DEBUG_TYPE, request: 'launch', name: `Debug ${file}`, program: uri.fsPath };
}

function refuse(message: string): undefined {
  void vscode.window.showErrorMessage(message);
}
