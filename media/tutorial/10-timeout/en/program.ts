// A time limit: an error that the clock throws into a greenlet that waits too long.
import { sleep, spawn, Timeout } from 'greenlets';

function wait(): void {
  sleep(10);
}

const seconds = 0.5;
const timeout = new Timeout(seconds);
timeout.start();

try {
  spawn(wait).join();
} catch (error) {
  // Is it ours? There may be other limits, and other errors.
  if (error !== timeout) throw error;
  console.log('Could not complete');
}
