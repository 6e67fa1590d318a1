/** Whatever ends a script, nothing of it is left. */

import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { describe, it } from 'node:test';
import { CommandError, Lifetime } from './lifetime.mjs';

const MODULE = JSON.stringify(new URL('lifetime.mjs', import.meta.url).href);

/** A script with a temporary folder, and a child that does not want to end and has a child of its own. */
const SCRIPT = `
  import { Lifetime } from ${MODULE};
  const lifetime = new Lifetime();
  lifetime.endOnInterrupt((why) => console.log('why ' + why));
  console.log('folder ' + lifetime.temporaryFolder());
  const stubborn = "process.on('SIGTERM', () => {}); console.log('process ' + process.pid); setInterval(() => {}, 1e6);";
  const parent = stubborn + "require('child_process').spawn(process.execPath, ['-e', " +
    JSON.stringify(stubborn) + "], { stdio: 'inherit' });";
  const job = lifetime.start(process.execPath, ['-e', parent], { onLine: (line) => console.log(line) });
  await job.ended;
`;

describe('a script that is interrupted', { concurrency: true }, () => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    it(`by ${signal} leaves no process and no folder`, async () => {
      const script = start([process.execPath, '--input-type=module', '-e', SCRIPT]);
      const { folder, pids } = await script.ready;
      script.child.kill(signal);
      assert.equal(await script.exitCode, { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 }[signal]);
      assertGone(folder, pids);
    });
  }

  it('by the end of npm leaves no process and no folder', async () => {
    // As npm does it: the script runs in a shell, which outlives npm.
    const shell = `"$0" --input-type=module -e "$1"; true`;
    const npm = `require('child_process').spawn('sh', ['-c', ${JSON.stringify(shell)}, process.execPath,
      ${JSON.stringify(SCRIPT)}], { stdio: 'inherit' })`;
    const env = { ...process.env, npm_lifecycle_event: 'start' };
    const script = start([process.execPath, '-e', npm], env);
    const { folder, pids } = await script.ready;
    script.child.kill('SIGKILL');
    // The pipe closes when the last process that writes to it has ended.
    await script.closed;
    assertGone(folder, pids);
  });
});

describe('a command', () => {
  it('gives its output', async () => {
    const lifetime = new Lifetime();
    const output = await lifetime.run(process.execPath, ['-e', 'console.log(1); console.error(2)']);
    assert.deepEqual(output.split('\n').sort(), ['1', '2']);
    await lifetime.end();
  });

  it('that fails tells what it said', async () => {
    const lifetime = new Lifetime();
    const script = 'console.error("no luck"); process.exit(3)';
    await assert.rejects(lifetime.run(process.execPath, ['-e', script]), (error: Error) => {
      assert(error instanceof CommandError);
      assert.match(error.message, /failed with exit code 3:\nno luck$/);
      return true;
    });
    await lifetime.end();
  });

  it('that does not exist fails with its name', async () => {
    const lifetime = new Lifetime();
    await assert.rejects(lifetime.run('no-such-command', []), /no-such-command.*ENOENT/s);
    await lifetime.end();
  });

  it('is not started after the end', async () => {
    const lifetime = new Lifetime();
    await lifetime.end();
    assert.throws(() => lifetime.start(process.execPath, ['-e', '']), /interrupted/);
  });
});

interface Script {
  child: ChildProcess;
  ready: Promise<{ folder: string; pids: number[] }>;
  exitCode: Promise<number | null>;
  closed: Promise<void>;
}

function start([command = '', ...args]: string[], env: NodeJS.ProcessEnv = process.env): Script {
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let folder = '';
  const pids: number[] = [];
  const ready = new Promise<{ folder: string; pids: number[] }>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [word, value = ''] = line.split(' ');
      if (word === 'folder') folder = value;
      if (word === 'process') pids.push(Number(value));
      if (pids.length === 2) resolve({ folder, pids });
    });
  });
  const exitCode = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  return { child, ready, exitCode, closed };
}

function assertGone(folder: string, pids: number[]): void {
  assert.equal(existsSync(folder), false, folder);
  assert.deepEqual(pids.filter(isRunning), []);
}

/** A dead process that its parent has not asked for (in a container: init) is not running. */
function isRunning(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout.trim() !== '' && !stdout.trim().startsWith('Z');
}
