/** Threads: `greenlets/threadpool`. And what is left when main ends. */

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { testBlocking } from '../support/blocking.ts';
import { runProgram } from '../support/fixture.ts';

await testBlocking('./programs/threads.ts', import.meta.url);

test('threads, children, signals and idle connections do not keep the process alive', async () => {
  const { stdout, stderr, code } = await runProgram(`
    import { spawn } from 'greenlets';
    import { HttpServer, urlopen } from 'greenlets/http';
    import { signal } from 'greenlets/signal';
    import { Popen } from 'greenlets/subprocess';
    import { ThreadPool } from 'greenlets/threadpool';
    signal('SIGUSR2', () => {});
    const server = new HttpServer(['127.0.0.1', 0], () => 'served');
    server.start();
    console.log(urlopen('http://127.0.0.1:' + server.serverPort).text());
    server.stop();
    const pool = new ThreadPool(2);
    console.log(pool.apply(() => import.meta.url));
    spawn(() => pool.apply(() => { for (;;); }));
    const child = new Popen(['sleep', '30']);
    process.on('exit', () => process.kill(child.pid));
  `);
  assert.deepEqual([stderr, code], ['', 0]);
  const [served, url = ''] = stdout.trimEnd().split('\n');
  assert.equal(served, 'served');
  assert.match(url, /greenlets-jobs-/);
  assert.equal(existsSync(new URL(url)), false, 'The text of the job was not removed.');
});
