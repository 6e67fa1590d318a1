/** A greenlet is made and never started. */
import { Greenlet, spawn } from 'greenlets';

function work(): string {
  return 'done';
}

const forgotten = new Greenlet(work);
spawn(work).join();
console.log(forgotten.get()); // @deadlock
