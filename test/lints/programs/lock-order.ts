/** Two greenlets take two locks in opposite order, while another one goes on. */
import { sleep, spawn } from 'greenlets';
import { Semaphore } from 'greenlets/lock';

const left = new Semaphore();
const right = new Semaphore();

function take(first: Semaphore, second: Semaphore): void {
  first.acquire();
  sleep(0.01);
  second.acquire(); // @deadlock
  second.release();
  first.release();
}

spawn(take, left, right);
spawn(take, right, left);
sleep(0.1);
console.log('main is done');
