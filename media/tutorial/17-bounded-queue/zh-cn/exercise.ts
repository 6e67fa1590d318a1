// 这里有个 bug：老板休息回来，已经没人干活，程序以 LoopExit 告终。找出来。
import { joinAll, sleep, spawn } from 'greenlets';
import { Empty, Queue } from 'greenlets/queue';

const tasks = new Queue<number>(2);

function worker(name: string): void {
  try {
    for (;;) {
      const task = tasks.get({ timeout: 0.1 });
      console.log(`Worker ${name} got task ${task}`);
    }
  } catch (error) {
    if (!(error instanceof Empty)) throw error;
    console.log('Quitting time!');
  }
}

function boss(): void {
  for (let i = 1; i <= 3; i++) tasks.put(i);
  sleep(0.3);
  console.log('Back from the break');
  for (let i = 4; i <= 8; i++) tasks.put(i);
  console.log('Assigned all work');
}

joinAll([spawn(boss), spawn(worker, 'steve'), spawn(worker, 'john')]);
