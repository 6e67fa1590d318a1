// main 等待子进程时，另一个 greenlet 照样滴答。
import { sleep, spawn } from 'greenlets';
import { PIPE, Popen } from 'greenlets/subprocess';

// 子进程会说出它运行在什么系统上，但要等它的输入结束。
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
