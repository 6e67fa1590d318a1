// A boss fills a queue, three workers take turns.
import { joinAll, sleep, spawn } from 'greenlets';
import { Queue } from 'greenlets/queue';

const tasks = new Queue<number>();

function worker(name: string): void {
  while (!tasks.empty()) {
    const task = tasks.get();
    console.log(`Worker ${name} got task ${task}`);
    sleep(0);
  }
  console.log('Quitting time!');
}

function boss(): void {
  for (let i = 1; i < 25; i++) tasks.putNowait(i);
}

spawn(boss).join();

joinAll([spawn(worker, 'steve'), spawn(worker, 'john'), spawn(worker, 'nancy')]);
