/**
 * The tutorial's programs do what their chapters say. `npm test` runs a few; `CHAPTERS=all` runs every program, exercise and solution
 * in every language, and `CHAPTERS=02,17` those of some chapters.
 */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { LANGUAGES, type Language } from '../../extension/model/chapter.ts';
import { checkChapter, checkExercise } from '../../extension/model/chapter-check.ts';
import { runTraced } from '../support/traced-run.ts';
import { chapters, fileOf, type NamedChapter, numberOf } from '../support/tutorial.ts';

const wanted = process.env.CHAPTERS?.split(',');

for (const chapter of chapters) {
  if (wanted !== undefined && !wanted.includes('all') && !wanted.includes(numberOf(chapter))) {
    continue;
  }
  describe(chapter.folder, { concurrency: 2 }, () => {
    // Without CHAPTERS: the few that take no time, in one language each.
    if (wanted !== undefined) for (const language of LANGUAGES) checkAll(chapter, language);
    else if (numberOf(chapter) === '01') checkAll(chapter, 'en');
    else if (numberOf(chapter) === '16') checkProgram(chapter, 'zh-cn');
  });
}

function checkAll(chapter: NamedChapter, language: Language): void {
  checkProgram(chapter, language);
  it(`${language}: the exercise is not solved yet`, async () => {
    assert.notDeepEqual(await problemsOf(chapter, language, 'exercise.ts'), []);
  });
  it(`${language}: the solution solves it`, async () => {
    assert.deepEqual(await problemsOf(chapter, language, 'solution.ts'), []);
  });
}

function checkProgram(chapter: NamedChapter, language: Language): void {
  it(`${language}: the program prints and switches as the chapter says`, async () => {
    const run = await runTraced(fileOf(chapter, language, 'program.ts'));
    assert.deepEqual(checkChapter(chapter, run), []);
  });
}

async function problemsOf(
  chapter: NamedChapter,
  language: Language,
  name: string,
): Promise<string[]> {
  const file = fileOf(chapter, language, name);
  return checkExercise(chapter, readFileSync(file, 'utf8'), await runTraced(file));
}
