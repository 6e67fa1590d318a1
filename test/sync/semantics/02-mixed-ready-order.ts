// Everything that becomes ready goes through one queue of callbacks, in the order of the calls that scheduled it.
import { getHub, joinAll, sleep, spawn } from 'greenlets';
import { AsyncResult, Event } from 'greenlets/event';
import { Semaphore } from 'greenlets/lock';
import { Queue } from 'greenlets/queue';
import { print } from './python.ts';

const ev = new Event();
const ar = new AsyncResult();
const q = new Queue();
const sem = new Semaphore(0);
function waiter(name: string, fn: () => unknown) {
  fn();
  print('woke', name);
}
function victim() {
  try {
    sleep(10);
  } finally {
    print('killed victim');
  }
}
const ws = [
  spawn(waiter, 'event#1', () => ev.wait()),
  spawn(waiter, 'event#2', () => ev.wait()),
  spawn(waiter, 'asyncresult', () => ar.get()),
  spawn(waiter, 'queue#1', () => q.get()),
  spawn(waiter, 'queue#2', () => q.get()),
  spawn(waiter, 'semaphore', () => sem.acquire()),
];
const v = spawn(victim);
sleep(0);
function driver() {
  spawn(print, 'spawned A');
  sem.release();
  q.put(1);
  spawn(print, 'spawned B');
  ar.set(1);
  ev.set();
  q.put(2);
  v.kill(undefined, { block: false });
  spawn(print, 'spawned C');
  getHub().push({
    step() {
      print('raw callback');
      return false;
    },
  });
  print('driver: all scheduled');
  sleep(0);
  print('driver: back');
}
const d = spawn(driver);
joinAll([...ws, v, d]);
