/** While the program is paused its clock stands: nothing falls due because somebody looks at variables. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Client, debug } from '../support/session.ts';

const PROGRAM = `
import { getHub, sleep, withTimeout } from 'greenlets';
function work() {
  sleep(0.001); // @yield
  const text = 'in time'; // @line
  sleep(0.001); // @next
  return text;
}
Object.assign(globalThis, { hub: getHub() });
console.log(withTimeout(1.4, work, { timeoutValue: 'too late' }));
`;

const MAIN = 1;

/** Half a second of the world passes at a stop. Returns how far the program's clock has come meanwhile. */
async function lookAround(client: Client): Promise<string> {
  const [top] = await client.stack(MAIN);
  const evaluate = async (expression: string) =>
    (await client.request('evaluate', { expression, frameId: top?.id })).result;
  const before = await evaluate('hub.now()');
  await evaluate('const end = Date.now() + 500; while (Date.now() < end);');
  const after = await evaluate('hub.now()');
  return String(Number(after) - Number(before));
}

test("time limits do not run out at the runtime's pauses, at V8's, nor between steps", async () => {
  const options = { filters: ['switch'], breakpoints: ['line'] };
  await debug(PROGRAM, options, async (client) => {
    assert.equal(await client.where(), 'work@yield');
    assert.equal(await lookAround(client), '0', 'at a yield');
    assert.equal(await client.to('continue'), 'work@line');
    assert.equal(await lookAround(client), '0', 'at a breakpoint');
    assert.equal(await client.to('next'), 'work@next');
    assert.equal(await lookAround(client), '0', 'after a step');
    const { switches } = await client.request('greenlet/history');
    const times = switches.map((each: { time: number }) => each.time);
    assert.deepEqual(
      times,
      [...times].sort((a, b) => a - b),
    );
    await client.request('setExceptionBreakpoints', { filters: [] });
    await client.request('continue', { threadId: 1 });
    await client.event('terminated');
    assert.equal(client.output(), 'in time\n');
  });
});
