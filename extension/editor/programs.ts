/** Which documents can be programs of greenlets. */

import { realpathSync } from 'node:fs';
import type * as vscode from 'vscode';

/** The languages that the transform takes, as the editor calls them. */
export const LANGUAGES = ['typescript', 'javascript', 'typescriptreact', 'javascriptreact'];

/** The same for whatever the editor wants a selector for: only files on disk run. */
export const SELECTOR: vscode.DocumentSelector = LANGUAGES.map((language) => ({
  language,
  scheme: 'file',
}));

/** Whether a document is a file on disk in one of the languages. */
export function isSource({ uri, languageId }: vscode.TextDocument): boolean {
  return uri.scheme === 'file' && LANGUAGES.includes(languageId);
}

const realPaths = new Map<string, string>();

/** The path by which a program knows a file: without symbolic links. */
export function realPathOf({ fileName }: vscode.TextDocument): string {
  let path = realPaths.get(fileName);
  if (path === undefined) {
    try {
      path = realpathSync.native(fileName);
    } catch {
      path = fileName;
    }
    realPaths.set(fileName, path);
  }
  return path;
}
