// The clock stands still while the child process runs.
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
// TODO: wait for the child in such a way that other greenlets run meanwhile.
const output = execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' });
console.log(`The child says: ${output.trim()}`);
console.log(ticks > 0 ? 'The clock went on.' : 'The clock stood still.');
