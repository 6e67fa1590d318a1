/** What a switch costs, at several depths of the stack. Prints figures. */
import { sleep } from 'greenlets';

const ROUNDS = 3e5;
const figures: Record<string, number> = {};

function descendThenSwitch(depth: number, count: number): void {
  if (depth > 1) {
    descendThenSwitch(depth - 1, count);
    return;
  }
  for (let i = 0; i < count; i++) sleep(0);
}

for (const depth of [1, 10, 100, 1000]) {
  descendThenSwitch(depth, ROUNDS / 10);
  const start = performance.now();
  descendThenSwitch(depth, ROUNDS);
  figures[`switch at depth ${depth}`] = ((performance.now() - start) / ROUNDS) * 1e6;
}

console.log(JSON.stringify(figures));
