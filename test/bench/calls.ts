/** What calls and switches cost. Run by run.mjs, which compares the figures with those of calls-plain.mjs. */
import { sleep, spawn } from 'greenlets';

const figures: Record<string, number> = {};

/** Nanoseconds for one of `count` rounds. */
function measure(name: string, count: number, work: (count: number) => void): void {
  work(Math.ceil(count / 10));
  const start = performance.now();
  work(count);
  figures[name] = ((performance.now() - start) / count) * 1e6;
}

// Bindings that are assigned again can hold anything, so every call of them may switch.
let add = (a: number, b: number): number => a + b;
add = function add(a: number, b: number): number {
  if (neverTrue) sleep(0);
  return a + b;
};
const neverTrue = process.argv.includes('never');

let fib = (n: number): number => n;
fib = function fibonacci(n: number): number {
  return n < 2 ? n : fib(n - 1) + fib(n - 2);
};

function descendThenSwitch(depth: number, count: number): void {
  if (depth > 1) {
    descendThenSwitch(depth - 1, count);
    return;
  }
  for (let i = 0; i < count; i++) sleep(0);
}

measure('call', 5e6, (count) => {
  let sum = 0;
  for (let i = 0; i < count; i++) sum = add(sum, i);
});
measure('native call', 5e6, (count) => {
  const last = [1, 2, 3];
  for (let i = 0; i < count; i++) last.at(-1);
});
measure('fib(27)', 1, () => {
  fib(27);
});
measure('closure', 2e6, (count) => {
  let kept: unknown;
  for (let i = 0; i < count; i++) kept = () => sleep(i);
  return kept;
});
for (const depth of [1, 10, 100, 1000]) {
  measure(`switch at depth ${depth}`, 3e5, (count) => descendThenSwitch(depth, count));
}
measure('spawn and join', 1e5, (count) => {
  const all = [];
  for (let i = 0; i < count; i++) all.push(spawn(add, i, i));
  for (const each of all) each.join();
});

console.log(JSON.stringify(figures));
