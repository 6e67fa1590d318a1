// 两个进程排成一串：第一个说的话要传到第二个。现在还没有人来传。
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
  // TODO：读出 count 的每一行，写给 shout，最后关闭它的输入。
  shout.stdin?.close();
}

function show(): void {
  for (const line of shout.stdout ?? []) console.log(line.trimEnd());
  console.log('That was all.');
}

joinAll([spawn(relay), spawn(show)]);
count.wait();
shout.wait();
