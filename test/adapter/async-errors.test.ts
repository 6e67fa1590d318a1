/** Errors whose throw V8 does not see, or cannot judge: the runtime's own ones, and those of `async` functions. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Client, debug } from '../support/session.ts';

const THROWN = `
import { joinAll, sleep, spawn } from 'greenlets';
import { Queue } from 'greenlets/queue';
const q: any = new Queue();
const parse = decodeURIComponent;
function empty() { q.getNowait(); } // @empty
function missing() { q.nope(); } // @missing
function native() { parse('%'); } // @native
function caught() {
  try { parse('%'); } catch { console.log('caught'); } // @caught
}
function iterated() { for (const each of q.nope) sleep(each); } // @iterated
class Part { constructor() { sleep(0); return this; } }
class Whole extends Part { constructor(again) { super(); sleep(0); if (again) super(); } } // @twice
function constructed() { new Whole(true); }
function decorated() { sleep(0); @(3 as any) class A {} // @decorated
}
joinAll([empty, caught, missing, native, iterated, constructed, decorated].map((each) => spawn(each)));
`;

test('an uncaught error that the runtime or a native function throws stops at its call', async () => {
  await debug(THROWN, { filters: ['uncaught'] }, async (client) => {
    assert.equal(await client.where(), 'empty@empty');
    assert.equal(await reason(client, 2), 'Empty');
    assert.equal(await client.to('continue', 2), 'missing@missing');
    assert.equal(await reason(client, 4), 'TypeError: q.nope is not a function');
    assert.equal(await client.to('continue', 4), 'native@native');
    assert.equal(await reason(client, 5), 'URIError: URI malformed');
    // What the helpers of the transform throw.
    assert.equal(await client.to('continue', 5), 'iterated@iterated');
    assert.equal(await reason(client, 6), 'TypeError: q.nope is not iterable');
    assert.match(await client.to('continue', 6), /@decorated$/);
    assert.equal(await reason(client, 8), 'TypeError: A decorator must be a function');
    assert.match(await client.to('continue', 8), /@twice$/);
    assert.equal(
      await reason(client, 7),
      'ReferenceError: Super constructor may only be called once',
    );
    await client.request('setExceptionBreakpoints', { filters: [] });
    await client.request('continue', { threadId: 5 });
    await client.event('terminated');
    assert.equal(client.output(), 'caught\n');
  });
});

test('an uncaught error that is thrown into main stops where main waits', async () => {
  const text = `
import { Queue } from 'greenlets/queue';
const jobs = new Queue<number>();
try { jobs.get({ timeout: 0.001 }); } catch { console.log('caught'); }
jobs.get({ timeout: 0.001 }); // @main
`;
  await debug(text, { filters: ['uncaught'] }, async (client) => {
    assert.equal(await client.where(), '<module>@main');
    assert.equal(await reason(client, 1), 'Empty');
    assert.equal(client.output(), 'caught\n');
  });
});

const ASYNC = `
import { result, sleep } from 'greenlets';
async function fail(text: string) {
  await 1;
  throw new Error(text); // @throw
}
async function parent() {
  await fail('lost'); // @await
}
async function early(text: string) {
  if (text === '') sleep(0);
  throw new Error(text); // @early
}
try { await fail('awaited'); } catch (error) { console.log(String(error)); }
try { result(fail('result')); } catch (error) { console.log(String(error)); }
try { await Promise.all([fail('all'), fail('too')]); } catch (error) { console.log(String(error)); }
fail('handler').catch((error) => console.log(String(error)));
await early('early').catch((error) => console.log(String(error))); // @handled
try { await early('guarded'); } catch (error) { console.log(String(error)); }
process.on('unhandledRejection', () => {});
parent();
setTimeout(function handler() {
  sleep(0);
  throw new Error('handler'); // @switched
}, 1);
sleep(0.01);
console.log('end');
`;

test('an error of an async function stops where it was thrown, if nobody handles its promise', async () => {
  await debug(ASYNC, { filters: ['uncaught'] }, async (client) => {
    const { threadId = 0, reason: why, text } = await client.stopped();
    assert.deepEqual([why, text], ['exception', 'Error: early'], 'nobody handles it yet, V8 says');
    assert.deepEqual(await places(client, threadId), ['early@early']);
    await client.request('continue', { threadId });
    const next = await client.stopped();
    assert.equal(next.text, 'Error: lost');
    assert.deepEqual(await places(client, next.threadId), ['parent@await']);
    const { threads } = await client.request('threads');
    assert.ok(threads.some((each: { name: string }) => /^parent #/.test(each.name)));
    assert.equal(await client.to('continue', next.threadId), 'handler@switched');
    await client.request('setExceptionBreakpoints', { filters: [] });
    await client.request('continue', { threadId });
    await client.event('terminated');
    assert.equal(client.output(), `${CAUGHT.map((each) => `Error: ${each}`).join('\n')}\nend\n`);
  });
});

const CAUGHT = ['awaited', 'result', 'all', 'early', 'handler', 'guarded'];

async function places(client: Client, threadId = 0): Promise<string[]> {
  return (await client.stack(threadId)).map((each) => client.place(each));
}

async function reason(client: Client, threadId: number): Promise<string> {
  return (await client.request('exceptionInfo', { threadId })).description;
}
