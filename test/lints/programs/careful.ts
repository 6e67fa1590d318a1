/** Nothing is wrong: kills end greenlets that clean up, limits are caught by those who set them, locks change hands in time. */
import { GreenletExit, joinAll, sleep, spawn } from 'greenlets';
import { Event } from 'greenlets/event';
import { Semaphore } from 'greenlets/lock';
import { Queue } from 'greenlets/queue';
import { Timeout } from 'greenlets/timeout';

const jobs = new Queue<number>();
const lock = new Semaphore();

function cleansUp(): void {
  try {
    jobs.get();
  } finally {
    sleep(0.01);
    sleep(0.01);
  }
}

function obeys(): string {
  try {
    jobs.get();
  } catch (error) {
    if (!(error instanceof GreenletExit)) throw error;
  }
  return 'bye';
}

function retries(): void {
  for (let tries = 0; tries < 3; tries++) {
    const limit = Timeout.startNew(0.02);
    try {
      new Event().wait();
    } catch (error) {
      if (error !== limit) throw error;
    } finally {
      limit.cancel();
    }
  }
}

function shares(): void {
  for (let i = 0; i < 5; i++) {
    lock.acquire();
    sleep(0.01);
    lock.release();
    sleep(0);
  }
}

const killed = [spawn(cleansUp), spawn(obeys)];
const others = [spawn(retries), spawn(shares), spawn(shares)];
sleep(0.05);
for (const each of killed) each.kill();
joinAll([...others, ...killed]);
