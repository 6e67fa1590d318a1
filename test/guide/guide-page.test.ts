/** The guide's page: every chapter in both languages, strict, and with an action for whatever can be chosen. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LANGUAGES } from '../../extension/model/chapter.ts';
import { guideLabels } from '../../extension/model/guide-labels.ts';
import { type GuideSectionKind, guideSections } from '../../extension/model/guide-sections.ts';
import { guidePage } from '../../extension/tutorial/guide-page.ts';
import { Library } from '../../extension/tutorial/library.ts';
import { repositoryPath } from '../support/fixture.ts';

const library = new Library(repositoryPath('media/tutorial'));
const SOURCES = {
  cspSource: 'https://editor',
  script: 'https://editor/s',
  style: 'https://editor/c',
};
const ACTIONS =
  /^(open|run|debug|exercise|debugExercise|check|reset|solution|contents|language|chapter:\d\d-[\w-]+|command:[\w.]+)$/;

/** What the guide cannot do without. */
const SECTIONS: GuideSectionKind[] = ['introduction', 'switches', 'exercise', 'question', 'answer'];

for (const language of LANGUAGES) {
  describe(`the guide in ${language}`, () => {
    it('has the same sections in every chapter', () => {
      assert(library.chapters.length > 0);
      for (const chapter of library.chapters) {
        const kinds = guideSections(library.guide(chapter, language), language).map(
          ({ kind }) => kind,
        );
        const missing = SECTIONS.filter((kind) => !kinds.includes(kind));
        assert.deepEqual(missing, [], chapter.id);
      }
    });

    it('loads and runs only what is ours, and does only what is known', () => {
      for (const chapter of library.chapters) {
        const page = pageOf(chapter.id, language, library.guide(chapter, language));
        assert.match(page, /content="default-src 'none'; style-src https:\/\/editor; script-src/);
        assert.doesNotMatch(page, /<[^>]+ (on\w+|style)=/);
        const actions = [...page.matchAll(/data-action="([^"]+)"/g)].map(([, action]) => action);
        const unknown = actions.filter((action) => !ACTIONS.test(action ?? ''));
        assert.deepEqual(unknown, [], chapter.id);
        for (const id of actions.flatMap((each) => /^chapter:(.+)/.exec(each ?? '')?.[1] ?? [])) {
          assert(library.find(id), `${chapter.id} leads to ${id}`);
        }
      }
    });

    it('hides the answer until it is asked for, and has the program beside it', () => {
      const [chapter] = library.chapters;
      assert(chapter !== undefined);
      const page = pageOf(chapter.id, language, library.guide(chapter, language));
      assert.match(page, /<details><summary>/);
      assert.doesNotMatch(page, /function foo/);
      assert.match(page, new RegExp(`<button data-action="check">${guideLabels(language).check}<`));
    });
  });
}

describe('a link in a guide', () => {
  it('does what it says, and only then', () => {
    const links = [
      '[a](program.ts) [b](exercise.ts) [c](../../02-select/en/guide.md) [d](../../README.md)',
      '[e](command:greenlets.tree.focus) [f](https://gevent.org) [g](javascript:x)',
      '<img src=x onerror=x>',
    ];
    const page = pageOf('01-context-switch', 'en', `# T\n\n${links.join('\n')}\n`);
    const anchors = [...page.matchAll(/<a href="([^"]*)"(?: data-action="([^"]*)")?>([a-g])</g)];
    assert.deepEqual(
      anchors.map(([, href, action, text]) => `${text} ${href} ${action}`),
      [
        'a # open',
        'b # exercise',
        'c # chapter:02-select',
        'd # contents',
        'e # command:greenlets.tree.focus',
        'f https://gevent.org undefined',
      ],
    );
    assert(page.includes('&lt;img src=x onerror=x&gt;'));
  });
});

function pageOf(id: string, language: 'en' | 'zh-cn', markdown: string): string {
  const chapter = library.find(id);
  assert(chapter !== undefined);
  const [previous, next] = [library.neighbor(chapter, -1), library.neighbor(chapter, 1)];
  return guidePage({ chapter, language, markdown, previous, next }, SOURCES);
}
