/** The runtime's sentences in the user's language: in English each stays what it was, in Chinese none does. */

import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { useLanguage } from '../../extension/l10n/language.ts';
import { inUsersLanguage } from '../../extension/model/runtime-text.ts';

const TEXTS = [
  'Paused',
  'worker #3 yields: Queue.get (jobs)',
  'a b #2 blocks: Event.wait',
  'worker #3 is spawned',
  'worker #3 is spawned by main #1',
  'worker #3 starts',
  'worker #3 goes on',
  'worker #3 ends: finished',
  'worker #3 ends: failed',
  'worker #3 ends: killed',
  'worker #3 is out of time: Timeout: 2 seconds',
  'worker #3 is killed with GreenletExit',
  'worker #3 has kept all others waiting for 1.5 s; it yields now: sleep (0)',
  'is not ready: it waits for Queue.get (jobs)',
  'is frozen; thaw it first',
  'Deadlock: a #2 → b #3 → a #2',
  'This operation would block forever',
  '  Deadlock: a #2 waits for Semaphore.acquire (x) at p.ts:4, held by b #3; b #3 waits for Semaphore.acquire (y) at p.ts:9, held by a #2',
  'r #2 waits for Queue.get (jobs) at p.ts:4, so far filled only by w #3, which has ended and v #4',
  '  main #1 waits: joinAll (a #2, b #3)',
];

afterEach(() => useLanguage('en'));

test('in English nothing changes', () => {
  for (const text of TEXTS) assert.equal(inUsersLanguage(text), text);
});

test('in Chinese each sentence is said, with all its names', () => {
  useLanguage('zh-cn');
  for (const text of TEXTS) {
    const said = inUsersLanguage(text);
    assert.match(said, /\p{Script=Han}/u, text);
    assert.doesNotMatch(said, / (yields|waits|is|has|ends|by|held|which)\b/, text);
    for (const [name] of text.matchAll(/[\w.]+ #\d+|\([\w ]+\)|p\.ts:\d/g)) {
      assert(said.includes(name), `${said} does not name ${name}.`);
    }
  }
  assert.equal(
    inUsersLanguage('worker #3 yields: Queue.get (jobs)'),
    'worker #3 让出：Queue.get (jobs)',
  );
});

test('what is no sentence of the runtime stays as it is', () => {
  useLanguage('zh-cn');
  assert.equal(inUsersLanguage('jobs.size: 1 → 2'), 'jobs.size: 1 → 2');
});
