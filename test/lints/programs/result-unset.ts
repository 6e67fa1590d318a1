/** A result is awaited that is only set where everything goes well. */
import { sleep, spawn } from 'greenlets';
import { AsyncResult } from 'greenlets/event';

const answer = new AsyncResult<number>();

function compute(input: number): void {
  sleep(0.01);
  if (input > 0) answer.set(input * 2);
}

spawn(compute, -1);
console.log(answer.get()); // @deadlock
