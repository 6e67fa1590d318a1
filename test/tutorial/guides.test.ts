/** The texts of the tutorial: whole in every language, equal to the programs they speak of, and without a dead end. */

import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { offeredFilters } from '../../extension/adapter/filters.ts';
import { LANGUAGES, type Language, type Text } from '../../extension/model/chapter.ts';
import { contentsOf, guideOf } from '../support/guide.ts';
import {
  chapters,
  fileOf,
  type NamedChapter,
  parts,
  ROOT,
  readText,
  TUTORIAL,
} from '../support/tutorial.ts';
import { viewTitle } from '../support/view-title.ts';

/** What stands between single asterisks. */
const ITALIC = /(?<!\*)\*([^*]+)\*(?!\*)/g;
const CJK = /\p{Script=Han}/u;
const PROGRAMS = ['program.ts', 'exercise.ts', 'solution.ts'];
const READMES: Record<Language, string> = { en: 'README.md', 'zh-cn': 'README.zh-cn.md' };

const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const chinese = JSON.parse(
  readFileSync(join(ROOT, 'extension/l10n/bundle.l10n.zh-cn.json'), 'utf8'),
);
const runtime = JSON.parse(readFileSync(join(ROOT, 'runtime/package.json'), 'utf8'));

describe('the chapters', () => {
  it('belong to the parts, in order, and the last of each has a bug to find', () => {
    const order = chapters.map(({ part }) => parts.findIndex(({ id }) => id === part));
    assert.ok(!order.includes(-1), 'A part is not in parts.json.');
    assert.deepEqual(
      order,
      order.toSorted((a, b) => a - b),
    );
    for (const { id } of parts) {
      const { folder, exercise } = chapters.findLast(({ part }) => part === id) as NamedChapter;
      assert.match(exercise.task.en, /Find the bug/, folder);
      assert.match(exercise.task['zh-cn'], /找 bug/, folder);
    }
  });

  for (const chapter of chapters) {
    it(`${chapter.folder} is whole in every language`, () => {
      const texts: Text[] = [
        ...[chapter.title, chapter.question, chapter.answer, chapter.watch, chapter.exercise.task],
        ...(chapter.moments ?? []).map(({ say }) => say),
      ];
      for (const text of texts) {
        assert.ok(text.en.length > 0 && !CJK.test(text.en), `In English: ${text.en}`);
        assert.match(text['zh-cn'], CJK);
      }
      for (const language of LANGUAGES) viewTitle(chapter.watch.view, language);
    });

    it(`${chapter.folder} names what to pause at as the editor does`, () => {
      const named = (language: Language) => [...chapter.watch[language].matchAll(ITALIC)];
      const labels = offeredFilters().map(({ label }) => label);
      for (const [, label = ''] of named('en')) assert.ok(labels.includes(label), label);
      assert.deepEqual(
        named('zh-cn').map(([, label]) => label),
        named('en').map(([, label = '']) => chinese[label]),
      );
    });

    it(`${chapter.folder} has examples of lines that vary, and they match`, () => {
      const lines = [
        ...chapter.output,
        ...(chapter.errors ?? []),
        ...chapter.exercise.check.output,
      ];
      const inner = lines.flatMap((line) =>
        typeof line === 'object' && 'anyOrder' in line ? line.anyOrder : [line],
      );
      for (const line of inner) {
        if (typeof line === 'string' || !('match' in line) || line.example === undefined) continue;
        assert.match(line.example, new RegExp(`^(?:${line.match})$`));
      }
    });

    it(`${chapter.folder} has the same code in every language, with comments of its own`, () => {
      for (const name of PROGRAMS) {
        const [en, zh] = LANGUAGES.map((language) => readText(chapter.folder, language, name));
        assert.equal(codeOf(zh ?? ''), codeOf(en ?? ''), name);
        assert.doesNotMatch(en ?? '', CJK, name);
        assert.match(zh ?? '', CJK, name);
      }
      const [exercise, solution] = ['exercise.ts', 'solution.ts'].map((name) =>
        codeOf(readText(chapter.folder, 'en', name)),
      );
      assert.notEqual(exercise, solution);
    });

    it(`${chapter.folder} speaks of lines that are there once`, () => {
      for (const { at } of chapter.moments ?? []) {
        for (const language of LANGUAGES) {
          const lines = readText(chapter.folder, language, 'program.ts').split('\n');
          assert.equal(lines.filter((line) => line.includes(at)).length, 1, at);
        }
      }
    });

    for (const language of LANGUAGES) {
      it(`${chapter.folder}/${language}/guide.md says what the chapter says`, () => {
        checkFile(fileOf(chapter, language, 'guide.md'), (written) =>
          guideOf(chapter, language, written),
        );
        const guide = readText(chapter.folder, language, 'guide.md');
        const prose = guide.replaceAll(/```[\s\S]*?```|\(.*?\)|\[.*?\]/g, '');
        assert.equal(CJK.test(prose), language === 'zh-cn');
      });
    }
  }
});

