/** A greenlet computes for long, while others want to go on. */
import { joinAll, sleep, spawn } from 'greenlets';

function compute(): number {
  const end = Date.now() + 600;
  let sum = 0;
  while (Date.now() < end) sum += Math.sqrt(sum + 1); // @blocked
  return sum;
}

function tick(): void {
  for (let i = 0; i < 5; i++) sleep(0.01);
}

joinAll([spawn(tick), spawn(compute)]);
