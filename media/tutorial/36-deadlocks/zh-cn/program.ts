// 死锁：两个 greenlet 各自占着对方等待的东西。
import { joinAll, LoopExit, sleep, spawn } from 'greenlets';
import { Semaphore } from 'greenlets/lock';

const fork = new Semaphore(1);
const knife = new Semaphore(1);

function eat(first: Semaphore, second: Semaphore): void {
  first.acquire();
  // 给对方时间，让他也拿起第一样。
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
  // 再也没有东西能运行了，于是 main 得到这个错误，它说明了原因。
  console.log(`${error.name}: ${error.message.split('\n')[0]}`);
  for (const { greenlets } of error.deadlocks) {
    console.log(`In a circle: ${greenlets.map((each) => each.name).join(', ')}`);
  }
}
