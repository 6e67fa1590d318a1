// A pool of processes ends in another order at each run, a pool of greenlets always in the same.
import { sleep } from 'greenlets';
import { Pool } from 'greenlets/pool';
import { checkOutput } from 'greenlets/subprocess';

const NUMBERS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

// The operating system decides which of ten processes is the first to answer.
function echoInProcess(i: number): number {
  return Number(checkOutput([process.execPath, '-p', String(i)]));
}

// The hub decides which of ten greenlets goes on first, and it always decides in the same way.
function echo(i: number): number {
  sleep(0.001);
  return i;
}

function runs(work: (i: number) => number, count: number): string[] {
  const orders = [];
  for (let run = 0; run < count; run++) {
    const pool = new Pool(10);
    orders.push([...pool.imapUnordered(work, NUMBERS)].join(' '));
  }
  return orders;
}

function allEqual(orders: string[]): boolean {
  return orders.every((order) => order === orders[0]);
}

console.log(allEqual(runs(echoInProcess, 2)));
console.log(allEqual(runs(echo, 2)));
