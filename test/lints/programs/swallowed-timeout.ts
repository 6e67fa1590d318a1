/** A time limit is caught where only errors of the work were meant. */
import { sleep, spawn } from 'greenlets';
import { Event } from 'greenlets/event';
import { Timeout } from 'greenlets/timeout';

const data = new Event();

function read(): void {
  for (let tries = 0; tries < 2; tries++) {
    try {
      data.wait(); // @late
      return;
    } catch {
      console.log('once more');
    }
  }
}

function late(): void {
  sleep(0.4);
  data.set();
}

spawn(late);
const limit = Timeout.startNew(0.05);
try {
  read();
} finally {
  limit.cancel();
}
