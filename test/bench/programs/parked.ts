/** So many greenlets, each parked below some frames; then main yields between two of them forever. */

import { sleep, spawn } from 'greenlets';
import { Event } from 'greenlets/event';

const never = new Event();

function descend(depth: number): void {
  const local = { depth };
  if (depth > 0) descend(local.depth - 1);
  else never.wait();
}

for (let i = 0; i < Number(process.argv[2]); i++) spawn(descend, 5);
sleep(0);
let round = 0;
while (round < 1e6) {
  round++;
  sleep(0); // the yield
  round = round + 0;
}
