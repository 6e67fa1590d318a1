/** Breakpoints at changes of data. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Client, debug } from '../support/session.ts';

const PROGRAM = `
import { joinAll, sleep, spawn } from 'greenlets';
import { Event } from 'greenlets/event';
import { Semaphore } from 'greenlets/lock';
import { PriorityQueue, Queue } from 'greenlets/queue';
const go = new Event();
const gate = new Semaphore(2);
const jobs = new Queue<number>();
const urgent = new PriorityQueue<number>();
const account = { balance: 10, fixed: Object.freeze({}) };
function writer() {
  jobs.put(1); // @put
  urgent.put(1); // @urgent
  gate.acquire(); // @acquire
  go.set(); // @set
  account.balance -= 3; // @balance
  account.balance += 0;
  account.balance += 1; // @more
}
sleep(0); // @start
const one = spawn(writer);
joinAll([one]);
console.log(jobs.get(), JSON.stringify(account), account.balance); // @get
`;

async function watched(client: Client, name: string, of?: string): Promise<string> {
  const [frame] = await client.stack(1);
  const { scopes } = await client.request('scopes', { frameId: frame?.id });
  let variablesReference = scopes[0].variablesReference;
  if (of !== undefined) {
    const { variables } = await client.request('variables', { variablesReference });
    const owner = variables.find((each: { name: string }) => each.name === of);
    variablesReference = owner.variablesReference;
  }
  const info = await client.request('dataBreakpointInfo', { variablesReference, name });
  return info.dataId ?? info.description;
}

async function stopsWith(
  breakpointsOf: (client: Client) => Promise<object[]>,
): Promise<{ stops: string[]; output: string }> {
  const stops: string[] = [];
  let output = '';
  await debug(PROGRAM, { filters: [], breakpoints: ['start'] }, async (client) => {
    await client.stopped();
    const breakpoints = await breakpointsOf(client);
    const set = await client.request('setDataBreakpoints', { breakpoints });
    for (const each of set.breakpoints) assert.equal(each.verified, true, each.message);
    await client.request('continue', { threadId: 1 });
    for (;;) {
      const { event, body } = await client.event('stopped', 'terminated');
      if (event === 'terminated') break;
      assert.equal(body.reason, 'data breakpoint');
      const [top] = await client.stack(body.threadId);
      stops.push(`${client.place(top as never)} ${body.description} ${body.hitBreakpointIds}`);
      await client.request('continue', { threadId: body.threadId });
    }
    output = client.output();
  });
  return { stops, output };
}

test('the state of events, queues and locks, where it changes', async () => {
  const { stops } = await stopsWith(async (client) => {
    const ids = [];
    for (const name of ['go', 'gate', 'jobs', 'urgent']) ids.push(await watched(client, name));
    return ids.map((dataId) => ({ dataId }));
  });
  assert.deepEqual(stops, [
    'writer@put jobs: 0 → 1 4',
    'writer@urgent urgent: 0 → 1 5',
    'writer@acquire gate: 2 → 1 3',
    'writer@set go: false → true 2',
    '<module>@get jobs: 1 → 0 4',
  ]);
});

test('a property of an object, with a condition; the object looks as before', async () => {
  const { stops, output } = await stopsWith(async (client) => {
    const dataId = await watched(client, 'balance', 'account');
    return [{ dataId, condition: 'value < previous && name === "writer"' }];
  });
  assert.deepEqual(stops, ['writer@balance balance: 10 → 7 2']);
  assert.equal(output, '1 {"balance":8,"fixed":{}} 8\n');
});

test('a hit count lets changes pass', async () => {
  const { stops } = await stopsWith(async (client) => {
    return [{ dataId: await watched(client, 'balance', 'account'), hitCondition: '2' }];
  });
  assert.deepEqual(stops, ['writer@more balance: 7 → 8 2']);
});

test('what cannot be watched is told with the reason', async () => {
  await debug(PROGRAM, { filters: [], breakpoints: ['start'] }, async (client) => {
    await client.stopped();
    assert.match(await watched(client, 'one'), /V8 cannot watch variables/);
    assert.match(await watched(client, 'missing', 'account'), /no property missing of its own/);
    const dataId = await watched(client, 'balance', 'account');
    const breakpoints = [{ dataId, condition: '(' }, { dataId: '99' }];
    const set = await client.request('setDataBreakpoints', { breakpoints });
    assert.match(set.breakpoints[0].message, /The condition cannot be read/);
    assert.match(set.breakpoints[1].message, /no longer known/);
  });
});
