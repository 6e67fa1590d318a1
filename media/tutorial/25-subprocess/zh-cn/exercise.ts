// 子进程运行时，时钟停住了。
import { execFileSync } from 'node:child_process';
import { sleep, spawn } from 'greenlets';

let ticks = 0;

function clock(): void {
  for (;;) {
    sleep(0.01);
    ticks++;
  }
}

spawn(clock);
const script = "setTimeout(() => console.log('report'), 300)";
// TODO：换一种等待子进程的方式，让其他 greenlet 同时运行。
const output = execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' });
console.log(`The child says: ${output.trim()}`);
console.log(ticks > 0 ? 'The clock went on.' : 'The clock stood still.');
