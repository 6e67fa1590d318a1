// Left out: reprs with addresses, truth values, loop, parent, gr_frame, minimal_ident (here `id`, never used again), `with greenlet`.
import { Greenlet, getHub, sleep, spawn, spawnLater, spawnRaw } from 'greenlets';
import { print, repr } from './python.ts';

getHub().handleError = () => {};
function st(g: Greenlet) {
  return `started=${repr(g.started)} ready=${repr(g.ready())} successful=${repr(g.successful())} dead=${repr(g.dead)} value=${repr(g.value)} exception=${repr(g.exception)}`;
}
function f(x: number) {
  sleep(0);
  return x;
}
let g: Greenlet = new Greenlet(f, 1);
print('new      ', st(g));
g.start();
print('started  ', st(g));
sleep(0);
print('running  ', st(g), '(parked in sleep(0))');
sleep(0);
print('finished ', st(g));
g.start();
print('start() again: no-op', st(g));
g = spawn(() => {
  throw new RangeError('x');
});
g.join();
print('failed   ', st(g));
g = spawn(sleep, 1);
sleep(0);
g.kill();
print('killed   ', st(g));
print('start() twice before run: runs once');
const n: number[] = [];
const h = spawn(() => n.push(1));
h.start();
h.join();
sleep(0);
print(n);
class Sub extends Greenlet<number> {
  override run(k = 5) {
    return k;
  }
}
const s = new Sub();
s.start();
print('subclass', s.get());
const s2 = new Sub();
s2.start();
print(s2.get());
const attempt = (fn: () => unknown) => {
  try {
    fn();
  } catch (e) {
    return e as Error;
  }
};
print(
  'TypeError',
  attempt(() => new Greenlet(5 as never)),
);
const bare = spawn as () => Greenlet;
print('spawn() with no function is allowed: runs the default _run ->', bare().get());
print('spawn_later(1):', attempt(() => (spawnLater as (s: number) => void)(1))?.name);
print('spawn_raw:', attempt(() => spawnRaw(5 as never))?.name);
