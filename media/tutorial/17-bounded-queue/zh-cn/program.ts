// 只能放三项的队列让老板等工人；队列空了，工人就下班。
import { joinAll, sleep, spawn } from 'greenlets';
import { Empty, Queue } from 'greenlets/queue';

const tasks = new Queue<number>(3);

function worker(name: string): void {
  try {
    for (;;) {
      const task = tasks.get({ timeout: 0.1 });
      console.log(`Worker ${name} got task ${task}`);
      sleep(0);
    }
  } catch (error) {
    if (!(error instanceof Empty)) throw error;
    console.log('Quitting time!');
  }
}

function boss(): void {
  for (let i = 1; i < 10; i++) {
    console.log(`Assigned work ${i} in iteration 1`);
    tasks.put(i);
  }
  console.log('Assigned all work in iteration 1');

  for (let i = 10; i < 20; i++) {
    console.log(`Assigned work ${i} in iteration 2`);
    tasks.put(i);
  }
  console.log('Assigned all work in iteration 2');
}

joinAll([spawn(boss), spawn(worker, 'steve'), spawn(worker, 'john'), spawn(worker, 'bob')]);
