/** A greenlet calls a function of Node's that holds up the others. */
import { execFileSync } from 'node:child_process';
import { joinAll, sleep, spawn } from 'greenlets';

function list(): string {
  return execFileSync(process.execPath, ['--version'], { encoding: 'utf8' }); // @call
}

function tick(): void {
  for (let i = 0; i < 3; i++) sleep(0.01);
}

joinAll([spawn(tick), spawn(list)]);
