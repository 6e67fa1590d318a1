/** Step into one of several calls on a line, or into the greenlet that runs next. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Client, debug } from '../support/session.ts';

const CALLS = `
import { joinAll, sleep, spawn } from 'greenlets';
function foo(x: number) {
  sleep(0); // @foo
  return x;
}
const o = { bar: (x: number) => foo(x) + 1 }; // @bar
function worker() {
  const v = foo(o.bar(foo(1)) + Math.max(1, 2)) + o.bar(3); // @line
  return v; // @after
}
function other() {
  console.log('other'); // @other
}
joinAll([spawn(worker), spawn(other)]);
`;

interface Target {
  id: number;
  label: string;
}

test('a step into one of several calls on a line; the others are stepped over', async () => {
  await debug(CALLS, { filters: [], breakpoints: ['line'] }, async (client) => {
    assert.equal(await client.where(), 'worker@line');
    await client.setBreakpoints([]);
    const targets = await targetsOf(client);
    assert.deepEqual(
      targets.map((each) => each.label),
      ['foo', 'o.bar', 'foo', 'Math.max', 'o.bar', 'The greenlet that runs next: other #3'],
    );
    assert.equal(await into(client, targets[1]), 'bar@bar');
    assert.equal(client.output(), 'other\n', 'the inner call has given way');
    assert.match(
      await client.failure('stepIn', { threadId: 2, targetId: targets[1]?.id }),
      /There is no such target/,
    );
    assert.equal(await client.to('stepOut', 2), 'worker@line');
    const [, , , , last] = await targetsOf(client);
    assert.equal(await into(client, last), 'bar@bar');
    assert.equal(await client.to('stepOut', 2), 'worker@after');
  });
});

test('a step into the greenlet that runs next, from a line that has not given way yet', async () => {
  await debug(CALLS, { filters: [], breakpoints: ['line'] }, async (client) => {
    assert.equal(await client.where(), 'worker@line');
    assert.equal(await into(client, (await targetsOf(client)).at(-1)), 'other@other');
  });
});

async function targetsOf(client: Client): Promise<Target[]> {
  const [top] = await client.stack(2);
  return (await client.request('stepInTargets', { frameId: top?.id })).targets;
}

async function into(client: Client, target: Target | undefined): Promise<string> {
  await client.request('stepIn', { threadId: 2, targetId: target?.id });
  return client.where();
}
