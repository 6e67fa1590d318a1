// Three ways to give a wait a time limit.
import { sleep, spawn, Timeout, withTimeout } from 'greenlets';

function wait(): void {
  sleep(2);
}

// A limit of our own: from here on it runs, whatever we wait for.
const timer = Timeout.startNew(0.1);
const thread1 = spawn(wait);
try {
  thread1.join();
} catch (error) {
  if (error !== timer) throw error;
  console.log('Thread 1 timed out');
}

// get has a limit among its options, and throws when that is over.
const thread2 = spawn(wait);
try {
  thread2.get({ timeout: 0.1 });
} catch (error) {
  if (!(error instanceof Timeout)) throw error;
  console.log('Thread 2 timed out');
}

// Around a whole function: the limit is made, started and cancelled for us.
try {
  withTimeout(0.1, wait);
} catch (error) {
  if (!(error instanceof Timeout)) throw error;
  console.log('Thread 3 timed out');
}
