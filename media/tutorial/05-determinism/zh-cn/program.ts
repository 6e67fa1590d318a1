// 进程池每次运行的完成顺序都不同，greenlet 池则永远相同。
import { sleep } from 'greenlets';
import { Pool } from 'greenlets/pool';
import { checkOutput } from 'greenlets/subprocess';

const NUMBERS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

// 十个进程谁先回答，由操作系统决定。
function echoInProcess(i: number): number {
  return Number(checkOutput([process.execPath, '-p', String(i)]));
}

// 十个 greenlet 谁先继续，由 hub 决定，而它每次的决定都一样。
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
