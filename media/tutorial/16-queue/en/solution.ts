// taskDone reports a task, and join waits until all of them have been reported.
import { sleep, spawn } from 'greenlets';
import { Queue } from 'greenlets/queue';

const tasks = new Queue<number>();

function worker(name: string): void {
  for (;;) {
    const task = tasks.get();
    sleep(0.05);
    console.log(`Worker ${name} has done task ${task}`);
    tasks.taskDone();
  }
}

for (let i = 1; i <= 4; i++) tasks.put(i);
spawn(worker, 'steve');
spawn(worker, 'john');

tasks.join();
console.log('All work is done');
