// An empty queue does not mean that the work is over: only the boss knows that, so he says it, once for each worker.
import { joinAll, sleep, spawn } from 'greenlets';
import { Queue } from 'greenlets/queue';

const tasks = new Queue<number | 'quit'>(2);

function worker(name: string): void {
  for (;;) {
    const task = tasks.get();
    if (task === 'quit') break;
    console.log(`Worker ${name} got task ${task}`);
  }
  console.log('Quitting time!');
}

function boss(): void {
  for (let i = 1; i <= 3; i++) tasks.put(i);
  sleep(0.3);
  console.log('Back from the break');
  for (let i = 4; i <= 8; i++) tasks.put(i);
  console.log('Assigned all work');
  tasks.put('quit');
  tasks.put('quit');
}

joinAll([spawn(boss), spawn(worker, 'steve'), spawn(worker, 'john')]);
