// greenlets/subprocess 的 checkOutput 只阻塞当前这个 greenlet。
import { sleep, spawn } from 'greenlets';
import { checkOutput } from 'greenlets/subprocess';

let ticks = 0;

function clock(): void {
  for (;;) {
    sleep(0.01);
    ticks++;
  }
}

spawn(clock);
const script = "setTimeout(() => console.log('report'), 300)";
const output = checkOutput([process.execPath, '-e', script]);
console.log(`The child says: ${output.trim()}`);
console.log(ticks > 0 ? 'The clock went on.' : 'The clock stood still.');
