// 两个 greenlet 各等两秒，第三个趁这段时间做别的事，总共也只用两秒。
import { joinAll, sleep, spawn } from 'greenlets';
import { select } from 'greenlets/select';

const start = performance.now();

function tic(): string {
  return `at ${((performance.now() - start) / 1000).toFixed(1)} seconds`;
}

function gr1(): void {
  console.log('Started Polling:', tic());
  select([], [], [], 2);
  console.log('Ended Polling:', tic());
}

function gr2(): void {
  console.log('Started Polling:', tic());
  select([], [], [], 2);
  console.log('Ended Polling:', tic());
}

function gr3(): void {
  console.log('Hey lets do some stuff while the greenlets poll,', tic());
  sleep(1);
}

joinAll([spawn(gr1), spawn(gr2), spawn(gr3)]);
