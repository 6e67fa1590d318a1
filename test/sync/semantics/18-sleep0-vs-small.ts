// The small sleep is longer than on gevent, so that a slow start does not matter. The last part measures: a sleep of 1 ms beside spinners takes about as long as the loop is kept from polling.
import { getSwitchInterval, joinAll, setSwitchInterval, sleep, spawn } from 'greenlets';
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
print(
  '-- sleep(0) storm against a 1 ms timer: the loop runs callbacks up to getswitchinterval() =',
  getSwitchInterval(),
  's, checking the clock every 50 callbacks',
);
for (const iv of [0.005, 0.05]) {
  setSwitchInterval(iv);
  for (const n of [1, 10]) {
    stop = false;
    const gs = Array.from({ length: n }, () => spawn(spin));
    sleep(0.02);
    const r: number[] = [];
    for (let i = 0; i < 3; i++) {
      const t0 = performance.now();
      sleep(0.001);
      r.push((performance.now() - t0) / 1000);
    }
    stop = true;
    joinAll(gs);
    const times = Math.round((r.sort((a, b) => a - b)[1] as number) / iv);
    print(
      'switchinterval',
      iv,
      '|',
      n,
      'spinner(s): a 1 ms sleep took about',
      times,
      'x the switch interval',
    );
  }
}
