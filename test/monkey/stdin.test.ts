/** `process.stdin.read()`: a greenlet waits for it, and nobody else. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test } from 'node:test';
import { REGISTER, withProgram } from '../support/fixture.ts';

/** Each question is a line; what is written then is its answer. */
const PROGRAM = `
import { joinAll, sleep, spawn, withTimeout } from 'greenlets';
import { getOriginal, isPatched, patchStdin, unpatchAll } from 'greenlets/monkey';

patchStdin();
process.stdin.setEncoding('utf8');
let turns = 0;
const counting = spawn(() => { for (;;) { sleep(0); turns++; } });
console.log('?first');
const first = process.stdin.read();
counting.kill();
console.log(JSON.stringify(first), turns > 0, isPatched('process', 'stdin.read'));
const killed = spawn(() => process.stdin.read());
sleep(0);
killed.kill();
console.log(withTimeout(0.001, () => process.stdin.read(), { timeoutValue: 'nothing yet' }));
console.log(Reflect.apply(getOriginal('process', 'stdin.read'), process.stdin, []));
const two = [spawn(() => process.stdin.read()), spawn(() => process.stdin.read())];
sleep(0);
console.log('?second');
two[0].join();
console.log('?third');
joinAll(two);
console.log(JSON.stringify(two.map((each) => each.value)));
if (process.argv[2] === 'all') {
  const listener = () => {};
  process.stdin.on('readable', listener);
  console.log(process.stdin.read());
  process.stdin.off('readable', listener);
  console.log('?end');
  console.log(process.stdin.read(), process.stdin.read());
  unpatchAll();
  console.log(process.stdin.read(), isPatched('process'));
}
`;

const ANSWERED = ['"first\\n" true true', 'nothing yet', 'null', '["second\\n","third\\n"]'];

for (const [what, args] of [
  ['to its end', ['all']],
  ['and the program ends though the input has not', []],
] as const) {
  test(`standard input is read in greenlets, ${what}`, async () => {
    await withProgram(PROGRAM, {}, async ({ path }) => {
      const child = spawn(process.execPath, ['--import', REGISTER, path, ...args]);
      const lines: string[] = [];
      let text = '';
      child.stdout.setEncoding('utf8').on('data', (data: string) => {
        text += data;
        for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n')) {
          const line = text.slice(0, end);
          text = text.slice(end + 1);
          if (!line.startsWith('?')) lines.push(line);
          else if (line === '?end') child.stdin.end();
          else child.stdin.write(`${line.slice(1)}\n`);
        }
      });
      const errors: string[] = [];
      child.stderr.setEncoding('utf8').on('data', (data: string) => errors.push(data));
      const code = await new Promise((resolve) => child.on('close', resolve));
      assert.deepEqual([errors.join(''), code], ['', 0]);
      const ends = args.length > 0 ? ['null', 'null null', 'null false'] : [];
      assert.deepEqual(lines, [...ANSWERED, ...ends]);
    });
  });
}
