/** A lock is also released where it was not acquired. */
import { joinAll, sleep, spawn } from 'greenlets';
import { Semaphore } from 'greenlets/lock';

const lock = new Semaphore();

function write(): void {
  const isMine = lock.acquire({ timeout: 0.02 });
  try {
    if (isMine) sleep(0.1);
  } finally {
    lock.release(); // @release
  }
}

joinAll([spawn(write), spawn(write)]);
