// What can be seen of each parked greenlet: only the user's own line. Left out: the names of gevent's own functions.
import { basename } from 'node:path';
import { Greenlet, idle, joinAll, runCallback, sleep, spawn } from 'greenlets';
import { AsyncResult, Event } from 'greenlets/event';
import { RLock, Semaphore } from 'greenlets/lock';
import { Queue } from 'greenlets/queue';
import { select } from 'greenlets/select';
import { socketpair } from 'greenlets/socket';
import { print } from './python.ts';

const [ev, ar, q, q1, sem, rl] = [
  new Event(),
  new AsyncResult(),
  new Queue(),
  new Queue(1, [0]),
  new Semaphore(0),
  new RLock(),
];
rl.acquire();
const [a] = socketpair();
const long = spawn(sleep, 100);
const ways: Record<string, () => unknown> = {
  'sleep(1)': () => sleep(1),
  'sleep(0)': () => sleep(0),
  'Event.wait': () => ev.wait(),
  'AsyncResult.get': () => ar.get(),
  'Queue.get': () => q.get(),
  'Queue.put': () => q1.put(1),
  'Semaphore.acquire': () => sem.acquire(),
  'RLock.acquire': () => rl.acquire(),
  'Greenlet.join': () => long.join(),
  'Greenlet.get': () => long.get(),
  joinall: () => joinAll([long]),
  'socket.recv': () => a.recv(1),
  select: () => select([a], [], [], 5),
  idle: () => idle(),
};
const gs = Object.entries(ways).map(([name, way]) => [name, Greenlet.spawn(way)] as const);
runCallback(() => {
  for (const [name, g] of gs) {
    const files = g.stack().map((line) => basename(line.replace(/:\d+:\d+\)$/, '')));
    print(name.padEnd(18), files.join(' < '));
  }
});
sleep(0);
