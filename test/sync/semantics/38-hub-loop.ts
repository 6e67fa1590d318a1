// What there is of gevent's `hub.loop` here: `runCallback`, and Node's own repeating timer. Its watchers are no part of Node.
import { runCallback, sleep } from 'greenlets';
import { Event } from 'greenlets/event';
import { print } from './python.ts';

const n: number[] = [];
const third = new Event();
const t = setInterval(() => {
  if (n.push(1) < 3) return;
  clearInterval(t);
  third.set();
}, 1);
third.wait();
sleep(0.005);
print('repeat timer fired', n.length);
const cb = runCallback(print, 'x');
print('callback pending', cb.pending);
cb.stop();
sleep(0);
print('stopped callback did not run');
const order: string[] = [];
setImmediate(() => order.push('check'));
runCallback(() => order.push('callback'));
sleep(0.002);
print(order);
