// One greenlet writes to a child process, another one reads its answers; neither holds up the other.
import { joinAll, spawn } from 'greenlets';
import { PIPE, Popen } from 'greenlets/subprocess';

// What the child runs: it answers each line with the line and a number.
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
