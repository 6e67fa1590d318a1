/** Breakpoints at functions, by name. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { debug } from '../support/session.ts';

const PROGRAM = `
import { joinAll, sleep, spawn } from 'greenlets';
function worker(n: number) {
  sleep(0); // @worker
  return twice(n);
}
const twice = (n: number) => {
  return n * 2; // @twice
};
class Box {
  open(): number {
    return 1; // @open
  }
}
const table = {
  close() {
    sleep(0); // @close
  },
};
joinAll([spawn(worker, 1), spawn(worker, 2)]);
new Box().open();
table.close();
console.log((await import('./late.ts')).late());
`;
const files = { 'late.ts': 'export function late(): number {\n  return 7;\n}\n' };

async function stopsAt(breakpoints: object[]): Promise<string[]> {
  const stops: string[] = [];
  await debug(
    PROGRAM,
    { filters: [], launch: { stopOnEntry: true } },
    async (client) => {
      await client.stopped();
      await client.request('setFunctionBreakpoints', { breakpoints });
      await client.request('continue', { threadId: 1 });
      for (;;) {
        const { event, body } = await client.event('stopped', 'terminated');
        if (event === 'terminated') return;
        const [top] = await client.stack(body.threadId);
        stops.push(`${client.place(top as never)} ${body.hitBreakpointIds}`);
        await client.request('continue', { threadId: body.threadId });
      }
    },
    files,
  );
  return stops;
}

test('functions of every kind are stopped at when they begin', async () => {
  const names = ['worker', 'twice', 'Box.open', 'close'].map((name) => ({ name }));
  assert.deepEqual(await stopsAt(names), [
    'worker@worker 1',
    'worker@worker 1',
    'twice@twice 2',
    'twice@twice 2',
    'open@open 3',
    'close@close 4',
  ]);
});

test('conditions and hit counts hold, too', async () => {
  const breakpoints = [
    { name: 'worker', condition: 'n === 2' },
    { name: 'twice', hitCondition: '2' },
  ];
  assert.deepEqual(await stopsAt(breakpoints), ['worker@worker 1', 'twice@twice 2']);
});

test('a function that is loaded later gets its breakpoint then', async () => {
  await debug(
    PROGRAM,
    { filters: [], launch: { stopOnEntry: true } },
    async (client) => {
      await client.stopped();
      const breakpoints = [{ name: 'late' }, { name: 'worker', condition: '(' }];
      const set = await client.request('setFunctionBreakpoints', { breakpoints });
      assert.match(set.breakpoints[0].message, /No function called late has been loaded yet/);
      assert.match(set.breakpoints[1].message, /condition cannot be read/);
      await client.request('continue', { threadId: 1 });
      const { body } = await client.event('breakpoint');
      assert.deepEqual([body.breakpoint.id, body.breakpoint.verified], [1, true]);
      assert.equal(await client.where(), 'late@2');
    },
    files,
  );
});
