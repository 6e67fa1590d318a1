// Left out: the loop's own timers, whose order on libev is that of a heap; here it is always that of their start.
import { joinAll, sleep, spawn } from 'greenlets';
import { print } from './python.ts';

function run(title: string, delays: number[]) {
  const out: number[] = [];
  const s = (n: number, d: number) => {
    sleep(d);
    out.push(n);
  };
  joinAll(delays.map((d, i) => spawn(s, i, d)));
  print(title, out);
}
run('10 equal sleeps of 10 ms      ', Array(10).fill(0.01));
run('33 equal sleeps of 10 ms      ', Array(33).fill(0.01));
const late: number[] = [];
const sleepers = [0.01, 0.008, 0.006, 0.004, 0.002].map((d, i) =>
  spawn(() => {
    sleep(d);
    late.push(i);
  }),
);
sleep(0);
const begin = Date.now();
while (Date.now() - begin < 20);
joinAll(sleepers);
print('5 timers all overdue (10,8,6,4,2 ms), then one poll', late);
const out: string[] = [];
function a(n: string) {
  sleep(0.005);
  out.push(n);
  sleep(0);
  out.push(`${n}*`);
}
joinAll([...'abc'].map((n) => spawn(a, n)));
print('timers then sleep(0)', out);
