import { sleep, spawn } from 'greenlets';
import { Event } from 'greenlets/event';

const go = new Event();

function worker() {
  go.wait();
}

for (let i = 0; i < 10_000; i++) spawn(worker);
sleep(0); // main yields
// biome-ignore lint/suspicious/noDebugger: the test stops here.
debugger; // all wait
go.set();
