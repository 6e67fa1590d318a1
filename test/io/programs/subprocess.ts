// Child processes.
import assert from 'node:assert/strict';
import { sleep, spawn, withTimeout } from 'greenlets';
import {
  CalledProcessError,
  call,
  checkCall,
  checkOutput,
  DEVNULL,
  PIPE,
  Popen,
  run,
  STDOUT,
  TimeoutExpired,
} from 'greenlets/subprocess';
import { thrown } from './pairs.ts';
import { until } from './serving.ts';

const NODE = process.execPath;
/** A program that runs until it is ended. */
const FOREVER = [NODE, '-e', 'setInterval(() => {}, 1000); console.log("up")'];

export const tests = {
  'a child runs while other greenlets do'(): void {
    let ticks = 0;
    const cron = spawn(() => {
      for (;;) {
        ticks++;
        sleep(0.001);
      }
    });
    const child = new Popen('sleep 0.05; uname', { shell: true, stdout: PIPE });
    assert.equal(child.poll(), undefined);
    const [out, err] = child.communicate();
    assert.deepEqual([out, err, child.returncode, child.poll()], ['Linux\n', undefined, 0, 0]);
    assert.equal(ticks > 1, true, `${ticks} ticks`);
    cron.kill();
  },

  'a conversation through pipes'(): void {
    const child = new Popen(['cat'], { stdin: PIPE, stdout: PIPE });
    for (const word of ['ping\n', 'pöng\n']) {
      child.stdin?.write(word);
      assert.equal(child.stdout?.readLine(), word);
    }
    child.stdin?.close();
    assert.equal(child.stdout?.readLine(), '');
    assert.equal(child.wait(), 0);
    assert.equal(thrown(() => child.stdin?.write('late')).code, 'EBADF');
  },

  'much input and output at once'(): void {
    const input = Buffer.alloc(3_000_000, 'x');
    const { stdout, returncode } = run(['cat'], { input, captureOutput: true, encoding: null });
    assert.equal(returncode, 0);
    assert.equal(input.equals(stdout as Buffer), true);
    assert.equal(run(['true'], { input }).returncode, 0);
  },

  'where output goes'(): void {
    const both = 'echo out; echo err >&2; echo out2';
    assert.equal(checkOutput(both, { shell: true, stderr: STDOUT }), 'out\nerr\nout2\n');
    assert.equal(checkOutput(['sh', '-c', both], { stderr: STDOUT }), 'out\nerr\nout2\n');
    const captured = run(['sh', '-c', both], { captureOutput: true });
    assert.deepEqual([captured.stdout, captured.stderr], ['out\nout2\n', 'err\n']);
    assert.equal(run(['sh', '-c', both], { stdout: DEVNULL, stderr: STDOUT }).stdout, undefined);
    assert.equal(checkOutput(['cat'], { stdin: DEVNULL }), '');
    assert.match(thrown(() => new Popen(['cat'], { stdout: STDOUT })).message, /for stderr only/);
  },

  'folder and environment'(): void {
    assert.equal(checkOutput(['pwd'], { cwd: '/' }), '/\n');
    const env = { PATH: process.env.PATH, WORD: 'w' };
    assert.equal(checkOutput('echo $WORD', { shell: true, env }), 'w\n');
  },

  'codes and signals'(): void {
    assert.equal(call('exit 3', { shell: true }), 3);
    assert.equal(checkCall(['true']), 0);
    const failed = thrown(() => checkOutput('echo half; exit 3', { shell: true }));
    assert.equal(failed instanceof CalledProcessError, true);
    const { returncode, stdout, message } = failed as unknown as CalledProcessError;
    assert.deepEqual([returncode, stdout], [3, 'half\n']);
    assert.equal(message, 'echo half; exit 3 has ended with code 3');
    for (const [end, code] of [
      ['terminate', -15],
      ['kill', -9],
    ] as const) {
      const child = new Popen(FOREVER, { stdout: PIPE });
      assert.equal(child.stdout?.readLine(), 'up\n');
      child[end]();
      assert.equal(child.wait(), code);
      child[end]();
      child.stdout?.close();
    }
    assert.match(
      thrown(() => run('kill -2 $$', { shell: true, check: true })).message,
      /by signal 2$/,
    );
  },

  'what cannot be started'(): void {
    const missing = thrown(() => new Popen(['no-such-program']));
    assert.deepEqual([missing.name, missing.code], ['SpawnError', 'ENOENT']);
    assert.equal(missing.message, 'There is no program no-such-program');
    assert.equal(thrown(() => run(['/etc/passwd'])).code, 'EACCES');
    assert.equal(
      thrown(() => run(['true'], { cwd: '/no-such' })).message,
      'There is no folder /no-such',
    );
    assert.match(
      thrown(() => new Popen(['cat']).communicate({ input: 'x' })).message,
      /stdin: PIPE/,
    );
  },

  'a timeout leaves the child of a Popen, and ends that of run'(): void {
    const child = new Popen('echo first; read line; echo $line', {
      shell: true,
      stdin: PIPE,
      stdout: PIPE,
    });
    const late = thrown(() => child.wait(0.01)) as unknown as TimeoutExpired;
    assert.deepEqual(
      [late.name, late.timeout, child.returncode],
      ['TimeoutExpired', 0.01, undefined],
    );
    assert.deepEqual(child.communicate({ input: 'second\n' }), ['first\nsecond\n', undefined]);
    const again = new Popen('sleep 0.1; echo late', { shell: true, stdout: PIPE });
    assert.equal(thrown(() => again.communicate({ timeout: 0.01 })).name, 'TimeoutExpired');
    assert.deepEqual(again.communicate(), ['late\n', undefined]);
    const ran = thrown(() => run(FOREVER, { captureOutput: true, timeout: 0.2 }));
    assert.equal(ran instanceof TimeoutExpired, true);
    assert.equal(
      thrown(() => withTimeout(0.01, () => call(FOREVER, { stdout: DEVNULL }))).name,
      'Timeout',
    );
  },

  'who waits can be killed, and says for what it waits'(): void {
    const child = new Popen(FOREVER, { stdout: PIPE });
    const waiter = spawn(() => child.wait());
    sleep(0);
    assert.equal(
      (waiter as unknown as { waitText(): string }).waitText(),
      `Popen.wait (${FOREVER.join(' ')})`,
    );
    waiter.kill();
    assert.equal(child.exits.size, 0);
    let told = 0;
    child.rawlink(() => told++);
    child.kill();
    assert.equal(child.wait(), -9);
    until(() => told === 1);
    child.stdout?.close();
  },

  'using waits for the child'(): void {
    let code: number | undefined;
    {
      using child = new Popen('sleep 0.02; exit 4', { shell: true });
      child.rawlink(() => {
        code = child.returncode;
      });
    }
    sleep(0);
    assert.equal(code, 4);
  },
};
