// 这里有个 bug：slow 的第二条命令明明打了补丁，执行时计时器却停了。找出来。
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

// 打好全部补丁再干活，干完不留任何补丁。
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
