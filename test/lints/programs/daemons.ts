/** Nothing is wrong: what is left over at the end is reached by somebody who sleeps, or has a time limit. */
import { sleep, spawn } from 'greenlets';
import { Event } from 'greenlets/event';
import { Queue } from 'greenlets/queue';

const jobs = new Queue<number>();
const done = new Event();

function feed(): void {
  for (;;) {
    sleep(0.02);
    jobs.put(1);
  }
}

function work(): void {
  for (;;) jobs.get();
}

function give(): void {
  done.wait(60);
}

spawn(feed);
spawn(work);
spawn(give);
sleep(0.05);