describe('the table of contents', () => {
  for (const language of LANGUAGES) {
    it(`${READMES[language]} names every chapter`, () => {
      checkFile(join(TUTORIAL, READMES[language]), (written) => {
        const begin = written.indexOf('### ');
        const end = written.indexOf('\n## ', begin);
        return `${written.slice(0, begin)}${contentsOf(language)}\n${written.slice(end)}`;
      });
    });
  }
});

describe('what the texts name', () => {
  for (const { name, text, file } of allTexts()) {
    it(`${name}: files, commands, settings and imports exist`, () => {
      for (const [, target = ''] of text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)) {
        assert.ok(exists(target, file), `There is no ${target}.`);
      }
      for (const [, code = ''] of text.matchAll(/`([^`\n]+)`/g)) {
        if (/^greenlets\.[\w.]+$/.test(code))
          assert.ok(isContributed(code), `There is no ${code}.`);
        if (/^greenlets\/[\w]+$/.test(code)) {
          assert.ok(
            `.${code.slice('greenlets'.length)}` in runtime.exports,
            `There is no ${code}.`,
          );
        }
      }
    });
  }
});

/** Every guide and table of contents. */
function allTexts(): { name: string; text: string; file: string }[] {
  const files = [
    ...LANGUAGES.map((language) => join(TUTORIAL, READMES[language])),
    ...chapters.flatMap((chapter: NamedChapter) =>
      LANGUAGES.map((language) => fileOf(chapter, language, 'guide.md')),
    ),
  ];
  return files.map((file) => ({
    file,
    name: file.slice(TUTORIAL.length + 1),
    text: readFileSync(file, 'utf8'),
  }));
}

function exists(target: string, from: string): boolean {
  // The one that is named is known; a test does not go out to look.
  if (target === 'https://www.gevent.org') return true;
  if (target.startsWith('command:')) return isContributed(target.slice('command:'.length));
  return existsSync(join(dirname(from), target));
}

/** Whether it is a command, a view or a setting of the extension. */
function isContributed(id: string): boolean {
  const { commands, views, configuration } = manifest.contributes;
  const ids = [
    ...commands.map(({ command }: { command: string }) => command),
    ...Object.values<{ id: string }[]>(views).flatMap((each) => each.map((view) => view.id)),
    ...[configuration ?? []]
      .flat()
      .flatMap(({ properties }: { properties: object }) => Object.keys(properties)),
  ];
  return ids.includes(id);
}

/** What a program does, without what it says about it. */
function codeOf(source: string): string {
  return source.replaceAll(/^\s*\/\/.*\n|\s+\/\/ .*$/gm, '').replaceAll(/\n\s*\n/g, '\n');
}

/** Compares a file with what it should be; with UPDATE=1 writes it. */
function checkFile(file: string, expected: (written: string) => string): void {
  const written = readFileSync(file, 'utf8');
  const right = expected(written);
  if (process.env.UPDATE === '1' && written !== right) writeFileSync(file, right);
  else assert.equal(written, right, 'Run it with UPDATE=1.');
}
