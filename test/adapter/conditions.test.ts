/** Conditions of what to pause on, and the moments that the first tests of filters leave out. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Client, debug } from '../support/session.ts';

const WORKERS = `
import { joinAll, sleep, spawn } from 'greenlets';
function producer() { sleep(0); sleep(0); sleep(0); } // @produce
function consumer() {
  const first = 1; // @consume
  sleep(0);
}
joinAll([spawn(producer), spawn(consumer)]); // @join
`;

/** Chooses filters with conditions at the entry, lets the program go, and collects its stops. */
async function stopsWith(text: string, filterOptions: object[]): Promise<string[]> {
  const stops: string[] = [];
  await debug(text, { filters: [], launch: { stopOnEntry: true } }, async (client) => {
    await client.stopped();
    await client.request('setExceptionBreakpoints', { filters: [], filterOptions });
    await collect(client, stops);
  });
  return stops;
}

async function collect(client: Client, stops: string[]): Promise<void> {
  await client.request('continue', { threadId: 1 });
  for (;;) {
    const { event, body } = await client.event('stopped', 'terminated');
    if (event === 'terminated') return;
    const [top] = await client.stack(body.threadId);
    stops.push(`${body.reason} ${top === undefined ? '' : client.place(top)}: ${body.description}`);
    await client.request('continue', { threadId: body.threadId });
  }
}

test('a condition chooses among the yields by name, reason, count and by who runs next', async () => {
  const condition = 'name === "producer" && reason === "sleep" && count > 3';
  assert.deepEqual(await stopsWith(WORKERS, [{ filterId: 'switch', condition }]), [
    'yield producer@produce: producer #2 yields: sleep (0)',
    'yield producer@produce: producer #2 yields: sleep (0)',
  ]);
  assert.deepEqual(
    await stopsWith(WORKERS, [
      { filterId: 'switch', condition: 'from.id === 1 && to.name === "producer"' },
    ]),
    ['yield <module>@join: main #1 yields: joinAll (producer #2, consumer #3)'],
  );
});

test('a condition that cannot be read is refused, and the others hold', async () => {
  await debug(WORKERS, { filters: [], launch: { stopOnEntry: true } }, async (client) => {
    await client.stopped();
    const { breakpoints } = await client.request('setExceptionBreakpoints', {
      filters: ['deadlock'],
      filterOptions: [
        { filterId: 'switch', condition: 'name ===' },
        { filterId: 'exit', condition: 'from.state === "finished" && name === "consumer"' },
      ],
    });
    assert.deepEqual(
      breakpoints.map((each: { verified: boolean }) => each.verified),
      [true, false, true],
    );
    assert.match(breakpoints[1].message, /The condition cannot be read: Unexpected token/);
    const stops: string[] = [];
    await collect(client, stops);
    assert.deepEqual(stops, ['exit : consumer #3 ends: finished']);
  });
});

test('a condition that throws does not pause', async () => {
  const condition = 'missing.property';
  assert.deepEqual(await stopsWith(WORKERS, [{ filterId: 'switch', condition }]), []);
});

test('a greenlet can be stopped at its first line, also one whose body has none', async () => {
  const program = `${WORKERS.replace('spawn(consumer)', 'spawn(consumer), spawn(sleep, 0)')}`;
  assert.deepEqual(await stopsWith(program, [{ filterId: 'start', condition: 'to.id > 2' }]), [
    'start consumer@consume: consumer #3 starts',
    'start : sleep #4 starts',
  ]);
});

test('from its first line a greenlet can be stepped through', async () => {
  await debug(WORKERS, { filters: ['start'] }, async (client) => {
    assert.equal(await client.where(), 'producer@produce');
    await client.request('setExceptionBreakpoints', { filters: [] });
    await client.request('continue', { threadId: 2 });
    await client.event('terminated');
  });
});

const LATE = `
import { sleep, Timeout } from 'greenlets';
function patient() {
  const timeout = Timeout.startNew(0.001);
  try {
    sleep(10); // @sleep
  } catch (error) {
    if (error !== timeout) throw error;
  }
}
patient();
`;

test('a timeout can be stopped at, before it is thrown', async () => {
  const [stop, ...others] = await stopsWith(LATE, [{ filterId: 'timeout' }, { filterId: 'kill' }]);
  assert.match(stop ?? '', /^timeout patient@sleep: main #1 is out of time: /);
  assert.deepEqual(others, []);
});

const BUSY = `
import { joinAll, sleep, spawn } from 'greenlets';
function spin() {
  const end = performance.now() + 60_000;
  let turns = 0;
  while (performance.now() < end) turns++; // @loop
  sleep(0);
}
joinAll([spawn(spin)]);
`;

test('a greenlet that blocks the hub is stopped in the act', async () => {
  const launch = { blockedAfter: 0.05 };
  await debug(BUSY, { filters: ['blocked'], launch }, async (client) => {
    const stop = await client.stopped();
    assert.equal(stop.reason, 'blocked');
    assert.match(stop.description ?? '', /^spin #2 has kept all others waiting for \d+\.\d s$/);
    const [top] = await client.stack(2);
    assert.equal(client.place(top as never), 'spin@loop');
  });
});

const SYNC = `
import { sleep } from 'greenlets';
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
sleep(0); // @yield
sleep(0);
`;

test('one that blocks it in native code is stopped when it gives way', async () => {
  const launch = { blockedAfter: 0.05, stopOnEntry: true };
  await debug(SYNC, { filters: ['blocked'], launch }, async (client) => {
    await client.stopped();
    await client.request('setExceptionBreakpoints', { filters: ['blocked'] });
    await client.request('continue', { threadId: 1 });
    const stop = await client.stopped();
    assert.equal(stop.reason, 'blocked');
    await client.request('continue', { threadId: 1 });
    await client.event('terminated');
  });
});

const CAUGHT = `
import { sleep } from 'greenlets';
function parse(text: string) {
  sleep(0);
  return JSON.parse(text); // @parse
}
try {
  parse('{');
} catch {}
try {
  throw new TypeError('second'); // @throw
} catch {}
`;

test('caught errors can be stopped at, with a condition over the error', async () => {
  const all = await stopsWith(CAUGHT, [{ filterId: 'caught' }, { filterId: 'uncaught' }]);
  assert.equal(all.length, 2);
  assert.match(all[0] ?? '', /^exception parse@parse: SyntaxError: /);
  assert.deepEqual(
    await stopsWith(CAUGHT, [{ filterId: 'caught', condition: 'error.message === "second"' }]),
    ['exception <module>@throw: TypeError: second'],
  );
});
