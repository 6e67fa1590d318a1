// Two processes in a row: what the first one says shall reach the second. Nobody carries it over yet.
import { joinAll, spawn } from 'greenlets';
import { PIPE, Popen } from 'greenlets/subprocess';

const COUNT = `for (const word of ['one', 'two', 'three']) console.log(word)`;
const SHOUT = `
  require('readline')
    .createInterface({ input: process.stdin })
    .on('line', (line) => console.log(line.toUpperCase() + '!'));
`;
const count = new Popen([process.execPath, '-e', COUNT], { stdout: PIPE });
const shout = new Popen([process.execPath, '-e', SHOUT], { stdin: PIPE, stdout: PIPE });

function relay(): void {
  // TODO: read the lines of `count` and write each to `shout`, then close its input.
  shout.stdin?.close();
}

function show(): void {
  for (const line of shout.stdout ?? []) console.log(line.trimEnd());
  console.log('That was all.');
}

joinAll([spawn(relay), spawn(show)]);
count.wait();
shout.wait();
