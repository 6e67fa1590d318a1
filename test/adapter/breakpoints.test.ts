/** Breakpoints in the lines of TypeScript. */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { debug } from '../support/session.ts';

const LOOP = `
import { joinAll, sleep, spawn } from 'greenlets';
interface Job { id: number } // @type
type Ids = number[];

function work(job: Job): number { // @head
  // A comment. @comment
  const id: number = job.id; // @first
  sleep(0);
  return id * 2; // @return
}
for (let i = 0; i < 4; i++) {
  const job: Job = { id: i };
  joinAll([spawn(work, job)]); // @join
}
console.log('end'); // @end
`;

test('a breakpoint is verified, hit, and told by its number', async () => {
  await debug(LOOP, { filters: [], breakpoints: ['first', 'end'] }, async (client) => {
    const stop = await client.stopped();
    assert.equal(stop.reason, 'breakpoint');
    assert.equal(stop.threadId, 2);
    assert.deepEqual(stop.hitBreakpointIds, [1]);
    const [top] = await client.stack(2);
    assert.equal(client.place(top as never), 'work@first');
  });
});

test('a breakpoint on a line without code moves to the next line that has some', async () => {
  await debug(LOOP, { filters: [], breakpoints: ['end'] }, async (client) => {
    await client.stopped();
    const set = await client.setBreakpoints(['type', 'comment', 'end']);
    assert.deepEqual(
      set.map((each) => each.verified),
      [true, true, true],
    );
    assert.equal(set[1]?.line, client.line('first'));
    assert.equal(set[2]?.line, client.line('end'));
  });
});

test('a line beyond the end of the file has no breakpoint, and the message says why', async () => {
  await debug(LOOP, { filters: [], breakpoints: ['end'] }, async (client, { path }) => {
    await client.stopped();
    const { breakpoints } = await client.request('setBreakpoints', {
      source: { path },
      breakpoints: [{ line: 1000 }],
    });
    assert.equal(breakpoints[0].verified, false);
    assert.match(breakpoints[0].message, /no code to stop at/);
  });
});

test('a condition is evaluated in the frame; one that cannot be read is refused', async () => {
  const breakpoints = [
    { mark: 'return', condition: 'id === 2' },
    { mark: 'first', condition: 'id ===' },
  ];
  await debug(LOOP, { filters: [], breakpoints }, async (client) => {
    await client.stopped();
    const [top] = await client.stack(4);
    assert.equal(client.place(top as never), 'work@return');
    assert.equal((await client.locals(top)).id, '2');
    const [good, bad] = await client.setBreakpoints(breakpoints);
    assert.equal(good?.verified, true);
    assert.equal(bad?.verified, false);
    assert.match(bad?.message ?? '', /condition cannot be read/);
    await client.request('continue', { threadId: 4 });
    await client.event('terminated');
  });
});

test('breakpoints can be set and taken back while the program runs', async () => {
  const text = `
import { sleep } from 'greenlets';
let rounds = 0;
for (;;) {
  rounds++; // @inside
  sleep(0.001);
}
`;
  await debug(text, { filters: [] }, async (client) => {
    const [set] = await client.setBreakpoints(['inside']);
    assert.equal(set?.verified, true);
    assert.equal(await client.where(), '<module>@inside');
    assert.equal(await client.to('continue'), '<module>@inside');
    await client.setBreakpoints([]);
    await client.request('continue', { threadId: 1 });
    await client.request('pause', { threadId: 1 });
    assert.equal((await client.stopped()).reason, 'pause');
  });
});

test('a file that is loaded later gets its breakpoints then', async () => {
  const text = `
const { late } = await import('./late.ts');
console.log(late()); // @main
`;
  const lateText = 'export function late(): number {\n  return 7;\n}\n';
  const files = { 'late.ts': lateText };
  await debug(
    text,
    { filters: [], breakpoints: ['main'], launch: { stopOnEntry: true } },
    async (client, { folder }) => {
      assert.equal((await client.stopped()).reason, 'entry');
      const path = join(folder, 'late.ts');
      const args = { source: { path }, breakpoints: [{ line: 2 }] };
      const { breakpoints } = await client.request('setBreakpoints', args);
      assert.equal(breakpoints[0].verified, false);
      await client.request('continue', { threadId: 1 });
      const { body } = await client.event('breakpoint');
      assert.deepEqual(
        [body.breakpoint.id, body.breakpoint.verified, body.breakpoint.line],
        [breakpoints[0].id, true, 2],
      );
      assert.equal(await client.where(), '<module>@main');
      const stop = client.to('continue');
      assert.equal(await stop, 'late@2');
    },
    files,
  );
});

test('files that are imported statically are bound before anything runs', async () => {
  const text = `
import { twice } from './lib.ts';
console.log(twice(4)); // @main
`;
  const files = { 'lib.ts': 'export function twice(n: number): number {\n  return n * 2;\n}\n' };
  await debug(
    text,
    { filters: [], launch: { stopOnEntry: true } },
    async (client, { folder }) => {
      assert.equal((await client.stopped()).reason, 'entry');
      const args = { source: { path: join(folder, 'lib.ts') }, breakpoints: [{ line: 2 }] };
      const { breakpoints } = await client.request('setBreakpoints', args);
      assert.equal(breakpoints[0].verified, true);
      await client.request('continue', { threadId: 1 });
      assert.equal(await client.where(), 'twice@2');
      assert.equal(client.place((await client.stack(1))[1] as never), '<module>@main');
    },
    files,
  );
});
