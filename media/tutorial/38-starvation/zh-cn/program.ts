// 饥饿：一个从不让出的 greenlet 会让其他所有 greenlet 都无法运行，不管有多少已经就绪。
import { joinAll, sleep, spawn } from 'greenlets';

function heartbeat(): void {
  for (let i = 1; i <= 3; i++) {
    console.log(`  heartbeat ${i}`);
    sleep(0);
  }
}

function work(part: number): void {
  let sum = 0;
  for (let i = 0; i < 1_000_000; i++) sum += i % 7;
  console.log(`part ${part} is done (${sum})`);
}

function greedy(): void {
  for (let part = 1; part <= 3; part++) work(part);
}

function fair(): void {
  for (let part = 1; part <= 3; part++) {
    work(part);
    // 一次调用，其他人就都轮到了。
    sleep(0);
  }
}

console.log('Greedy:');
joinAll([spawn(heartbeat), spawn(greedy)]);

console.log('Fair:');
joinAll([spawn(heartbeat), spawn(fair)]);
