import { getHub, joinAll, sleep, spawn } from 'greenlets';
import { AsyncResult } from 'greenlets/event';
import { print, repr, str } from './python.ts';

class ValueError extends Error {
  name = 'ValueError';
}
class ZeroDivisionError extends Error {
  name = 'ZeroDivisionError';
}
function divide() {
  throw new ZeroDivisionError('division by zero');
}
// gevent calls any AsyncResult without an exception `unset` in its text, and quotes the value; here it is plain.
function show(of: AsyncResult) {
  const links = `_links[${of.linkCount()}]`;
  if (!of.ready()) return `<AsyncResult unset  ${links}>`;
  const error = of.exception === undefined ? 'unset' : `exception=${repr(of.exception)}`;
  return `<AsyncResult value=${repr(of.value)} ${error}  ${links}>`;
}
let ar = new AsyncResult();
print(show(ar), ar.ready(), ar.successful(), ar.value, ar.exception);
function w(n: number) {
  try {
    const got = ar.get();
    print('w', n, 'got', got);
  } catch (e) {
    print('w', n, 'raised', repr(e));
  }
}
let gs = [0, 1, 2].map((i) => spawn(w, i));
sleep(0);
ar.set('v');
print('set returned', show(ar));
joinAll(gs);
ar.set('again');
print('a second set overwrites:', ar.get());
ar = new AsyncResult();
gs = [0, 1].map((i) => spawn(w, i));
sleep(0);
ar.setException(new ValueError('bad'));
joinAll(gs);
print(ar.ready(), ar.successful(), repr(ar.exception), ar.value, 'wait() ->', ar.wait(), show(ar));
ar = new AsyncResult();
try {
  ar.get({ block: false });
} catch (t) {
  print('get_nowait: Timeout', repr(str(t)));
}
try {
  ar.get({ timeout: 0.01 });
} catch (t) {
  print('get(timeout): Timeout', str(t));
}
print('wait(timeout) ->', ar.wait(0.01));
print('-- as link target');
ar = new AsyncResult();
spawn(() => 'res').link(ar);
print(ar.get());
getHub().handleError = () => {};
ar = new AsyncResult();
spawn(divide).link(ar as AsyncResult<undefined>);
try {
  ar.get();
} catch (e) {
  print(repr(e));
}
ar = new AsyncResult();
ar.set(null);
print('set(None): ready', ar.ready(), ar.get());
ar = new AsyncResult();
print('future-like:', ar.done(), ar.cancel(), ar.cancelled());
ar.setResult(3);
print(ar.result(), ar.done());
