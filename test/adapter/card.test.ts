/** The Greenlet scope, and greenlets among values. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Client, debug, type Frame } from '../support/session.ts';

const PROGRAM = `
import { getCurrent, joinAll, sleep, spawn } from 'greenlets';
import { Local } from 'greenlets/local';
import { Semaphore } from 'greenlets/lock';
class Request extends Local { declare user: string }
const request = new Request();
const gate = new Semaphore(0);
function ended() { console.log('linked'); }
function worker(user: string) {
  const own = getCurrent();
  request.user = user;
  gate.acquire(); // @acquire
}
const first = spawn(worker, 'ada');
first.link(ended);
sleep(0);
sleep(0); // @last
gate.release();
joinAll([first]);
`;

async function scopeOf(client: Client, frame: Frame | undefined): Promise<Map<string, string>> {
  const { scopes } = await client.request('scopes', { frameId: frame?.id });
  assert.deepEqual(
    scopes.slice(0, 2).map((each: { name: string }) => each.name),
    ['Local', 'Greenlet'],
  );
  const { variables } = await client.request('variables', scopes[1]);
  return new Map(variables.map((each: { name: string; value: string }) => [each.name, each.value]));
}

test('the Greenlet scope tells what there is to know of a greenlet, parked or running', async () => {
  await debug(PROGRAM, { filters: [], breakpoints: ['last'] }, async (client) => {
    await client.stopped();
    const [parked] = await client.stack(2);
    const card = await scopeOf(client, parked);
    assert.equal(card.get('name'), '"worker"');
    assert.equal(card.get('state'), '"waiting"');
    assert.match(card.get('waitingFor') ?? '', /^"Semaphore.acquire \(gate\)"$/);
    assert.equal(card.get('spawnedBy'), '<Greenlet main #1: running>');
    assert.equal(card.get('links'), '(1) [ƒ]');
    assert.match(card.get('locals') ?? '', /Request/);
    assert.equal((await client.locals(parked)).own, '<Greenlet worker #2: waiting>');
    const [running] = await client.stack(1);
    assert.equal((await scopeOf(client, running)).get('state'), '"running"');
  });
});
