// The small sleep is longer than on gevent, so that a slow start does not matter. Left out: what depends on the machine's speed.
import { joinAll, sleep, spawn } from 'greenlets';
import { print } from './python.ts';

const out: string[] = [];
function s(n: string, d: number) {
  sleep(d);
  out.push(n);
}
const all: [string, number][] = [
  ['small', 0.01],
  ['zero1', 0],
  ['neg', -1],
  ['zero2', 0],
  ['tiny', 1e-9],
];
joinAll(all.map(([n, d]) => spawn(s, n, d)));
print(out);
print(
  '-- a sleep(0) chain before a sleep(0.0001): how many sleep(0) rounds pass? (a chain of >0 rounds runs inside one loop pass)',
);
let rounds = 0;
let stop = false;
function spin() {
  while (!stop) {
    rounds++;
    sleep(0);
  }
}
function t() {
  sleep(0.0001);
  stop = true;
}
joinAll([spawn(spin), spawn(t)]);
print('rounds > 1:', rounds > 1);
