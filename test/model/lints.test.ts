/** Findings as an editor shows them: the sentences, the places that belong to them, and the edit of the quick fix. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { problemOf } from '../../extension/model/lint-problem.ts';
import { lintMessage } from '../../extension/model/lint-text.ts';
import { patchEdits } from '../../extension/model/patch-edits.ts';
import type { Lint, LintParty } from '../../runtime/src/protocol/lints.ts';
import type { Location } from '../../runtime/src/protocol/snapshot.ts';

const at = (line: number, name = 'f'): Location => ({
  path: '/p/app.ts',
  line,
  column: 3,
  function: name,
});

const party = (label: string, line: number | null, more: Partial<LintParty> = {}): LintParty => ({
  label,
  relation: '',
  subject: '',
  ended: false,
  location: line === null ? null : at(line),
  ...more,
});

const found = (more: Partial<Lint>): Lint => ({
  id: 1,
  version: 1,
  code: 'leak',
  greenlet: 2,
  label: 'a #2',
  subject: 'Event.wait (done)',
  location: at(7),
  stack: [at(7)],
  spawned: [],
  others: [],
  circle: [],
  count: 1,
  time: 0,
  ...more,
});

describe('the sentence of a finding', () => {
  it('names the circle of a deadlock', () => {
    const lint = found({
      code: 'deadlock',
      subject: 'Semaphore.acquire (left)',
      circle: ['a #2', 'b #3'],
    });
    assert.equal(
      lintMessage(lint),
      'Deadlock: a #2 waits here for Semaphore.acquire (left) in a circle: a #2 → b #3 → a #2.',
    );
  });

  it('names who held a lock when it ended, who could end a wait, or that nobody can', () => {
    const held = { relation: 'held by' };
    const messages = [
      [party('b #3', null, { ...held, ended: true })],
      [party('b #3', 4, held), party('c #4', 5, held)],
      [],
    ].map((others) => lintMessage(found({ code: 'deadlock', subject: 'Queue.get', others })));
    assert.deepEqual(messages, [
      'Deadlock: a #2 waits here for Queue.get, which b #3 held when it ended.',
      'Deadlock: a #2 waits here for Queue.get, which only these could end, and none of them can go on: b #3, c #4.',
      'Deadlock: a #2 waits here for Queue.get, and nobody is left who could end that wait.',
    ]);
  });

  it('says how long and how often', () => {
    assert.equal(
      lintMessage(found({ code: 'blocked', seconds: 0.256, count: 3 })),
      'a #2 has kept all other greenlets waiting for 0.26 s here. (3 times)',
    );
    assert.match(lintMessage(found({ count: 5 })), / \(5 greenlets; the first was a #2\)$/);
  });

  it('is there for each kind, and names the greenlet or the object', () => {
    const codes: Lint['code'][] = [
      'deadlock',
      'leak',
      'never-ran',
      'blocked',
      'busy-wait',
      'starvation',
      'blocking-call',
      'swallowed-kill',
      'swallowed-timeout',
    ];
    const messages = codes.map((code) => lintMessage(found({ code, seconds: 1 })));
    for (const [i, each] of messages.entries()) assert.match(each, /a #2/, codes[i]);
    const semaphore = found({ code: 'over-release', subject: 'lock' });
    assert.match(lintMessage(semaphore), /^lock is released here more often/);
    assert.equal(new Set(messages).size, codes.length);
  });
});

describe('a problem', () => {
  it('has the callers, those who take part, and the place of the spawn', () => {
    const problem = problemOf(
      found({
        stack: [at(7), at(8, 'outer')],
        spawned: [at(20), at(21)],
        others: [party('b #3', 9, { subject: 'Queue.get' }), party('c #4', null, { ended: true })],
      }),
    );
    assert.deepEqual(
      problem?.related.map(({ message, location }) => `${location.line}: ${message}`),
      ['9: b #3 waits here for Queue.get.', '8: Called by outer.', '20: a #2 was spawned here.'],
    );
    assert.equal(problem?.isError, false);
  });

  it('is none where the place is not known', () => {
    assert.equal(problemOf(found({ location: null })), undefined);
  });
});

describe('the fix for a call that blocks', () => {
  /** The text with the edits. */
  function patched(text: string): string {
    const lines = text.split('\n');
    for (const { line, text: added } of patchEdits(text).reverse()) {
      lines.splice(line, 0, ...added.replace(/\n$/, '').split('\n'));
    }
    return lines.join('\n');
  }

  it('imports patchAll and calls it below the imports', () => {
    const text = [
      '/** A program. */',
      "import { readFileSync } from 'node:fs';",
      'import {',
      '  sleep,',
      '  spawn,',
      "} from 'greenlets';",
      '',
      "const later = await import('./later.ts');",
    ];
    assert.deepEqual(patched(text.join('\n')).split('\n'), [
      '/** A program. */',
      "import { patchAll } from 'greenlets/monkey';",
      ...text.slice(1, 6),
      '',
      'patchAll();',
      ...text.slice(6),
    ]);
  });

  it('adds only what is missing, and nothing twice', () => {
    const once = patched("import { spawn } from 'greenlets';\nspawn(work);\n");
    assert.equal(patched(once), once);
    const imported = "import { patchAll, patchFs } from 'greenlets/monkey';\nspawn(work);";
    assert.equal(
      patched(imported),
      "import { patchAll, patchFs } from 'greenlets/monkey';\n\npatchAll();\nspawn(work);",
    );
  });

  it('comes before the code of a file without imports, and after its first comment', () => {
    assert.equal(
      patched('#!/usr/bin/env node\n// Says hello.\nhello();'),
      "#!/usr/bin/env node\n// Says hello.\nimport { patchAll } from 'greenlets/monkey';\n\npatchAll();\nhello();",
    );
  });
});
