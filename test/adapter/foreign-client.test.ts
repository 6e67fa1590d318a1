/** The adapter under a client that is not ours: Microsoft's test client, as other editors' clients would use it. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DebugClient } from '@vscode/debugadapter-testsupport';
import { type Fixture, repositoryPath, withProgram } from '../support/fixture.ts';

const TEXT = `
import { joinAll, sleep, spawn } from 'greenlets';
function worker(name: string) {
  const own = name.toUpperCase();
  sleep(0); // @yield
  console.log(own); // @print
}
joinAll([spawn(worker, 'a'), spawn(worker, 'b')]);
`;

async function withForeignClient(
  use: (client: DebugClient, fixture: Fixture) => Promise<void>,
): Promise<void> {
  await withProgram(TEXT, {}, async (fixture) => {
    const client = new DebugClient(process.execPath, repositoryPath('dist/adapter.js'), 'greenlet');
    client.defaultTimeout = 60_000;
    await client.start();
    try {
      await use(client, fixture);
    } finally {
      await client.stop();
    }
  });
}

/** The sequence of the protocol: `launch`, `initialized`, the configuration, its end. */
async function start(
  client: DebugClient,
  program: string,
  configure: () => Promise<void>,
): Promise<void> {
  const initialized = client.waitForEvent('initialized');
  await client.initializeRequest();
  const launched = client.customRequest('launch', { program });
  await initialized;
  await configure();
  await client.configurationDoneRequest();
  await launched;
}

test('launch, a breakpoint, a look at the variables, steps across a switch, and the end', async () => {
  await withForeignClient(async (client, { path, marks }) => {
    const line = marks.get('yield') ?? 0;
    const breakpoints = [{ line }];
    const stopped = client.assertStoppedLocation('breakpoint', { path, line });
    await start(client, path, async () => {
      await client.setBreakpointsRequest({ source: { path }, breakpoints });
      await client.setExceptionBreakpointsRequest({ filters: ['uncaught', 'deadlock'] });
    });
    await stopped;
    const { threads } = (await client.threadsRequest()).body;
    assert.deepEqual(
      threads.map(({ name }) => name.split(' ')[0]),
      ['main', 'worker', 'worker'],
    );
    const threadId = 2;
    const { stackFrames } = (await client.stackTraceRequest({ threadId })).body;
    const frameId = stackFrames[0]?.id ?? 0;
    const { result } = (await client.evaluateRequest({ expression: 'own', frameId })).body;
    assert.equal(result, '"A"');
    await client.setBreakpointsRequest({ source: { path }, breakpoints: [] });
    await Promise.all([
      client.nextRequest({ threadId }),
      client.assertStoppedLocation('step', { path, line: marks.get('print') ?? 0 }),
    ]);
    await Promise.all([client.continueRequest({ threadId }), client.waitForEvent('terminated')]);
  });
});

test('the configuration sequence without breakpoints ends with all the output', async () => {
  await withForeignClient(async (client, { path }) => {
    let output = '';
    client.on('output', ({ body }) => {
      if (body.category === 'stdout') output += body.output;
    });
    const ended = client.waitForEvent('terminated');
    await start(client, path, async () => {
      await client.setExceptionBreakpointsRequest({ filters: [] });
    });
    await ended;
    assert.equal(output, 'A\nB\n');
  });
});
