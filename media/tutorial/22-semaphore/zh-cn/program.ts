// 计数为二的信号量一次放两个 greenlet 进来；第三个要等到有人离开。
import { sleep } from 'greenlets';
import { BoundedSemaphore } from 'greenlets/lock';
import { Pool } from 'greenlets/pool';

const semaphore = new BoundedSemaphore(2);

function worker1(n: number): void {
  semaphore.acquire();
  console.log(`Worker ${n} acquired semaphore`);
  sleep(0);
  semaphore.release();
  console.log(`Worker ${n} released semaphore`);
}

function worker2(n: number): void {
  const held = semaphore.hold();
  try {
    console.log(`Worker ${n} acquired semaphore`);
    sleep(0);
  } finally {
    held.release();
  }
  console.log(`Worker ${n} released semaphore`);
}

const pool = new Pool();
pool.map(worker1, [0, 1]);
pool.map(worker2, [3, 4, 5]);
