// While main waits for a child process, another greenlet goes on ticking.
import { sleep, spawn } from 'greenlets';
import { PIPE, Popen } from 'greenlets/subprocess';

function cron(): void {
  for (let i = 0; i < 6; i++) {
    console.log('cron');
    sleep(0.1);
  }
}

spawn(cron);

// The child takes a second, then says which system it runs on.
const script = "setTimeout(() => console.log(require('os').type()), 1000)";
const child = new Popen([process.execPath, '-e', script], { stdout: PIPE });
const output = child.stdout?.read();
child.wait();
console.log(output?.trim());
