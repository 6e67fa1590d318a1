// A race over a yield: between reading and writing somebody else writes, and that update is lost.
import { joinAll, sleep, spawn } from 'greenlets';
import { Semaphore } from 'greenlets/lock';

let visitors = 0;
const lock = new Semaphore(1);

// Looks harmless, and may switch: from outside one cannot tell.
function audit(): void {
  sleep(0);
}

function count(): void {
  const before = visitors;
  audit();
  visitors = before + 1;
}

function countLocked(): void {
  const held = lock.hold();
  try {
    count();
  } finally {
    held.release();
  }
}

joinAll([spawn(count), spawn(count), spawn(count)]);
console.log(`Without a lock: ${visitors} of 3`);

visitors = 0;
joinAll([spawn(countLocked), spawn(countLocked), spawn(countLocked)]);
console.log(`With a lock: ${visitors} of 3`);
