/** A greenlet fails while it holds a lock. */
import { joinAll, sleep, spawn } from 'greenlets';
import { Semaphore } from 'greenlets/lock';

const account = new Semaphore();
let balance = 10;

function withdraw(amount: number): void {
  account.acquire(); // @deadlock
  sleep(0.01);
  if (amount > balance) throw new Error('not enough money');
  balance -= amount;
  account.release();
}

joinAll([20, 5, 3].map((amount) => spawn(withdraw, amount))); // @joins
