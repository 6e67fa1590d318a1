// Job 2 fails, and from then on nobody gets the printer.
import { joinAll, LoopExit, sleep, spawn } from 'greenlets';
import { BoundedSemaphore } from 'greenlets/lock';

const printer = new BoundedSemaphore(1);

function printJob(n: number): void {
  printer.acquire();
  sleep(0);
  if (n === 2) throw new Error('paper jam');
  console.log(`Job ${n} is printed`);
  printer.release();
}

function tryToPrint(n: number): void {
  try {
    printJob(n);
  } catch (error) {
    console.log(`Job ${n} failed: ${(error as Error).message}`);
  }
}

try {
  joinAll([1, 2, 3, 4].map((n) => spawn(tryToPrint, n)));
} catch (error) {
  if (!(error instanceof LoopExit)) throw error;
  console.log('Nobody can go on.');
}
