// All work is done 来得太早。队列会数放进来、还没报告做完的任务；这里缺两个调用。
import { sleep, spawn } from 'greenlets';
import { Queue } from 'greenlets/queue';

const tasks = new Queue<number>();

function worker(name: string): void {
  for (;;) {
    const task = tasks.get();
    sleep(0.05);
    console.log(`Worker ${name} has done task ${task}`);
  }
}

for (let i = 1; i <= 4; i++) tasks.put(i);
spawn(worker, 'steve');
spawn(worker, 'john');

console.log('All work is done');
