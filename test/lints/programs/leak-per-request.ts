/** Each request leaves a greenlet behind, which waits for an event that only it knows; a ticker still runs when the program ends. */
import { sleep, spawn } from 'greenlets';
import { Event } from 'greenlets/event';

function handle(request: number): number {
  const cancelled = new Event();
  spawn(watch, cancelled);
  sleep(0.01);
  return request;
}

function watch(cancelled: Event): void {
  cancelled.wait(); // @leak
  console.log('cancelled');
}

function tick(): void {
  for (;;) sleep(0.05);
}

spawn(tick);
for (let i = 0; i < 5; i++) handle(i);
