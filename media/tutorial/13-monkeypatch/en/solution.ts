// Patches are for the whole program. `quick` took them away while `slow` still needed them: between two of its lines, others run.
import { execSync } from 'node:child_process';
import { joinAll, sleep, spawn } from 'greenlets';
import { patchAll } from 'greenlets/monkey';

let ticks = 0;

function ticker(): void {
  for (;;) {
    sleep(0.01);
    ticks++;
  }
}

function command(milliseconds: number): void {
  execSync(`"${process.execPath}" -e "setTimeout(() => {}, ${milliseconds})"`);
}

function quick(): void {
  command(0);
}

function slow(): void {
  for (const nth of ['first', 'second']) {
    const before = ticks;
    command(500);
    console.log(nth, ticks === before ? 'stood still' : 'went on');
  }
}

patchAll();
spawn(ticker);
joinAll([spawn(quick), spawn(slow)]);
