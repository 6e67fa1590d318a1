// 一个 greenlet 向子进程写，另一个读它的回答；谁也不耽误谁。
import { joinAll, spawn } from 'greenlets';
import { PIPE, Popen } from 'greenlets/subprocess';

// 子进程运行的代码：每收到一行，就回复这一行，再加一个编号。
const RELAY = `
  let i = 0;
  require('readline')
    .createInterface({ input: process.stdin })
    .on('line', (line) => console.log(line + ' in ' + i++));
`;
const relay = new Popen([process.execPath, '-e', RELAY], { stdin: PIPE, stdout: PIPE });

function putMessages(): void {
  for (let i = 0; i < 10; i++) relay.stdin?.write('hi\n');
  relay.stdin?.close();
}

function getMessages(): void {
  for (let i = 0; i < 10; i++) console.log(relay.stdout?.readLine().trimEnd());
}

joinAll([spawn(putMessages), spawn(getMessages)]);
relay.wait();
