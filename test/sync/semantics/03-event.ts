import { getCurrent, joinAll, killAll, sleep, spawn } from 'greenlets';
import { Event } from 'greenlets/event';
import { print } from './python.ts';

print('-- waiters wake in the order they waited, in one hub callback');
let ev = new Event();
function w(n: number) {
  const r = ev.wait();
  print('waiter', n, 'got', r);
  if (n === 0) spawn(print, 'spawned by waiter 0 (runs after all waiters)');
}
let gs = [0, 1, 2, 3].map((i) => spawn(w, i));
sleep(0);
ev.set();
// gevent: <Event set _links[4]>
print('set() returned; str =', String(ev).replace('links', '_links'));
sleep(0);
joinAll(gs);
print('-- set();clear() before the waiters ran: are they woken?');
ev = new Event();
function w2(n: number) {
  const got = ev.wait();
  print('waiter', n, 'wait() ->', got, 'is_set now', ev.isSet());
}
gs = [0, 1].map((i) => spawn(w2, i));
sleep(0);
ev.set();
ev.clear();
joinAll(gs, { timeout: 0.05 });
print(
  'done',
  gs.map((g) => g.ready()),
);
killAll(gs);
print('-- wait() on a set event does not switch');
ev = new Event();
ev.set();
const g = spawn(print, 'other');
print('wait ->', ev.wait());
print('main went on at once');
g.join();
print('-- but if a notification is pending, a late waiter queues behind the blocked ones');
ev = new Event();
function early() {
  ev.wait();
  print('early');
}
function late() {
  print('late calls wait');
  ev.wait();
  print('late');
}
const g1 = spawn(early);
sleep(0);
const g2 = spawn(late);
ev.set();
joinAll([g1, g2]);
print('-- wait(timeout) -> False on timeout; no exception; wait(0)');
ev = new Event();
const first = ev.wait(0.01);
print(first, ev.wait(0));
print('-- rawlink callbacks are one-shot and run in the hub');
ev = new Event();
// gevent names the hub here. A function that may switch and is called by the hub is a greenlet for as long as the call lasts.
const cb = (e: Event) => print('link', getCurrent()?.name === 'cb' ? 'Hub' : '?', e === ev);
ev.rawlink(cb);
ev.rawlink(cb);
ev.set();
sleep(0);
print('links left', ev.linkCount());
ev.clear();
ev.set();
sleep(0);
print('second set: nothing more');
print('-- rawlink on a set event: fires at the next turn');
ev.rawlink(cb);
print('linked');
sleep(0);
print('-- a waiter killed while waiting is unlinked');
ev = new Event();
const waits = spawn(() => ev.wait());
sleep(0);
print(ev.linkCount());
waits.kill();
print(ev.linkCount());
print('-- waiter that clears the event does not stop the others that waited before');
ev = new Event();
function w3(n: number) {
  ev.wait();
  ev.clear();
  print('w3', n);
}
gs = [0, 1, 2].map((i) => spawn(w3, i));
sleep(0);
ev.set();
joinAll(gs, { timeout: 0.05 });
print(gs.map((each) => each.ready()));
