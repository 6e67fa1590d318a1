// While main waits for a child process, another greenlet goes on ticking.
import { sleep, spawn } from 'greenlets';
import { PIPE, Popen } from 'greenlets/subprocess';

// The child says which system it runs on, but only when its input has ended.
const script = "process.stdin.on('end', () => console.log(require('os').type())).resume()";
const child = new Popen([process.execPath, '-e', script], { stdin: PIPE, stdout: PIPE });

function cron(): void {
  for (let i = 0; i < 6; i++) {
    console.log('cron');
    sleep(0.1);
  }
  child.stdin?.close();
}

spawn(cron);
const output = child.stdout?.read();
child.wait();
console.log(output?.trim());
