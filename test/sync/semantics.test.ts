/**
 * gevent's own order: each program of `semantics/` prints what the same program printed under gevent 22.10 on libev (the `.out`
 * file beside it). Where Python's spelling cannot be had in JavaScript, a comment in the program says so.
 */

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { greenlets } from '../support/cli.ts';
import { repositoryPath } from '../support/fixture.ts';

const FOLDER = repositoryPath('test/sync/semantics');

/**
 * gevent's rules, by the numbers of the list that was found by experiment: the numbers of the programs that show it, or the test file. Not
 * here, because JavaScript or Node has no such thing (`docs/differences-from-gevent.md`): 10, a blocking call in the hub; 18, `repr`; 19, `with`.
 */
const RULES: Record<number, { says: string; shownBy: string }> = {
  1: { says: 'one queue for all callbacks', shownBy: '01 02' },
  2: { says: 'spawn, set, put, release and kill do not switch', shownBy: '01 02 06' },
  3: { says: 'what is made ready in a drain runs in it', shownBy: '18' },
  4: { says: 'callbacks, timers, data, time limits', shownBy: '40' },
  5: { says: 'what a timer makes ready comes after all timers of the pass', shownBy: '40' },
  6: { says: 'equal sleeps in their order', shownBy: '19' },
  7: { says: 'sleep(0) is a callback, any longer one a timer', shownBy: '18' },
  8: { says: 'idle', shownBy: '22' },
  9: { says: 'LoopExit goes to main', shownBy: '12' },
  11: { says: 'the end of main drops the others; nothing is collected', shownBy: '13 39' },
  12: { says: 'the states', shownBy: '20' },
  13: { says: 'start twice', shownBy: '20 21' },
  14: { says: 'links', shownBy: '05 51' },
  15: { says: 'get throws the same error each time', shownBy: '08 09' },
  16: { says: 'every error is reported', shownBy: '11 51' },
  17: { says: 'GreenletExit is a value', shownBy: '11 51' },
  20: { says: 'kill before the start', shownBy: '06 24' },
  21: { says: 'the order of a kill', shownBy: '06' },
  22: { says: 'a kill that is swallowed', shownBy: '06' },
  23: { says: 'wake and kill in one turn', shownBy: '04 17 41' },
  24: { says: 'who kills itself', shownBy: '06' },
  25: { says: 'killall', shownBy: '06' },
  26: { says: 'the order of joinall, wait and iwait', shownBy: '07 42' },
  27: { says: 'whose a Timeout is, and nesting', shownBy: '08 51' },
  28: { says: 'the text of a Timeout', shownBy: '08' },
  29: { says: 'an event before a time limit that is overdue', shownBy: '08 51' },
  30: { says: 'Event', shownBy: '03' },
  31: { says: 'AsyncResult', shownBy: '10' },
  32: { says: 'queues and channels', shownBy: '04 16' },
  33: { says: 'JoinableQueue', shownBy: '16' },
  34: { says: 'Semaphore', shownBy: '17' },
  35: { says: 'BoundedSemaphore, RLock', shownBy: '17' },
  36: { says: 'how members leave a pool; map and imap', shownBy: '14 43 51' },
  37: { says: 'a pool inside of itself', shownBy: '14 15' },
  38: { says: 'who spawned, and the locals of a tree', shownBy: '25' },
  39: { says: 'GreenletTree', shownBy: '25' },
  40: { says: 'settrace', shownBy: '29 37' },
  41: { says: 'the monitor', shownBy: 'test/runtime/monitor.test.ts' },
  42: { says: 'local', shownBy: '23' },
  43: { says: "a parked stack has the user's lines only", shownBy: '50' },
};

const programs = readdirSync(FOLDER).filter((name) => /^\d.*\.ts$/.test(name));

for (const file of programs) {
  const rules = Object.keys(RULES).filter((rule) => showsBy(file, Number(rule)));
  test(rules.length > 0 ? `${file} (rules ${rules.join(', ')})` : file, async () => {
    const expected = readFileSync(`${FOLDER}/${file.replace('.ts', '.out')}`, 'utf8');
    const { stdout, stderr } = await greenlets(['run', `${FOLDER}/${file}`]);
    assert.deepEqual(stdout.split('\n'), expected.split('\n'), stderr);
    assert.equal(stderr, '');
  });
}

test('each rule is shown by programs that are there', () => {
  for (const [rule, { says, shownBy }] of Object.entries(RULES)) {
    const missing = shownBy.includes('/')
      ? [shownBy].filter((file) => !existsSync(repositoryPath(file)))
      : shownBy.split(' ').filter((each) => !programs.some((file) => file.startsWith(each)));
    assert.deepEqual(missing, [], `rule ${rule} (${says})`);
  }
});

function showsBy(file: string, rule: number): boolean {
  return RULES[rule]?.shownBy.split(' ').includes(file.slice(0, 2)) ?? false;
}
