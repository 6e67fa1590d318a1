import { Greenlet, getHub, iwait, joinAll, sleep, spawn, spawnLater, wait } from 'greenlets';
import { AsyncResult, Event } from 'greenlets/event';
import { Semaphore } from 'greenlets/lock';
import { print, repr } from './python.ts';

function f(n: unknown, d: number) {
  sleep(d);
  return n;
}
const mk = () => [spawn(f, 'slow', 0.06), spawn(f, 'fast', 0.02), spawn(f, 'mid', 0.04)];
const values = (list: Iterable<Greenlet>) => Array.from(list, (g) => g.value);
print('joinall returns in COMPLETION order:', values(joinAll(mk())));
let gs: Greenlet[] = mk();
const seen: unknown[] = [];
for (const g of iwait(gs)) seen.push(g.value);
print('iwait:', seen);
gs = mk();
print('wait count=2:', values(wait(gs, { count: 2 })));
joinAll(gs);
gs = mk();
print('joinall timeout=.03:', values(joinAll(gs, { timeout: 0.03 })));
joinAll(gs);
gs = mk();
joinAll(gs);
print('all ready already -> order of the argument:', values(joinAll(gs)));
gs = mk();
gs[2].join();
print('mixed ready/unready:', values(joinAll([gs[0], gs[2], gs[1]])));
const none: unknown[] = [];
for (const each of iwait([] as Greenlet[])) none.push(each);
print('empty:', joinAll([]), none);
gs = mk();
print('same greenlet twice:', values(joinAll([gs[0], gs[0], gs[1]], { timeout: 0.2 })));
getHub().handleError = () => {};
class ValueError extends Error {
  name = 'ValueError';
}
function bad() {
  sleep(0.01);
  throw new ValueError('bad');
}
gs = [spawn(bad), spawn(f, 'x', 0.03)];
// Python prints the list of these texts, one of which has quotes of its own.
const texts = joinAll(gs).map((g) => repr(g.exception));
print('no raise_error:', `["${texts[0]}", '${texts[1]}']`);
gs = [spawn(bad), spawn(f, 'x', 0.03)];
try {
  joinAll(gs, { raiseError: true });
} catch (e) {
  print('raise_error raised', repr(e), '| the other one is still running:', !gs[1].ready());
}
joinAll(gs);
print(
  'not started greenlet + joinall(timeout):',
  joinAll([new Greenlet(f, 'n', 0)], { timeout: 0.02 }),
);
const ev = new Event();
const ar = new AsyncResult();
const sem = new Semaphore(0);
spawnLater(0.03, () => ev.set());
spawnLater(0.01, () => ar.set(5));
spawnLater(0.02, () => sem.release());
const mixed = wait<Event | AsyncResult | Semaphore>([ev, ar, sem]).map((o) => o.constructor.name);
print('wait on mixed:', mixed, 'semaphore not acquired, counter', sem.counter);
const t = getHub().now();
spawn(f, 1, 0.05);
const empty = wait();
const elapsed = getHub().now() - t;
// How much later it is than that says something about the machine only.
print('wait() with no objects waits for the whole loop:', empty, elapsed < 0.05 ? elapsed : 0.05);
spawn(f, 1, 0.05);
const early = wait(undefined, { timeout: 0.01 });
print('wait(timeout=.01) ->', early, '; wait() ->', wait());
print('-- greenlets that finish in the same turn: order = order they finished');
gs = ['a', 'b', 'c'].map((n) => spawn(f, n, 0));
print(values(joinAll([...gs].reverse())));
