// `join` in place of `joinall`, which tells gevent's main of each greenlet that ends; the output is gevent's for that.
import { type Greenlet, getCurrent, setTrace, sleep, spawn } from 'greenlets';
import { print } from './python.ts';

const names = new Map<Greenlet | undefined, string>([
  [undefined, 'hub'],
  [getCurrent(), 'main'],
]);
const log: string[][] = [];
function f(_n: number) {
  sleep(0);
}
const a = spawn(f, 1);
names.set(a, 'a');
const b = spawn(f, 2);
names.set(b, 'b');
const c = spawn(sleep, 10);
names.set(c, 'c');
const old = setTrace((event, { origin, target }) => {
  log.push([event, names.get(origin) ?? '?', names.get(target) ?? '?']);
});
a.join();
b.join();
c.kill();
setTrace(old);
for (const e of log) print(...e);
