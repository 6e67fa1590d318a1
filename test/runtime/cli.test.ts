/** The command line: what programs see, how they end, and what a wrong command says. */

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { greenlets } from '../support/cli.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'greenlets-')));
after(() => rmSync(folder, { recursive: true }));

/** Writes a program into a folder that knows nothing of this repository. */
function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

test('a program sees its own arguments and nothing is added to its output', async () => {
  const path = write(
    'args.ts',
    `import { sleep } from 'greenlets';
     sleep(0);
     console.log(JSON.stringify(process.argv.slice(1)), import.meta.url.startsWith('file:'));`,
  );
  const { stdout, stderr, code } = await greenlets(['run', path, 'a b', '--flag']);
  assert.equal(stdout, `${JSON.stringify([path, 'a b', '--flag'])} true\n`);
  assert.deepEqual([stderr, code], ['', 0]);
});

test('an uncaught error of main ends the program with 1 and names the source line', async () => {
  const path = write(
    'fails.ts',
    `import { sleep } from 'greenlets';

     function inner(): never {
       sleep(0);
       throw new RangeError('too far');
     }
     inner();`,
  );
  const { stdout, stderr, code } = await greenlets(['run', path]);
  assert.deepEqual([stdout, code], ['', 1]);
  assert.match(stderr, /RangeError: too far\n\s+at inner \(.*fails\.ts:5:14\)/);
});

test('an uncaught error of a greenlet is reported with its logical stack; the others go on', async () => {
  const path = write(
    'child.ts',
    `import { joinAll, sleep, spawn } from 'greenlets';
     function outer() {
       inner();
     }
     function inner() {
       sleep(0.01);
       throw new Error('boom');
     }
     joinAll([spawn(outer)]);
     console.log('main goes on');`,
  );
  const { stdout, stderr, code } = await greenlets(['run', path]);
  assert.deepEqual([stdout, code], ['main goes on\n', 0]);
  assert.match(stderr, /Error: boom\n\s+at inner \(.*child\.ts:7:14\)/);
  assert.match(stderr, /\n\s+at outer \(.*child\.ts:3:8\)\n/);
  assert.match(stderr, /outer #2 failed with Error/);
});

test('an error that a wait throws says where the program waited, for greenlets and for main', async () => {
  const path = write(
    'waits.ts',
    `import { spawn } from 'greenlets';
     import { Queue } from 'greenlets/queue';
     const jobs = new Queue<number>();
     function outer() {
       return inner() + 1;
     }
     function inner() {
       return jobs.get({ timeout: 0.01 });
     }
     spawn(outer).join();
     outer();`,
  );
  const { stderr, code } = await greenlets(['run', path]);
  assert.equal(code, 1);
  const [ofGreenlet = '', ofMain = ''] = stderr.split('outer #2 failed with Empty');
  const frames = /Empty\n\s+at inner \(.*waits\.ts:8:20\)\n\s+at outer \(.*waits\.ts:5:15\)\n/;
  assert.match(ofGreenlet, frames);
  assert.match(ofMain, frames);
  assert.match(ofMain, /at outer .*\n\s+at <module> \(.*waits\.ts:11:6\)\n/);
});

test('main that gives way all the time lets the loop poll', async () => {
  const path = write(
    'polls.ts',
    `import { sleep } from 'greenlets';
     let done = false;
     setTimeout(() => { done = true; }, 20);
     while (!done) sleep(0);
     console.log('polled');`,
  );
  assert.equal((await greenlets(['run', path])).stdout, 'polled\n');
});

test('a deadlock throws LoopExit into main, and the error says who waits for what', async () => {
  const path = write(
    'deadlock.ts',
    `import { Greenlet, joinAll, spawn } from 'greenlets';
     const pair: Greenlet[] = [];
     function first() { pair[1].join(); }
     function second() { pair[0].join(); }
     pair.push(spawn(first), spawn(second));
     try {
       joinAll(pair);
     } catch (error) {
       console.log(error.name);
       console.log(error.message);
     }`,
  );
  const { stdout, code } = await greenlets(['run', path]);
  assert.equal(code, 0);
  assert.deepEqual(stdout.trimEnd().split('\n'), [
    'LoopExit',
    'This operation would block forever',
    '  Deadlock: first #2 waits for join (second #3) at deadlock.ts:3; second #3 waits for join (first #2) at deadlock.ts:4',
    '  main #1 waits: joinAll (first #2, second #3)',
    '  first #2 waits: join (second #3)',
    '  second #3 waits: join (first #2)',
  ]);
});

test('when main ends, parked greenlets do not keep the process', async () => {
  const path = write(
    'ends.ts',
    `import { sleep, spawn } from 'greenlets';
     spawn(() => { sleep(1000); });
     sleep(0);
     console.log('bye');`,
  );
  const { stdout, code } = await greenlets(['run', path]);
  assert.deepEqual([stdout, code], ['bye\n', 0]);
});

test('the exit code of the program is passed on', async () => {
  const path = write('exits.ts', `import { sleep } from 'greenlets'; sleep(0); process.exit(7);`);
  assert.equal((await greenlets(['run', path])).code, 7);
});

test('a wrong command line says what is wrong, and shows how it is meant', async () => {
  const cases: [string[], number, RegExp][] = [
    [[], 2, /a command is missing\nUsage:/],
    [['fly'], 2, /unknown command fly\nUsage:/],
    [['run'], 2, /a program is missing\nUsage:/],
    [['trace', '--speed', 'x.ts'], 2, /Unknown option '--speed'/],
    [['run', join(folder, 'nothing.ts')], 1, /there is no file .*nothing\.ts\n$/],
    [['run', folder], 1, /there is no file/],
  ];
  for (const [args, code, message] of cases) {
    const outcome = await greenlets(args);
    assert.deepEqual([outcome.stdout, outcome.code], ['', code], args.join(' '));
    assert.match(outcome.stderr, message);
  }
  assert.match((await greenlets(['--help'])).stdout, /^Usage:/);
});

test('a file that does not parse is named with line and column', async () => {
  const path = write('broken.ts', `const a = 1;\nconst = 2;\n`);
  const { stderr, code } = await greenlets(['run', path]);
  assert.equal(code, 1);
  assert.match(stderr, /SyntaxError.*broken\.ts:2:7: /);
});

test('imports of a program in several files work without any package.json', async () => {
  mkdirSync(join(folder, 'lib'), { recursive: true });
  write(
    'lib/steps.ts',
    `import { sleep } from 'greenlets';
     export function step(name: string): string { sleep(0); return name; }
     export const ready: string = step('module');`,
  );
  const path = write(
    'several.ts',
    `import { spawn, joinAll } from 'greenlets';
     import { ready, step } from './lib/steps';
     import { step as same } from './lib/steps.js';
     console.log(ready, step === same, joinAll([spawn(step, 'a'), spawn(step, 'b')]).map((each) => each.value).join());`,
  );
  const { stdout, stderr } = await greenlets(['run', path]);
  assert.deepEqual([stdout, stderr], ['module true a,b\n', '']);
});
