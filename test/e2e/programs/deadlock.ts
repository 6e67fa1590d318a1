import { joinAll, sleep, spawn } from 'greenlets';
import { Event } from 'greenlets/event';
import { Semaphore } from 'greenlets/lock';

const left = new Semaphore(1);
const right = new Semaphore(1);
const go = new Event();

function first() {
  left.acquire();
  sleep(0);
  right.acquire(); // first waits
}

function second() {
  right.acquire();
  sleep(0);
  left.acquire(); // second waits
}

function reader() {
  go.wait(); // reader waits
}

const all = [spawn(first), spawn(second), spawn(reader)]; // spawned
joinAll(all); // main waits
