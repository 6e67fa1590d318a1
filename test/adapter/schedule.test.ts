/** Who runs, decided from the debugger: freeze, thaw, run next; and the trace of a run as a file. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { debug } from '../support/session.ts';

const WORKERS = `
import { joinAll, sleep, spawn } from 'greenlets';
function worker(name: string) {
  for (let turn = 0; turn < 2; turn++) {
    console.log(name, turn);
    sleep(0); // @turn
  }
}
const all = ['a', 'b', 'c'].map((name) => spawn(worker, name));
joinAll(all); // @join
console.log('end');
`;

test('a frozen greenlet waits until it is thawed, and says so', async () => {
  await debug(WORKERS, { filters: ['switch'] }, async (client) => {
    await client.stopped();
    await client.request('greenlet/freeze', { id: 3 });
    const { threads } = await client.request('threads');
    assert.equal(threads[2].name, 'worker #3 — frozen, ready');
    const { greenlets } = await client.request('greenlet/snapshot');
    assert.equal(greenlets[2].frozen, true);
    await client.request('setExceptionBreakpoints', {
      filters: [],
      filterOptions: [{ filterId: 'exit', condition: 'from.id === 4' }],
    });
    await client.request('continue', { threadId: 1 });
    assert.equal((await client.stopped()).reason, 'exit');
    assert.equal(client.output(), 'a 0\nc 0\na 1\nc 1\n');
    await client.request('greenlet/thaw', { id: 3 });
    await client.request('continue', { threadId: 1 });
    await client.event('terminated');
    assert.equal(client.output(), 'a 0\nc 0\na 1\nc 1\nb 0\nb 1\nend\n');
  });
});

test('a program whose last greenlet is frozen waits for its thaw', async () => {
  await debug(WORKERS, { filters: ['switch'] }, async (client) => {
    await client.stopped();
    for (const id of [2, 3, 4]) await client.request('greenlet/freeze', { id });
    await client.request('setExceptionBreakpoints', { filters: ['deadlock'] });
    await client.request('continue', { threadId: 1 });
    await client.request('pause', { threadId: 1 });
    assert.equal((await client.stopped()).reason, 'pause');
    for (const id of [4, 3, 2]) await client.request('greenlet/thaw', { id });
    await client.request('continue', { threadId: 1 });
    await client.event('terminated');
    assert.equal(client.output(), 'c 0\nb 0\na 0\nc 1\nb 1\na 1\nend\n');
  });
});

test('a ready greenlet can be run next, and the queue is told', async () => {
  await debug(WORKERS, { filters: ['switch'] }, async (client) => {
    await client.stopped();
    assert.deepEqual((await client.request('greenlet/schedule')).ready, [2, 3, 4]);
    await client.request('greenlet/runNext', { id: 4 });
    await client.request('setExceptionBreakpoints', { filters: [] });
    assert.match(await client.failure('greenlet/runNext', { id: 1 }), /main #1 /);
    await client.request('continue', { threadId: 1 });
    await client.event('terminated');
    assert.equal(client.output(), 'c 0\na 0\nb 0\nc 1\na 1\nb 1\nend\n');
  });
});

test('what cannot be done is said in a sentence', async () => {
  await debug(WORKERS, { filters: ['exit'] }, async (client) => {
    await client.stopped();
    for (const command of ['freeze', 'thaw', 'runNext']) {
      assert.match(
        await client.failure(`greenlet/${command}`, { id: 2 }),
        /worker #2 has ended, or was never there\./,
      );
      assert.match(await client.failure(`greenlet/${command}`, {}), /needs the id of a greenlet/);
    }
    assert.match(await client.failure('greenlet/freeze', { id: 99 }), /Greenlet #99 has ended/);
    assert.match(
      await client.failure('greenlet/exportTrace', { format: 'xml' }),
      /"format" must be json, chrome or csv, not xml\./,
    );
  });
});

test('a run can be exported for us, for Perfetto and as a table', async () => {
  await debug(WORKERS, { filters: ['exit'] }, async (client) => {
    await client.stopped();
    const { switches } = await client.request('greenlet/history');
    const contentOf = async (format: string): Promise<string> =>
      (await client.request('greenlet/exportTrace', { format })).content;
    const trace = JSON.parse(await contentOf('json'));
    assert.equal(trace.version, 1);
    assert.deepEqual(trace.switches, switches);
    assert.equal(trace.greenlets.length, 4);
    const { traceEvents } = JSON.parse(await contentOf('chrome'));
    const slices = traceEvents.filter((each: { ph: string }) => each.ph === 'X');
    assert.equal(slices.length, switches.length);
    const [head, first] = (await contentOf('csv')).split('\r\n');
    assert.equal(head, 'seq,time,from,fromName,to,toName,reason,source,line,column,cause');
    assert.match(first ?? '', /^1,[\d.]+,1,main,2,worker,joinAll,.*main\.ts,\d+,1,1$/);
    const packed = await client.request('greenlet/trace', { since: 1, count: 1 });
    assert.deepEqual([packed.first, packed.length, packed.total], [2, 1, switches.length]);
    assert.match(await client.failure('greenlet/trace', { count: -1 }), /"count" must be a whole/);
  });
});
