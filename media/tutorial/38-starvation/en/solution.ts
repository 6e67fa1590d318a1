// A get that finds an item returns at once: nobody else runs. Whoever has much to do must give way.
import { joinAll, sleep, spawn } from 'greenlets';
import { Queue } from 'greenlets/queue';

const jobs = new Queue<number>();
let done = 0;

function consume(): void {
  while (!jobs.empty()) {
    jobs.get();
    done++;
    sleep(0);
  }
}

function showProgress(): void {
  while (done < 6) {
    console.log(`${done} of 6 are done`);
    sleep(0);
  }
  console.log('All are done.');
}

for (let i = 0; i < 6; i++) jobs.put(i);
joinAll([spawn(showProgress), spawn(consume)]);
