// main 等待子进程时，另一个 greenlet 照样滴答。
import { sleep, spawn } from 'greenlets';
import { PIPE, Popen } from 'greenlets/subprocess';

function cron(): void {
  for (let i = 0; i < 6; i++) {
    console.log('cron');
    sleep(0.1);
  }
}

spawn(cron);

// 子进程花一秒，然后说出它运行在什么系统上。
const script = "setTimeout(() => console.log(require('os').type()), 1000)";
const child = new Popen([process.execPath, '-e', script], { stdout: PIPE });
const output = child.stdout?.read();
child.wait();
console.log(output?.trim());
