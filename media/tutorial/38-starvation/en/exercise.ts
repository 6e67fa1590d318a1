// A bug to find: the consumer waits for its queue all the time, and yet the progress is shown only at the end.
import { joinAll, sleep, spawn } from 'greenlets';
import { Queue } from 'greenlets/queue';

const jobs = new Queue<number>();
let done = 0;

function consume(): void {
  while (!jobs.empty()) {
    // Blocks, so others can run here. Or does it?
    jobs.get();
    done++;
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
