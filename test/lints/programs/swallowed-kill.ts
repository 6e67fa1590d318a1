/** A worker catches every error, also the one that is to end it. */
import { sleep, spawn } from 'greenlets';
import { Queue } from 'greenlets/queue';

const jobs = new Queue<number>();

function work(): void {
  for (;;) {
    try {
      console.log(1 / jobs.get()); // @killed
    } catch (error) {
      console.log(`job failed: ${error}`);
    }
  }
}

const worker = spawn(work);
sleep(0.01);
worker.kill(undefined, { timeout: 0.3 });
