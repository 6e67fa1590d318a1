import {
  Greenlet,
  GreenletExit,
  getCurrent,
  getHub,
  joinAll,
  sleep,
  spawn,
  Timeout,
  withTimeout,
} from 'greenlets';
import { Pool } from 'greenlets/pool';
import { Empty, Queue } from 'greenlets/queue';
import { print, repr } from './python.ts';

const hub = getHub();
class ValueError extends Error {
  name = 'ValueError';
}
class KeyError extends Error {
  name = 'KeyError';
}
function compute(seconds: number) {
  const t = hub.now();
  while (hub.now() - t < seconds);
}
function grab(f: () => string) {
  let printed = false;
  hub.handleError = () => {
    printed = true;
  };
  const r = f();
  return `('${r}', ${printed ? 'True' : 'False'})`;
}
function bad() {
  throw new ValueError('x');
}
function a() {
  const g = spawn(bad);
  g.linkException(() => {});
  g.join();
  return 'link_exception';
}
function b() {
  const g = spawn(bad);
  try {
    g.get();
  } catch {}
  return 'get() by somebody';
}
print('printed although it is observed:', grab(a), grab(b));
hub.handleError = () => {};
const bye: Greenlet = spawn(() => {
  throw new GreenletExit('bye');
});
bye.join();
print(
  'raise GreenletExit(x): value',
  repr(bye.value),
  'get',
  repr(bye.get()),
  'ok',
  bye.successful(),
);
function selfGet() {
  try {
    getCurrent()?.get({ timeout: 0.01 });
  } catch (e) {
    if (e instanceof Timeout) return 'get() on myself times out';
  }
}
print(spawn(selfGet).get());
const unstarted = new Greenlet(bad);
const joined = withTimeout(0.01, () => unstarted.join(), { timeoutValue: 'timed out' });
print('join of an unstarted greenlet blocks:', joined);
print(
  '-- a greenlet that finishes wakes its parked joiner one callback later: what it spawned before its end runs first',
);
let out: unknown[] = [];
const push = (text: string) => out.push(text);
function f() {
  sleep(0);
  spawn(push, 'spawned by f');
  out.push('f ends');
}
const g = spawn(f);
const j = spawn(() => {
  g.join();
  out.push('joiner');
});
joinAll([g as Greenlet, j]);
print(out);
print(
  '-- Pool: a blocked spawner resumes two callbacks after the end (links callback, then semaphore callback)',
);
out = [];
const p = new Pool(1);
function job() {
  out.push('job ends');
  spawn(() => {
    out.push('cb1');
    spawn(() => {
      out.push('cb2');
      spawn(push, 'cb3');
    });
  });
}
function spawner() {
  p.spawn(job);
  p.spawn(push, '2nd job');
  out.push('spawner resumed');
}
spawn(spawner).join();
p.join();
print(out);
print(
  '-- Queue.get(timeout) with an item put exactly when the timer is due: the item wins if the put came first',
);
const q = new Queue<string>();
function get() {
  try {
    return q.get({ timeout: 0.01 });
  } catch (e) {
    if (e instanceof Empty) return 'Empty';
  }
}
const getter = spawn(get);
sleep(0);
compute(0.02);
q.put('item');
print(getter.get());
print('-- nested kill: a killed greenlet that kills another in its finally');
out = [];
function v() {
  try {
    sleep(9);
  } finally {
    out.push('v');
  }
}
function k(other: Greenlet) {
  try {
    sleep(9);
  } finally {
    other.kill();
    out.push('k');
  }
}
const o: Greenlet = spawn(v);
const x = spawn(k, o);
sleep(0);
x.kill();
print(out);
print('-- exception in a with Timeout body is not touched; timer cancelled');
try {
  new Timeout(0.01).run(() => {
    throw new KeyError('body');
  });
} catch (e) {
  print(repr(e));
  sleep(0.02);
  print('no late timeout');
}
print(
  '-- two Timeouts due in the same pass: the first is thrown; if it is caught the second is thrown at the next wait',
);
const t1 = new Timeout(0.005);
const t2 = new Timeout(0.006);
t1.start();
t2.start();
compute(0.02);
const seen: string[] = [];
for (let i = 0; i < 3; i++) {
  try {
    // Longer than in gevent's program: a slow machine must not finish the sleep before it looks for timers.
    sleep(0.05);
    seen.push('slept');
  } catch (e) {
    seen.push(e === t1 ? 't1' : 't2');
  }
}
print(seen);
