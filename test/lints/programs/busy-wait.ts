/** A greenlet asks again and again whether a flag is set. */
import { sleep, spawn } from 'greenlets';

let isReady = false;

function poll(): void {
  while (!isReady) sleep(0); // @spins
}

const polling = spawn(poll);
sleep(1.8);
isReady = true;
polling.join();
