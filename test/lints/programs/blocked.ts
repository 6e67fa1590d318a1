/** A greenlet computes for long, while others want to go on. */
import { joinAll, sleep, spawn } from 'greenlets';

function compute(): number {
  let sum = 0;
  for (let i = 0; i < 500_000_000; i++) sum += i % 7; // @blocked
  return sum;
}

function tick(): void {
  for (let i = 0; i < 5; i++) sleep(0.01);
}

joinAll([spawn(tick), spawn(compute)]);
