/** Debug configurations: F5 without a launch.json runs the open file. */

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { lineOfPackageUse } from '../model/package-use.ts';
import { isTrusted } from './trust.ts';

/** The `type` of our debug configurations. */
export const DEBUG_TYPE = 'greenlet';

const LANGUAGES = ['typescript', 'javascript', 'typescriptreact', 'javascriptreact'];
/** How many programs of the workspace are offered, and how many files are looked into to find them. */
const OFFERED = 20;
const LOOKED_INTO = 400;

/** Fills in the empty configuration that F5 gives when there is no launch.json; refuses where nothing may run. */
export class ConfigurationProvider implements vscode.DebugConfigurationProvider {
  async resolveDebugConfiguration(
    _folder: vscode.WorkspaceFolder | undefined,
    configuration: vscode.DebugConfiguration,
  ): Promise<vscode.DebugConfiguration | undefined> {
    if (!isTrusted()) return undefined;
    const { type, request, name } = configuration;
    const isGiven = Boolean(type || request || name);
    const wanted = isGiven ? configuration : await configurationForOpenFile();
    return wanted?.request === 'launch' ? { ...settings(), ...wanted } : wanted;
  }
}

/** What the user has set for all programs. */
function settings(): Partial<vscode.DebugConfiguration> {
  const blockedAfter = vscode.workspace
    .getConfiguration('greenlets.diagnostics')
    .get<number>('blockedAfter');
  return blockedAfter === undefined ? {} : { blockedAfter };
}

/** Offers the open file, and the workspace's programs that import the package, under "Run and Debug". */
export class DynamicConfigurations implements vscode.DebugConfigurationProvider {
  async provideDebugConfigurations(
    folder: vscode.WorkspaceFolder | undefined,
    token?: vscode.CancellationToken,
  ): Promise<vscode.DebugConfiguration[]> {
    const document = vscode.window.activeTextEditor?.document;
    const open = document !== undefined && isSource(document) ? [document.uri] : [];
    const programs = folder === undefined ? [] : await programsIn(folder, token);
    const others = programs.filter((each) => each.toString() !== open[0]?.toString());
    return [...open, ...others].map(configurationFor);
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
      l10n.t('No file is open. Open the TypeScript or JavaScript file that you want to debug.'),
    );
  }
  return configurationForDocument(document);
}

/** The same for any document. */
export async function configurationForDocument(
  document: vscode.TextDocument,
): Promise<vscode.DebugConfiguration | undefined> {
  const { uri, languageId } = document;
  if (!LANGUAGES.includes(languageId)) {
    const name = vscode.workspace.asRelativePath(uri);
    return refuse(
      l10n.t('{0} is not TypeScript or JavaScript (its language mode is "{1}").', name, languageId),
    );
  }
  if (uri.scheme !== 'file' && !document.isUntitled) {
    return refuse(
      l10n.t('Only files on disk can be debugged; this one is at {0}.', uri.toString()),
    );
  }
  if (!document.isUntitled && !document.isDirty) return configurationFor(uri);
  const saved = await vscode.workspace.save(uri);
  return saved === undefined
    ? refuse(
        l10n.t('The file was not saved. Save it first: the program that runs is the one on disk.'),
      )
    : configurationFor(saved);
}

function isSource({ uri, languageId }: vscode.TextDocument): boolean {
  return uri.scheme === 'file' && LANGUAGES.includes(languageId);
}

/** The files of a folder that import the package; of a very large folder only some are looked into. */
async function programsIn(
  folder: vscode.WorkspaceFolder,
  token: vscode.CancellationToken | undefined,
): Promise<vscode.Uri[]> {
  const programs: vscode.Uri[] = [];
  let files = 0;
  for await (const file of filesBelow(folder.uri)) {
    const isOver = files++ === LOOKED_INTO || programs.length === OFFERED;
    if (isOver || token?.isCancellationRequested) break;
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
    if (lineOfPackageUse(text) !== undefined) programs.push(file);
  }
  return programs;
}

/** The source files below a folder, those that are nearer first; not `findFiles`, which some installations have no tool for. */
async function* filesBelow(root: vscode.Uri): AsyncGenerator<vscode.Uri> {
  const folders = [root];
  for (let folder = folders.shift(); folder !== undefined; folder = folders.shift()) {
    for (const [name, type] of await entriesOf(folder)) {
      const uri = vscode.Uri.joinPath(folder, name);
      if (type === vscode.FileType.Directory) {
        if (name !== 'node_modules' && !name.startsWith('.')) folders.push(uri);
      } else if (/\.[cm]?[jt]sx?$/.test(name) && !name.endsWith('.d.ts')) {
        yield uri;
      }
    }
  }
}

/** What is in a folder, by name; nothing where it cannot be read. */
async function entriesOf(folder: vscode.Uri): Promise<[string, vscode.FileType][]> {
  try {
    const entries = await vscode.workspace.fs.readDirectory(folder);
    return entries.sort(([a], [b]) => a.localeCompare(b));
  } catch {
    return [];
  }
}

function configurationFor(uri: vscode.Uri): vscode.DebugConfiguration {
  const file = vscode.workspace.asRelativePath(uri, false);
  const name = l10n.t('Debug {0}', file);
  return { type: DEBUG_TYPE, request: 'launch', name, program: uri.fsPath };
}

function refuse(message: string): undefined {
  void vscode.window.showErrorMessage(message);
}
