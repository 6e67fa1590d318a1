/** Ways to go on that DAP does not know: to the next switch, with one greenlet alone, until a greenlet runs again. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { debug } from '../support/session.ts';

const WORKERS = `
import { joinAll, sleep, spawn } from 'greenlets';
import { Queue } from 'greenlets/queue';
const jobs = new Queue();
function maker() {
  console.log('maker'); // @make
  sleep(0); // @makerYields
  console.log('maker puts'); // @put
  jobs.put(1);
  spawn(() => console.log('child')); // @child
  sleep(0.001); // @makerSleeps
}
function taker() {
  console.log('taker'); // @take
  const job = jobs.get(); // @get
  console.log('taken', job); // @taken
}
joinAll([spawn(maker), spawn(taker)]); // @join
console.log('end'); // @end
`;

test('to the next switch, whoever makes it, though the switch filter is off', async () => {
  await debug(WORKERS, { filters: [], breakpoints: ['make'] }, async (client) => {
    assert.equal(await client.where(), 'maker@make');
    const stops = [];
    for (let turn = 0; turn < 3; turn++) {
      await client.request('greenlet/nextSwitch');
      const { reason, description, threadId } = await client.stopped();
      const [top] = await client.stack(threadId ?? 0);
      stops.push(`${reason} ${description} ${top && client.place(top)}`);
    }
    assert.deepEqual(stops, [
      'yield maker #2 yields: sleep (0) maker@makerYields',
      'yield taker #3 yields: Queue.get (jobs) taker@get',
      'yield maker #2 yields: sleep (0.001) maker@makerSleeps',
    ]);
    await client.request('continue', { threadId: 2 });
    await client.event('terminated');
    assert.match(await client.failure('greenlet/nextSwitch'), /has ended/);
  });
});

test('one greenlet alone, until it blocks: then the others have their turns', async () => {
  await debug(WORKERS, { filters: [], breakpoints: ['make'] }, async (client) => {
    assert.equal(await client.where(), 'maker@make');
    await client.request('greenlet/runAlone', { id: 2 });
    const { reason, description } = await client.stopped();
    assert.equal(`${reason}: ${description}`, 'yield: maker #2 blocks: sleep (0.001)');
    assert.equal(client.output(), 'maker\nmaker puts\n', 'nobody else has run');
    assert.match(await client.failure('greenlet/runAlone', { id: 1 }), /main #1 is not ready/);
    assert.match(
      await client.failure('greenlet/runAlone', { id: 2 }),
      /maker #2 is not ready: it waits for sleep/,
    );
    await client.request('continue', { threadId: 4, singleThread: true });
    assert.equal((await client.stopped()).description, 'greenlet #4 ends: finished');
    assert.equal(client.output(), 'maker\nmaker puts\nchild\n');
    await client.request('continue', { threadId: 4 });
    await client.event('terminated');
    assert.equal(client.output(), 'maker\nmaker puts\nchild\ntaker\ntaken 1\nend\n');
  });
});

test('a step of one greenlet alone ends where that one blocks', async () => {
  await debug(WORKERS, { filters: [], breakpoints: ['take'] }, async (client) => {
    assert.equal(await client.where(), 'taker@take');
    assert.equal(await client.to('next', 3), 'taker@get');
    await client.request('next', { threadId: 3, singleThread: true });
    assert.equal((await client.stopped()).description, 'taker #3 blocks: Queue.get (jobs)');
    assert.equal(client.output(), 'maker\ntaker\n');
    assert.equal(await client.to('next', 3), 'taker@taken', 'a step with all others goes on');
  });
});

test('until a greenlet runs again: parked, not begun, or running', async () => {
  await debug(WORKERS, { filters: [], breakpoints: ['make'] }, async (client) => {
    assert.equal(await client.where(), 'maker@make');
    const until = async (id: number) => {
      await client.request('greenlet/untilRuns', { id });
      return client.where();
    };
    assert.equal(await until(3), 'taker@take');
    assert.equal(await until(3), 'taker@taken');
    assert.match(
      await client.failure('greenlet/untilRuns', { id: 99 }),
      /Greenlet #99 has ended, or was never there\./,
    );
    await client.request('greenlet/freeze', { id: 2 });
    assert.match(await client.failure('greenlet/untilRuns', { id: 2 }), /maker #2 is frozen/);
    await client.request('greenlet/thaw', { id: 2 });
    assert.equal(await until(1), '<module>@end');
  });
});

test('a breakpoint on the way interrupts the wait for a greenlet, and continue completes it', async () => {
  await debug(WORKERS, { filters: [], breakpoints: ['take', 'put'] }, async (client) => {
    assert.equal(await client.where(), 'taker@take');
    await client.request('greenlet/untilRuns', { id: 3 });
    assert.equal(await client.where(), 'maker@put');
    assert.equal(await client.to('continue', 2), 'taker@taken');
  });
});
