/** The guide has a sentence for each wait of the tutorial. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Switch, Switches } from '../../extension/model/chapter.ts';
import { kindOfCall, kindOfWait } from '../../extension/model/wait-kind.ts';
import { chapters } from '../support/tutorial.ts';

/** Why greenlets stop running without a wait. */
const NO_WAITS = ['*', 'exit', 'wake', 'kill', 'error'];

test('what the tutorial’s programs wait for is known', () => {
  const reasons = chapters
    .flatMap(({ switches }) => rowsOf(switches))
    .map(([, , reason]) => reason)
    .filter((reason) => !NO_WAITS.includes(reason));
  const unknown = [...new Set(reasons)].filter((reason) => kindOfCall(reason) === 'other');
  assert.deepEqual(unknown, []);
});

test('a wait for the world outside, whatever it is made of', () => {
  for (const kind of [
    'read',
    'read body',
    'connectWebSocket',
    'Resolver.resolve4',
    'fs.readFile',
  ]) {
    assert.equal(kindOfCall(kind), 'io', kind);
  }
  assert.equal(kindOfCall('reading'), 'other');
  assert.equal(kindOfWait({ kind: 'sleep', name: '0' }), 'turn');
});

function rowsOf(switches: Switches): Switch[] {
  if (Array.isArray(switches)) return switches;
  const { includes = [], counts = [] } = switches;
  return [...includes, ...counts.map(({ of }) => of)];
}
