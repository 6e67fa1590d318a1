// Left out: Python's traceback and exc_info.
import { getHub, sleep, spawn } from 'greenlets';
import { print, repr } from './python.ts';

getHub().handleError = () => {};
class E1 extends Error {
  override name = 'E1';
}
function inner() {
  throw new E1('boom');
}
function f() {
  inner();
}
const g = spawn(f);
let e1: unknown;
try {
  g.get();
} catch (e) {
  e1 = e;
  print(String(e));
}
try {
  g.get();
} catch (e) {
  print('second get(): same instance', e === e1, 'is g.exception', e === g.exception);
}
print('value', g.value, 'successful', g.successful());
print('get does not switch when ready:');
const h = spawn(print, 'other');
try {
  g.get();
} catch {
  print('raised at once');
}
h.join();
const ret = spawn(() => 'v');
print(ret.get(), ret.get(), ret.value, ret.exception);
const sleeper = spawn(sleep, 1);
function getter() {
  try {
    print(repr(sleeper.get()));
  } catch (e) {
    print('getter', repr(e));
  }
}
const w = spawn(getter);
sleep(0);
sleeper.kill();
w.join();
