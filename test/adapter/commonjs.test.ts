/** A program whose entry is CommonJS: its top level is a greenlet as any other, main. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { debug, type Frame } from '../support/session.ts';

const PROGRAM = `
const { joinAll, sleep, spawn } = require('greenlets');
require('./other.cjs'); // Transformed for the first time: the runtime looks for it in vain, and catches the error.
var count = 3;
function work(name) {
  sleep(0); // @work
}
const all = [spawn(work, 'a')];
joinAll(all); // @main
count++; // @end
console.log(count);
`;

test('stops at the yields of a CommonJS entry, and shows its variables while it is parked', async () => {
  const launch = { env: { GREENLETS_CACHE: './cache' } };
  await debug(
    PROGRAM,
    { name: 'main.cjs', launch },
    async (client, { marks }) => {
      const first = await client.stopped();
      assert.equal(first.description, 'main #1 yields: joinAll (work #2)');
      const [top] = await client.stack(1);
      assert.deepEqual([top?.name, top?.line], ['<module>', marks.get('main')]);
      await client.request('continue', { threadId: 1 });

      const second = await client.stopped();
      assert.equal(second.description, 'work #2 yields: sleep (0)');
      const [parked] = await client.stack(1);
      assert.deepEqual([parked?.name, parked?.line], ['<module>', marks.get('main')]);
      const locals = await client.locals(parked as Frame);
      assert.equal(locals.count, '3');
      await client.request('continue', { threadId: 2 });
      await client.event('terminated');
      assert.equal(client.output(), '4\n');
    },
    { 'other.cjs': 'exports.x = 1;' },
  );
});
