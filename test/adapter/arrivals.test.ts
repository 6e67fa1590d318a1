/** Breakpoints with more than a line: hit counts, messages, greenlets, columns. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readHitCount } from '../../extension/adapter/hit-count.ts';
import { readLogMessage } from '../../extension/adapter/log-message.ts';
import { debug } from '../support/session.ts';

test('hit counts are read, or refused in words', () => {
  assert.deepEqual(readHitCount(' 5 '), { operator: '=', number: 5 });
  assert.deepEqual(readHitCount('=== 5'), { operator: '=', number: 5 });
  assert.deepEqual(readHitCount('>=3'), { operator: '>=', number: 3 });
  assert.deepEqual(readHitCount('% 2'), { operator: '%', number: 2 });
  for (const text of ['often', '% 0', '> -1', '']) {
    assert.throws(() => readHitCount(text), /The hit count ".*" cannot be read/);
  }
});

test('log messages are taken apart at their own braces only', () => {
  assert.deepEqual(readLogMessage('plain'), ['plain']);
  assert.deepEqual(readLogMessage('a {b} c'), ['a ', 'b', ' c']);
  assert.deepEqual(readLogMessage('{f({ x: {} })}'), ['', 'f({ x: {} })', '']);
  assert.deepEqual(readLogMessage('\\{a\\} }'), ['{a} }']);
  assert.throws(() => readLogMessage('a {b'), /brace that is not closed/);
});

const LOOP = `
import { joinAll, sleep, spawn } from 'greenlets';
function work(job: { id: number }) {
  for (let turn = 0; turn < 4; turn++) {
    sleep(0); // @turn
  }
}
joinAll([spawn(work, { id: 7 }), spawn(work, { id: 8 })]);
console.log('end'); // @end
`;

test('a hit count lets the other hits pass', async () => {
  const breakpoints = [{ mark: 'turn', hitCondition: '% 3' }, 'end'];
  await debug(LOOP, { filters: [], breakpoints }, async (client) => {
    const seen: string[] = [];
    for (let stop = await client.stopped(); ; stop = await client.stopped()) {
      const [top] = await client.stack(stop.threadId ?? 0);
      if (top?.name === '<module>') break;
      seen.push(`${stop.threadId}:${(await client.locals(top)).turn}`);
      await client.request('continue', { threadId: 1 });
    }
    // 2:0 3:0 [2:1] 3:1 2:2 [3:2] 2:3 3:3
    assert.deepEqual(seen, ['2:1', '3:2']);
  });
});

test('conditions see the running greenlet, and count only the hits that they admit', async () => {
  const condition = 'greenlet.name === "work" && greenlet.id === 3';
  const breakpoints = [{ mark: 'turn', condition, hitCondition: '2' }];
  await debug(LOOP, { filters: [], breakpoints }, async (client) => {
    assert.equal((await client.stopped()).threadId, 3);
    const [top] = await client.stack(3);
    assert.equal((await client.locals(top)).turn, '1');
    await client.request('continue', { threadId: 1 });
    await client.event('terminated');
  });
});

test("a variable of the program's that is called greenlet is meant, where there is one", async () => {
  const text = `
const greenlet = { id: 'own' };
console.log(greenlet.id); // @here
`;
  const breakpoints = [{ mark: 'here', condition: 'greenlet.id === "own"' }];
  await debug(text, { filters: [], breakpoints }, async (client) => {
    assert.equal((await client.stopped()).reason, 'breakpoint');
  });
});

test('a log point prints its message with its place, and does not stop', async () => {
  const breakpoints = [
    { mark: 'turn', condition: 'turn > 2', logMessage: 'turn {turn} of {job} in {greenlet.label}' },
  ];
  await debug(LOOP, { filters: [], breakpoints }, async (client) => {
    await client.event('terminated');
    // Its messages and the program's own output come to the debugger by different ways.
    const lines = client.output().split('\n');
    assert.deepEqual(
      lines.filter((each) => each.startsWith('turn')),
      ['turn 3 of { id: 7 } in work #2', 'turn 3 of { id: 8 } in work #3'],
    );
    const line = client.events.find((each) => JSON.stringify(each.body ?? '').includes('turn 3'));
    assert.match(JSON.stringify(line?.body), new RegExp(`"line":${client.line('turn')},`));
    assert.ok(!client.events.some((each) => each.event === 'stopped'));
  });
});

test('a condition that throws is told in the console and does not stop', async () => {
  const breakpoints = [{ mark: 'end', condition: 'missing.property' }];
  await debug(LOOP, { filters: [], breakpoints }, async (client) => {
    await client.event('terminated');
    assert.match(
      client.output('console'),
      /condition or message failed: ReferenceError: missing is not defined/,
    );
  });
});

test('what cannot be read is refused with the reason', async () => {
  await debug(LOOP, { filters: [], breakpoints: ['end'] }, async (client) => {
    await client.stopped();
    const set = await client.setBreakpoints([
      { mark: 'turn', hitCondition: 'often' },
      { mark: 'turn', logMessage: 'a {b' },
      { mark: 'turn', logMessage: 'a {b c}' },
    ]);
    assert.deepEqual(
      set.map((each) => each.verified),
      [false, false, false],
    );
    assert.match(set[0]?.message ?? '', /hit count "often"/);
    assert.match(set[1]?.message ?? '', /brace/);
    assert.match(set[2]?.message ?? '', /expression \{b c\} cannot be read/);
  });
});

test('a breakpoint that stays keeps its number and its count when others change', async () => {
  const counted = { mark: 'turn', hitCondition: '4' };
  await debug(LOOP, { filters: [], breakpoints: ['turn'] }, async (client) => {
    await client.stopped();
    const [, first] = await client.setBreakpoints(['end', counted]);
    const [second] = await client.setBreakpoints([counted]);
    assert.equal(first?.id, second?.id);
  });
});

const ROW = `
import { sleep } from 'greenlets';
function twice(n: number): number { sleep(0); return n * 2; }
const both = twice(1) + twice(2); // @row
console.log(both);
`;

test('each call of a line has a place of its own', async () => {
  await debug(ROW, { filters: [], launch: { stopOnEntry: true } }, async (client, { path }) => {
    await client.stopped();
    const line = client.line('row');
    const { breakpoints } = await client.request('breakpointLocations', { source: { path }, line });
    const text = 'const both = twice(1) + twice(2);';
    const columns = breakpoints.map((each: { column: number }) => each.column);
    const second = text.indexOf('twice(2)') + 1;
    assert.ok(columns.includes(text.indexOf('twice(1)') + 1), `${columns}`);
    assert.ok(columns.includes(second), `${columns}`);
    const set = await client.setBreakpoints([{ mark: 'row', column: second }]);
    assert.deepEqual([set[0]?.line, set[0]?.column], [line, second]);
    await client.request('continue', { threadId: 1 });
    const stop = await client.stopped();
    assert.equal(stop.reason, 'breakpoint');
    const [top] = await client.stack(1);
    assert.deepEqual([top?.line, top?.column], [line, second]);
  });
});
