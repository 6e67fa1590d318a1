/** Nothing is wrong: workers wait for work in a loop, and there is none left when the program ends. */
import { sleep, spawn } from 'greenlets';
import { Event } from 'greenlets/event';
import { Queue } from 'greenlets/queue';

const tasks = new Queue<number>();
const bell = new Event();

function work(): void {
  for (;;) {
    tasks.get();
    sleep(0.01);
    tasks.taskDone();
  }
}

function answer(): void {
  for (;;) {
    bell.wait();
    bell.clear();
  }
}

for (let i = 0; i < 4; i++) tasks.put(i);
spawn(work);
spawn(work);
spawn(answer);
tasks.join();
bell.set();
sleep(0.01);
