/** Evaluation in running and parked frames, and setting variables. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Client, debug, type Frame } from '../support/session.ts';

const PROGRAM = `
import { joinAll, sleep, spawn } from 'greenlets';
const table = { 'a b': [10, 20] };
class Box {
  #hidden = 3;
  shown = 4;
  open(): number { return this.#hidden; }
}
function foo(n: number) {
  let text = 'x'.repeat(n);
  const box = new Box();
  const job = { items: [{ name: 'first' }] };
  sleep(0); // @sleep
  console.log(text, box.open(), job); // @after
}
joinAll([spawn(foo, 2), spawn(foo, 3)]); // @join
`;

/** At the second greenlet's yield: the first one is parked. */
async function atSecondYield(
  use: (client: Client, running: Frame, parked: Frame) => Promise<void>,
) {
  await debug(PROGRAM, { filters: ['switch'] }, async (client) => {
    await client.where();
    await client.to('continue');
    await client.to('continue');
    const [running] = await client.stack(3);
    const [parked] = await client.stack(2);
    await use(client, running as Frame, parked as Frame);
  });
}

test('any expression in a running frame', async () => {
  await atSecondYield(async (client, running) => {
    const value = async (expression: string, context = 'repl') => {
      const args = { expression, frameId: running.id, context };
      return (await client.request('evaluate', args)).result;
    };
    assert.equal(await value('text + n'), '"xxx3"');
    assert.equal(await value('box.open()'), '3');
    assert.equal(await value('job'), '{items: Array(1)}');
    assert.equal(await value('n', 'hover'), '3');
    assert.equal(await value('[1, 2].map((x) => x * 2)'), '(2) [2, 4]');
    const frameId = running.id;
    const missing = await client.failure('evaluate', { expression: 'absent', frameId });
    assert.match(missing, /^ReferenceError: absent is not defined$/);
    const unsafe = { expression: 'text = "changed"', frameId, context: 'hover' };
    assert.match(await client.failure('evaluate', unsafe), /side-effect/);
    const switching = await client.failure('evaluate', { expression: 'sleep(0)', frameId });
    assert.match(switching, /CannotSwitchError/);
  });
});

test('names and their properties in a parked frame', async () => {
  await atSecondYield(async (client, _running, parked) => {
    const frameId = parked.id;
    const value = async (expression: string) =>
      (await client.request('evaluate', { expression, frameId, context: 'watch' })).result;
    assert.equal(await value('n'), '2');
    assert.equal(await value('text'), '"xx"');
    assert.equal(await value('job.items[0].name'), '"first"');
    assert.equal(await value('table["a b"][1]'), '20');
    assert.match(await client.failure('evaluate', { expression: 'n + 1', frameId }), /is parked/);
    const missing = await client.failure('evaluate', { expression: 'absent', frameId });
    assert.equal(missing, 'absent is not a variable of this parked frame.');
  });
});

test('a running frame variable can be set, a parked one cannot', async () => {
  await atSecondYield(async (client, running, parked) => {
    const reference = async (frame: Frame) => {
      const { scopes } = await client.request('scopes', { frameId: frame.id });
      return scopes[0].variablesReference;
    };
    const change = { name: 'text', value: '"new"' };
    const variablesReference = await reference(running);
    const set = await client.request('setVariable', { variablesReference, ...change });
    assert.equal(set.value, '"new"');
    const args = { expression: 'text', frameId: running.id };
    assert.equal((await client.request('evaluate', args)).result, '"new"');
    const refused = await client.failure('setVariable', {
      variablesReference: await reference(parked),
      ...change,
    });
    assert.match(refused, /parked frame, whose variables can be read but not set/);
  });
});

test('private members are shown', async () => {
  await atSecondYield(async (client, running) => {
    const args = { expression: 'box', frameId: running.id };
    const { variablesReference } = await client.request('evaluate', args);
    const { variables } = await client.request('variables', { variablesReference });
    const names = variables.map((each: { name: string }) => each.name);
    assert.ok(names.includes('shown') && names.includes('#hidden'), names.join());
  });
});

test('frames and variables of an earlier stop are refused', async () => {
  await atSecondYield(async (client, running) => {
    await client.request('next', { threadId: 3 });
    await client.stopped();
    const args = { expression: 'n', frameId: running.id };
    assert.match(await client.failure('evaluate', args), /the frame is gone/);
  });
});

test('names are completed from the scopes, and members behind a dot', async () => {
  await atSecondYield(async (client, running, parked) => {
    const labels = async (text: string, frame: Frame): Promise<string[]> => {
      const args = { text, column: text.length + 1, frameId: frame.id };
      const { targets } = await client.request('completions', args);
      return targets.map((each: { label: string }) => each.label);
    };
    for (const frame of [running, parked]) {
      assert.deepEqual((await labels('te', frame)).slice(0, 1), ['text']);
      assert.deepEqual((await labels('job.it', frame)).slice(0, 1), ['items']);
      assert.deepEqual(await labels('job.items[0].na', frame), ['name']);
      assert.ok((await labels('text.', frame)).includes('toUpperCase'));
      assert.ok((await labels('1 + ma', frame)).includes('Map'));
      assert.deepEqual(await labels('absent.', frame), []);
      assert.ok(!(await labels('', frame)).some((each) => each.startsWith('$')));
    }
    const [item] = (
      await client.request('completions', { text: 'a + te', column: 7, frameId: running.id })
    ).targets;
    assert.deepEqual([item.start, item.length], [4, 2]);
  });
});

test('an expression can be set; a variable of a parked frame cannot', async () => {
  await atSecondYield(async (client, running, parked) => {
    const set = (expression: string, value: string, { id: frameId }: Frame) => ({
      ...{ expression, value, frameId },
    });
    const { value } = await client.request('setExpression', set('text', '"new"', running));
    assert.equal(value, '"new"');
    await client.request('setExpression', set('job.items[0].name', '"other"', running));
    assert.equal((await client.locals(running)).text, '"new"');
    const repl = { expression: 'n = n + 40', frameId: running.id, context: 'repl' };
    assert.equal((await client.request('evaluate', repl)).result, '43');
    assert.equal((await client.locals(running)).n, '43');
    const refused = await client.failure('setExpression', set('text', '1', parked));
    assert.match(refused, /parked frame, whose variables can be read but not set/);
  });
});

test('the loaded files are told, without those of the runtime', async () => {
  await atSecondYield(async (client) => {
    const { sources } = await client.request('loadedSources');
    assert.deepEqual(
      sources.map((each: { name: string }) => each.name),
      ['main.ts'],
    );
  });
});
