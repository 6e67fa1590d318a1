// Left out: the bare switch to the hub, which is not there.

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type Greenlet, sleep, spawn } from 'greenlets';
import { Queue } from 'greenlets/queue';
import { print, repr } from './python.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
function f(n: string) {
  try {
    print(n, 'parked');
    new Queue().get();
  } catch (e) {
    print(n, 'except', repr(e));
    throw e;
  } finally {
    print(n, 'finally');
  }
}
let g: Greenlet | undefined = spawn(f, 'dropped');
sleep(0);
print('dropping the last reference');
g = undefined;
collect();
print('collected');
g = spawn(f, 'kept');
sleep(0);
collect();
print('kept is alive', !g.ready());
function s() {
  try {
    sleep(0.02);
    print('a sleeping greenlet is referenced by the loop, it lives without us');
  } finally {
    print('s finally');
  }
}
spawn(s);
sleep(0);
collect();
sleep(0.05);
