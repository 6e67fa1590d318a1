/** `restartFrame`: where V8 can, and what is said where it cannot. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { debug } from '../support/session.ts';

const PROGRAM = `
import { sleep } from 'greenlets';
function plain(n: number): number {
  const first = n + 1; // @first
  return first * 2; // @second
}
function switching(): void {
  sleep(0); // @switching
  console.log(plain(1));
}
switching();
`;

test('a plain function can begin anew, one that may switch cannot', async () => {
  await debug(PROGRAM, { filters: [], breakpoints: ['second'] }, async (client) => {
    assert.equal(await client.where(), 'plain@second');
    const [plain, switching] = await client.stack(1);
    assert.deepEqual([plain?.canRestart, switching?.canRestart], [true, false]);
    assert.match(
      await client.failure('restartFrame', { frameId: switching?.id }),
      /V8 restarts plain functions only/,
    );
    await client.request('restartFrame', { frameId: plain?.id });
    assert.equal(await client.where(), 'plain@first');
    assert.equal(await client.to('next'), 'plain@second');
    await client.request('continue', { threadId: 1 });
    await client.event('terminated');
    assert.equal(client.output(), '4\n');
  });
});
