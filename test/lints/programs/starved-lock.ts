/** A greenlet takes a lock anew as soon as it has released it, so that nobody else comes to it. */
import { sleep, spawn } from 'greenlets';
import { Semaphore } from 'greenlets/lock';

const lock = new Semaphore();

function greedy(): void {
  for (let i = 0; i < 130; i++) {
    lock.acquire();
    sleep(0.02);
    lock.release();
  }
}

function modest(): void {
  lock.acquire(); // @starvation
  console.log('at last');
  lock.release();
}

const greediest = spawn(greedy);
spawn(modest).join(5);
greediest.join();
