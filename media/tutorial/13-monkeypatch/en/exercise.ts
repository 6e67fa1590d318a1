// There is a bug in here: the ticker stands still during the second command of `slow`, although that is patched. Find it.
import { execSync } from 'node:child_process';
import { joinAll, sleep, spawn } from 'greenlets';
import { patchAll, unpatchAll } from 'greenlets/monkey';

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

// Does the work with everything patched, and leaves nothing patched behind.
function patched(work: () => void): void {
  patchAll();
  try {
    work();
  } finally {
    unpatchAll();
  }
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

spawn(ticker);
joinAll([spawn(patched, quick), spawn(patched, slow)]);
