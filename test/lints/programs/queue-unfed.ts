/** One more item is taken out of a queue than is put in. */
import { joinAll, sleep, spawn } from 'greenlets';
import { Queue } from 'greenlets/queue';

const jobs = new Queue<number>();

function produce(): void {
  for (let i = 0; i < 3; i++) {
    jobs.put(i);
    sleep(0.01);
  }
}

function consume(): void {
  for (let i = 0; i <= 3; i++) console.log(jobs.get()); // @deadlock
}

joinAll([spawn(produce), spawn(consume)]); // @joins
