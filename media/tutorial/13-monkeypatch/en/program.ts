// A blocking call holds up every greenlet. Once it is patched, it is the same function, and the others run meanwhile.
import { execSync } from 'node:child_process';
import { joinAll, sleep, spawn } from 'greenlets';
import { isPatched, patchAll } from 'greenlets/monkey';

let ticks = 0;

function ticker(): void {
  for (;;) {
    sleep(0.01);
    ticks++;
  }
}

function command(): void {
  execSync(`"${process.execPath}" -e 0`);
}

function commands(): void {
  ticks = 0;
  joinAll([spawn(command), spawn(command), spawn(command)]);
  console.log(ticks === 0 ? 'The ticker stood still.' : 'The ticker went on.');
}

spawn(ticker);
const before = execSync;
console.log('Patched:', isPatched(execSync));
commands();

patchAll();
console.log('Patched:', isPatched(execSync), '- the same function:', execSync === before);
commands();
