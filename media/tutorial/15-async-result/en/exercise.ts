// When the computation fails, nobody sets the answer, and those who wait for it wait forever. Pass the error on to them.
import { joinAll, sleep, spawn } from 'greenlets';
import { AsyncResult } from 'greenlets/event';

const answer = new AsyncResult<number>();

function divide(a: number, b: number): number {
  sleep(0.1);
  if (b === 0) throw new Error('division by zero');
  return a / b;
}

function setter(): void {
  answer.set(divide(1, 0));
}

function waiter(): void {
  try {
    console.log('The answer is', answer.get());
  } catch (error) {
    console.log('No answer:', (error as Error).message);
  }
}

joinAll([spawn(setter), spawn(waiter), spawn(waiter)]);
