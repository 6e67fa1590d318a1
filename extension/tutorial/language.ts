/** The language of the tutorial: the setting, else that of the interface. */

import * as vscode from 'vscode';
import { LANGUAGES, type Language } from '../model/chapter.ts';

const SETTING = 'tutorial.language';

/** The language that the reader reads now. */
export function tutorialLanguage(): Language {
  const chosen = vscode.workspace.getConfiguration('greenlets').get<string>(SETTING, 'auto');
  return LANGUAGES.find((each) => each === chosen) ?? languageOf(vscode.env.language);
}

/** Chooses a language for good. */
export async function setTutorialLanguage(language: Language): Promise<void> {
  const { Global } = vscode.ConfigurationTarget;
  await vscode.workspace.getConfiguration('greenlets').update(SETTING, language, Global);
}

/** Calls back when the setting has changed. */
export function onDidChangeLanguage(changed: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(`greenlets.${SETTING}`)) changed();
  });
}

/** Readers of Traditional Chinese are better served in Chinese, too. */
function languageOf(locale: string): Language {
  return locale.toLowerCase().startsWith('zh') ? 'zh-cn' : 'en';
}
