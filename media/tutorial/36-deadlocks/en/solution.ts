// Everybody takes the locks in the same order, so there can be no circle.
import { joinAll, LoopExit, sleep, spawn } from 'greenlets';
import { Semaphore } from 'greenlets/lock';

class Account {
  readonly lock = new Semaphore(1);
  readonly owner: string;
  balance = 100;

  constructor(owner: string) {
    this.owner = owner;
    this.lock.name = `account of ${owner}`;
  }
}

function transfer(from: Account, to: Account, amount: number): void {
  const [first, second] = from.owner < to.owner ? [from, to] : [to, from];
  first.lock.acquire();
  sleep(0);
  second.lock.acquire();
  from.balance -= amount;
  to.balance += amount;
  second.lock.release();
  first.lock.release();
}

const ann = new Account('ann');
const bob = new Account('bob');
try {
  joinAll([spawn(transfer, ann, bob, 30), spawn(transfer, bob, ann, 10)]);
} catch (error) {
  if (!(error instanceof LoopExit)) throw error;
  console.log('Nobody can go on.');
}
console.log(`ann ${ann.balance}, bob ${bob.balance}`);
