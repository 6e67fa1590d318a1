// wait 把 greenlet 挂起，直到事件触发，期间毫无开销。
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
