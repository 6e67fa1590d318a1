/** The titles of views, as a reader sees them. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '../../extension/model/chapter.ts';
import { ROOT } from './tutorial.ts';

/**
 * The title of a view of ours, as the manifest says it in that language, or of one of the editor's own.
 *
 * @throws {Error} if there is no such view.
 */
export function viewTitle(id: string, language: Language): string {
  const ours = Object.values(manifest.contributes.views)
    .flat()
    .find((view) => view.id === id);
  const title = ours === undefined ? EDITOR_VIEWS[id]?.[language] : localized(ours.name, language);
  if (title === undefined) throw new Error(`There is no view ${id}`);
  return title;
}

interface Manifest {
  contributes: { views: Record<string, { id: string; name: string }[]> };
}

const manifest: Manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

/** The editor's own views that the tutorial names, with the titles of its language packs. */
const EDITOR_VIEWS: Record<string, Record<Language, string>> = {
  'workbench.debug.callStackView': { en: 'Call Stack', 'zh-cn': '调用堆栈' },
  'workbench.debug.variablesView': { en: 'Variables', 'zh-cn': '变量' },
  'workbench.debug.breakPointsView': { en: 'Breakpoints', 'zh-cn': '断点' },
  'workbench.panel.repl.view': { en: 'Debug Console', 'zh-cn': '调试控制台' },
};

/** A text of the manifest; `%key%` stands for one of `package.nls*.json`. */
function localized(text: string, language: Language): string | undefined {
  const key = /^%(.+)%$/.exec(text)?.[1];
  if (key === undefined) return text;
  const files =
    language === 'en' ? ['package.nls.json'] : [`package.nls.${language}.json`, 'package.nls.json'];
  for (const file of files.map((name) => join(ROOT, name))) {
    const found = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8'))[key] : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}
