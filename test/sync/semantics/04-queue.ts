import { type Greenlet, GreenletExit, joinAll, sleep, spawn } from 'greenlets';
import { Empty, Full, Queue, StopIteration } from 'greenlets/queue';
import { print, repr } from './python.ts';

// gevent shows an address and its deque.
const fmt = (q: Queue) =>
  String(q)
    .replace('<Queue', '<Queue at 0xID')
    .replace(/queue=(\[.*?\])/, (_, items) => `queue=deque(${repr(JSON.parse(items))})`);
const show = (q: Queue) => print(fmt(q));
print('-- getters are FIFO; a put with waiting getters schedules ONE unlock callback');
let q = new Queue();
function getter(n: unknown) {
  const item = q.get();
  print('getter', n, 'got', item);
}
let gs: Greenlet[] = [0, 1, 2].map((i) => spawn(getter, i));
sleep(0);
show(q);
for (let i = 0; i < 3; i++) q.put(`item${i}`);
print('3 puts done, qsize', q.qsize(), fmt(q));
spawn(print, 'spawned after the puts');
joinAll(gs);
sleep(0);
print('-- an item can be stolen between put and the wake-up');
q = new Queue();
let g: Greenlet = spawn(getter, 'parked');
sleep(0);
q.put('x');
print('stolen by main:', q.get());
sleep(0);
print('parked still waiting:', !g.ready(), fmt(q));
q.put('y');
g.join();
print('-- bounded: putters FIFO; item enters the queue when the putter is unlocked');
q = new Queue(1);
function putter(n: number) {
  q.put(n);
  print('putter', n, 'returned; qsize', q.qsize());
}
gs = [0, 1, 2].map((i) => spawn(putter, i));
sleep(0);
sleep(0);
show(q);
for (let i = 0; i < 3; i++) {
  print('main get ->', q.get());
  sleep(0);
}
joinAll(gs);
print('-- both a putter and a getter: order within one unlock: putter first, then getter');
q = new Queue(1);
q.put('first');
function p() {
  q.put('second');
  print('putter resumed');
}
function g_() {
  const item = q.get();
  print('getter got', item);
}
const gp = spawn(p);
sleep(0);
joinAll([gp, spawn(g_), spawn(g_)]);
print('-- timeouts');
function attempt(fn: () => unknown) {
  try {
    fn();
  } catch (e) {
    if (e instanceof Empty) print('Empty', repr(e));
    else if (e instanceof Full) print('Full', repr(e));
    else throw e;
  }
}
q = new Queue(1);
attempt(() => q.get({ timeout: 0.01 }));
attempt(() => q.get({ block: false }));
q.put(1);
attempt(() => q.put(2, { timeout: 0.01 }));
attempt(() => q.putNowait(2));
print(q.peek(), q.get(), q.empty(), q.full());
print('-- a killed getter leaves the list');
q = new Queue();
g = spawn(() => q.get());
sleep(0);
show(q);
g.kill();
show(q);
const value = (of: Greenlet) =>
  of.value instanceof GreenletExit ? 'GreenletExit()' : repr(of.value);
print('-- the getter that was scheduled and then killed before it ran: item is not lost');
q = new Queue();
g = spawn(() => q.get());
sleep(0);
q.put('z');
g.kill(undefined, { block: false });
sleep(0);
sleep(0);
print('ready', g.ready(), 'value', value(g), 'qsize', q.qsize());
print('-- same but kill first, then put');
q = new Queue();
g = spawn(() => q.get());
sleep(0);
g.kill(undefined, { block: false });
q.put('z');
sleep(0);
sleep(0);
print('ready', g.ready(), 'value', value(g), 'qsize', q.qsize());
print('-- iteration ends at StopIteration');
q = new Queue();
for (const x of [1, 2, StopIteration]) q.put(x);
const all: unknown[] = [];
for (const x of q) all.push(x);
print(all, q.qsize(), Boolean(new Queue()));
