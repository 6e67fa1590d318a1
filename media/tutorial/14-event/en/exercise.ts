// The runners look at the event again and again. Let them wait for it instead: the history will be short.
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
  while (!go.isSet()) sleep(0.01);
  console.log(name, 'runs');
}

joinAll([spawn(starter), spawn(runner, 'Ann'), spawn(runner, 'Bob'), spawn(runner, 'Eve')]);
