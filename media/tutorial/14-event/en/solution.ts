// wait parks the greenlet until the event is set, and costs nothing meanwhile.
import { joinAll, sleep, spawn } from 'greenlets';
import { Event } from 'greenlets/event';

const go = new Event();

function starter(): void {
  console.log('Ready');
  sleep(0.1);
  console.log('Go');
  go.set();
}

function runner(name: string): void {
  go.wait();
  console.log(name, 'runs');
}

joinAll([spawn(starter), spawn(runner, 'Ann'), spawn(runner, 'Bob'), spawn(runner, 'Eve')]);
