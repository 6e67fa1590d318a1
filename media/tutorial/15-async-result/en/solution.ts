// setException wakes those who wait: get throws that error in each of them.
import { joinAll, sleep, spawn } from 'greenlets';
import { AsyncResult } from 'greenlets/event';

const answer = new AsyncResult<number>();

function divide(a: number, b: number): number {
  sleep(0.1);
  if (b === 0) throw new Error('division by zero');
  return a / b;
}

function setter(): void {
  try {
    answer.set(divide(1, 0));
  } catch (error) {
    answer.setException(error);
  }
}

function waiter(): void {
  try {
    console.log('The answer is', answer.get());
  } catch (error) {
    console.log('No answer:', (error as Error).message);
  }
}

joinAll([spawn(setter), spawn(waiter), spawn(waiter)]);
