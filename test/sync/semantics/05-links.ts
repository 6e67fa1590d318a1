// Left out: the report of the error (a test of its own), the class of the greenlet that a link runs in.
import { type Greenlet, getHub, joinAll, sleep, spawn } from 'greenlets';
import { print } from './python.ts';

print(
  '-- rawlink/link/join/link_value/link_exception: one FIFO list, all in one hub callback after the greenlet ends',
);
function f() {
  sleep(0);
  print('f ends');
  return 42;
}
let g: Greenlet = spawn(f);
g.rawlink((s) => print('rawlink1', s.value));
g.link(() => print('link1'));
function joiner(n: number) {
  g.join();
  print('joiner', n);
}
const js = [0, 1].map((i) => spawn(joiner, i));
sleep(0); // the joiners link here (after f parked itself in sleep(0))
g.rawlink(() => print('rawlink2'));
g.linkValue(() => print('link_value'));
g.linkException(() => print('link_exception (must not print)'));
spawn(print, 'unrelated spawned before f ends');
joinAll(js);
print('has_links', g.hasLinks());
print('-- link after death: called at the next turn');
g.rawlink((s) => print('late rawlink', s.value));
print('linked');
sleep(0);
print('-- a raising rawlink is reported and the rest still run');
getHub().handleError = (context, error) =>
  print((context as { name: string }).name, 'failed with', error);
g = spawn(() => 1);
function bad() {
  throw new RangeError('bad link');
}
g.rawlink(bad);
g.rawlink(() => print('after bad'));
g.join();
sleep(0);
print('-- failing greenlet');
getHub().handleError = () => {};
g = spawn(() => {
  throw new RangeError('k');
});
g.linkValue(() => print('link_value (must not print)'));
g.linkException((s) => print('link_exception', s.exception));
g.link((s) => print('link', s.successful()));
g.join();
print('-- unlink; equality of link(): unlink by the callback itself');
const cb = () => print('must not run');
g = spawn(() => 1);
g.link(cb);
g.rawlink(cb);
g.unlink(cb);
g.unlink(cb);
print('has_links', g.hasLinks());
g.join();
print('-- a link that links again: same pass');
g = spawn(() => 1);
g.rawlink((s) => {
  print('first');
  s.rawlink(() => print('added by first'));
});
g.rawlink(() => print('second'));
g.join();
sleep(0);
print('-- order of link callbacks versus greenlets spawned by the dying greenlet');
function f2() {
  spawn(print, 'child of f2');
  return 1;
}
g = spawn(f2);
g.rawlink(() => print('f2 link'));
g.join();
sleep(0);
