// A deadlock: each of two greenlets holds what the other one waits for.
import { joinAll, LoopExit, sleep, spawn } from 'greenlets';
import { Semaphore } from 'greenlets/lock';

const fork = new Semaphore(1);
const knife = new Semaphore(1);

function eat(first: Semaphore, second: Semaphore): void {
  first.acquire();
  // Gives the other one time to take the first thing, too.
  sleep(0);
  second.acquire();
  console.log('Somebody eats.');
  second.release();
  first.release();
}

const ann = spawn(eat, fork, knife);
const bob = spawn(eat, knife, fork);
ann.name = 'ann';
bob.name = 'bob';

try {
  joinAll([ann, bob]);
} catch (error) {
  if (!(error instanceof LoopExit)) throw error;
  // Nothing can ever run again, so main gets this error, which tells why.
  console.log(`${error.name}: ${error.message.split('\n')[0]}`);
  for (const { greenlets } of error.deadlocks) {
    console.log(`In a circle: ${greenlets.map((each) => each.name).join(', ')}`);
  }
}
