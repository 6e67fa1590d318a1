/** The programs of the tutorial under the debugger, without pauses: nothing is found in them but what they are there to show. */

import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Lint } from '../../runtime/src/protocol/lints.ts';
import { repositoryProgram, withClient } from '../support/session.ts';
import { ROOT } from '../workbench/prepare.mjs';

/** What the chapters are about, by the kinds of findings. */
const PLANTED: Record<string, readonly Lint['code'][]> = {
  '13-monkeypatch': ['blocking-call', 'blocked'],
  '36-deadlocks': ['deadlock'],
  '38-starvation': ['blocked'],
};

const TUTORIAL = 'media/tutorial';
const chapters = readdirSync(join(ROOT, TUTORIAL)).filter((name) =>
  existsSync(join(ROOT, TUTORIAL, name, 'en/program.ts')),
);

describe('nothing is wrong with the tutorial’s program', () => {
  for (const chapter of chapters) {
    it(chapter, async () => {
      const codes = await codesIn(`${TUTORIAL}/${chapter}/en/program.ts`);
      const expected = PLANTED[chapter] ?? [];
      assert.deepEqual(
        codes.filter((each) => !expected.includes(each)),
        [],
      );
      if (chapter === '36-deadlocks') assert(codes.includes('deadlock'));
    });
  }
});

/** The kinds of what is found while a program runs, and at its end. */
async function codesIn(path: string): Promise<Lint['code'][]> {
  return withClient(async (client) => {
    await client.start(repositoryProgram(path), { filters: [] });
    await client.event('terminated');
    const { lints } = await client.request('greenlet/lints');
    return lints.map((each: Lint) => each.code);
  });
}
