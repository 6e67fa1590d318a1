import { getHub, idle, joinAll, sleep, spawn } from 'greenlets';
import { print } from './python.ts';

let out: string[] = [];
function idler() {
  idle();
  out.push('idle');
}
function zero(n: number) {
  for (let i = 0; i < 3; i++) {
    sleep(0);
    out.push(`zero${n}`);
  }
}
// A slower timer than gevent's 1 ms: a first start of this code can take longer than that.
function small() {
  sleep(0.05);
  out.push('small');
}
joinAll([spawn(idler), spawn(zero, 1), spawn(zero, 2), spawn(small)]);
print(out);
out = [];
function busy() {
  for (let i = 0; i < 3; i++) {
    sleep(0.02);
    out.push('timer');
  }
}
joinAll([spawn(busy), spawn(idler)]);
print(out);
const t = getHub().now();
idle();
print('alone: returns at once', getHub().now() - t < 0.01);
