import { Greenlet, getHub, sleep, spawn } from 'greenlets';
import { Pool, PoolFull } from 'greenlets/pool';
import { print, repr } from './python.ts';

class ValueError extends Error {
  name = 'ValueError';
}
function list<T>(iterable: Iterable<T>): T[] {
  const all: T[] = [];
  for (const each of iterable) all.push(each);
  return all;
}
print('-- spawn blocks when full, in FIFO order of the spawners');
let p = new Pool(2);
function job(n: number) {
  print('job', n, 'starts; len', p.length, 'free', p.freeCount(), 'full', p.full());
  sleep(0);
  print('job', n, 'ends');
}
for (let i = 0; i < 4; i++) {
  print('main spawn', i);
  p.spawn(job, i);
}
print('main: all spawned');
p.join();
print('joined, len', p.length);
print('-- the slot is given back by a rawlink (one hub turn after the end), not at the end itself');
p = new Pool(1);
function quick() {}
const ended = p.spawn(quick);
sleep(0);
print('ended', ended.ready(), 'len', p.length);
sleep(0);
print('one more turn: len', p.length);
print('-- non-blocking add/start: PoolFull');
p = new Pool(1);
p.spawn(sleep, 0.05);
try {
  p.start(new Greenlet(quick), { blocking: false });
} catch (e) {
  if (e instanceof PoolFull) print('PoolFull', Object.getPrototypeOf(PoolFull).name, repr(e));
}
try {
  p.start(new Greenlet(quick), { timeout: 0.01 });
} catch (e) {
  if (e instanceof PoolFull) print('PoolFull after the timeout');
}
print('wait_available(timeout=.01) ->', p.waitAvailable(0.01));
print('wait_available() ->', p.waitAvailable());
p.join();
print('-- map keeps order; imap ordered; imap_unordered by completion');
p = new Pool(3);
function s(d: number) {
  sleep(d / 100);
  return d;
}
print(p.map(s, [3, 1, 2]));
print(list(p.imap(s, [3, 1, 2])));
print(list(p.imapUnordered(s, [3, 1, 2])));
const pairs = list(p.imap((a: number, b: string) => [a, b], [1, 2, 3], 'ab'));
print(`[${pairs.map(([a, b]) => `(${repr(a)}, ${repr(b)})`).join(', ')}]`);
print('-- map with a failing job: the first exception in ARGUMENT order is raised');
getHub().handleError = () => {};
function bad(d: number) {
  sleep(d / 100);
  if (d === 2 || d === 3) throw new ValueError(String(d));
  return d;
}
try {
  p.map(bad, [1, 3, 2]);
} catch (e) {
  print('map raised', e);
}
function outcomes(it: Iterator<unknown>) {
  const out: unknown[] = [];
  for (;;) {
    try {
      const { done, value } = it.next();
      if (done) return out;
      out.push(value);
    } catch (e) {
      out.push(`E${(e as Error).message}`);
    }
  }
}
print('imap_unordered', outcomes(p.imapUnordered(bad, [1, 3, 2])));
print('imap', outcomes(p.imap(bad, [1, 3, 2])));
print('-- apply / apply_async / map_async');
print(p.apply(s, [1]));
const applied = p.applyAsync(s, [1], (v) => print('cb', v));
// Python evaluates the arguments of print first, so that `cb 1` comes before the line: so does JavaScript.
print(applied instanceof Greenlet ? 'Greenlet' : '?', applied.get());
sleep(0);
print(p.mapAsync(s, [2, 1], (v) => print('map cb', v)).get());
print('-- join(timeout), join(raise_error), kill');
p = new Pool(2);
p.spawn(sleep, 0.05);
print('join(.01) ->', p.join({ timeout: 0.01 }));
print('join() ->', p.join());
p.spawn(bad, 2);
try {
  p.join({ raiseError: true });
} catch (e) {
  print('join raised', e);
}
p = new Pool(2);
for (let i = 0; i < 2; i++) p.spawn(sleep, 10);
const w = spawn(() => p.spawn(print, 'blocked spawner ran'));
sleep(0);
p.kill();
print('killed: len', p.length);
w.join();
print('blocked spawner got in');
p.join();
print('-- apply from a worker of the same full pool runs at once (no deadlock)');
p = new Pool(1);
print(p.spawn(() => p.apply(() => 'inline')).get());
print('-- Pool(0).full()', new Pool(0).full(), '| Pool(None).free_count()', new Pool().freeCount());
try {
  new Pool(-1);
} catch (e) {
  // A RangeError here.
  print('ValueError', (e as Error).message);
}
