import { type Greenlet, joinAll, sleep, spawn } from 'greenlets';
import { BoundedSemaphore, DummySemaphore, RLock, Semaphore } from 'greenlets/lock';
import { print } from './python.ts';

print('-- FIFO waiters');
let s = new Semaphore(0);
function w(n: unknown) {
  s.acquire();
  print('acquired', n);
}
let gs: Greenlet[] = [0, 1, 2, 3].map((i) => spawn(w, i));
sleep(0);
// gevent shows an address, and `_links`.
const shown = String(s).replace('<Semaphore', '<Semaphore at 0xID').replace('links', '_links');
print(shown, s.counter, s.locked(), s.linkCount());
s.release();
s.release();
print('2 releases, counter', s.counter);
sleep(0);
print(
  'counter',
  s.counter,
  gs.map((g) => g.ready()),
);
s.release();
s.release();
joinAll(gs);
print(
  '-- barging: release then re-acquire by the same greenlet without switching wins over the waiter',
);
s = new Semaphore(1);
s.acquire();
function waiter() {
  s.acquire();
  print('waiter got it');
  s.release();
}
let g: Greenlet = spawn(waiter);
sleep(0);
for (let i = 0; i < 3; i++) {
  s.release();
  print('main re-acquires', s.acquire({ blocking: false }));
  sleep(0);
  print('waiter ready', g.ready());
}
s.release();
g.join();
print(
  '-- acquire() never queues while counter > 0: the woken one re-acquires before the next waiter',
);
s = new Semaphore(0);
let order: string[] = [];
function a(n: string) {
  for (let i = 0; i < 2; i++) {
    s.acquire();
    order.push(n);
    s.release();
  }
}
const each = (fn: (n: string) => void) => ['x', 'y', 'z'].map((n) => spawn(fn, n));
gs = each(a);
sleep(0);
s.release();
joinAll(gs);
print(order.join(''));
// Python's `with s:` is acquire and release in a `finally` here, or `using held = s.hold()`.
function guarded(body: () => void) {
  const held = s.hold();
  try {
    body();
  } finally {
    held.release();
  }
}
print('-- with sleep(0) while holding');
s = new Semaphore(1);
order = [];
function b(n: string) {
  for (let i = 0; i < 3; i++) {
    guarded(() => {
      order.push(n);
      sleep(0);
    });
  }
}
joinAll(each(b));
print(order.join(''));
print('-- without switching while holding');
s = new Semaphore(1);
order = [];
function c(n: string) {
  for (let i = 0; i < 3; i++) guarded(() => order.push(n));
}
joinAll(each(c));
print(order.join(''));
print('-- lock handover with sleep(0) after release');
s = new Semaphore(1);
order = [];
function d(n: string) {
  for (let i = 0; i < 3; i++) {
    guarded(() => {
      order.push(n);
      sleep(0);
    });
    sleep(0);
  }
}
joinAll(each(d));
print(order.join(''));
print('-- acquire(timeout) -> False; acquire(blocking=False)');
s = new Semaphore(0);
print(s.acquire({ timeout: 0.01 }), s.acquire({ blocking: false }), s.wait(0.01));
const counter = s.release();
print(
  'release returns',
  counter,
  '; wait() returns counter without taking it',
  s.wait(),
  s.counter,
);
try {
  new BoundedSemaphore(1).release();
} catch (e) {
  print('ValueError', (e as Error).message);
}
try {
  new Semaphore(-1);
} catch (e) {
  print('ValueError', (e as Error).message);
}
print('-- RLock');
const r = new RLock();
// gevent returns 1 where the owner acquires it again; here it is true.
print(r.acquire(), Number(r.acquire()));
function other() {
  print('other try', r.acquire({ blocking: false }));
  r.acquire();
  print('other got it');
  r.release();
}
g = spawn(other);
sleep(0);
r.release();
sleep(0);
print('still mine');
r.release();
g.join();
try {
  r.release();
} catch (e) {
  // gevent names the current greenlet by its address.
  const text = (e as Error).message.replace('nobody.', 'None');
  print(
    'RuntimeError',
    text.replace(
      'main #1',
      '<greenlet.greenlet object at 0xID (otid=0xID) current active started main>',
    ),
  );
}
print(
  '-- DummySemaphore',
  new DummySemaphore().acquire(),
  new DummySemaphore().release(),
  new DummySemaphore().locked(),
);
print('-- killed waiter');
s = new Semaphore(0);
let g1: Greenlet = spawn(w, 'never');
let g2: Greenlet = spawn(w, 'second');
sleep(0);
g1.kill();
s.release();
g2.join();
print(
  '-- release() then kill(block=False) in the same turn: the notification comes first, the waiter gets the permit and ends',
);
s = new Semaphore(0);
g1 = spawn(w, 'n1');
g2 = spawn(w, 'n2');
sleep(0);
s.release();
g1.kill(undefined, { block: false });
joinAll([g1, g2], { timeout: 0.05 });
print(g1.ready(), g2.ready(), s.counter);
print(
  '-- kill(block=False) then release() in the same turn: the killed one is unlinked, the permit goes to the next one',
);
s = new Semaphore(0);
g1 = spawn(w, 'm1');
g2 = spawn(w, 'm2');
sleep(0);
g1.kill(undefined, { block: false });
s.release();
joinAll([g1, g2], { timeout: 0.05 });
print(g1.ready(), g2.ready(), s.counter);
print(
  '-- a newcomer that runs between release() and the notification takes the permit; the parked waiter stays parked',
);
s = new Semaphore(0);
g1 = spawn(w, 'parked');
sleep(0);
g2 = spawn(w, 'newcomer');
s.release();
joinAll([g1, g2], { timeout: 0.05 });
print(g1.ready(), g2.ready());
s.release();
g1.join();
