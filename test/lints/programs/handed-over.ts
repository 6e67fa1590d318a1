/** Nothing is wrong: a semaphore is a signal, which one greenlet waits for and another gives. */
import { sleep, spawn } from 'greenlets';
import { Semaphore } from 'greenlets/lock';

const turn = new Semaphore(1);

function later(): void {
  sleep(1.5);
  turn.release();
}

turn.acquire();
spawn(later);
turn.acquire();
