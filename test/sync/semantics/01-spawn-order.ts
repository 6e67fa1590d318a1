// spawn() only appends to the hub's queue; nothing runs until the current greenlet gives way.
import { joinAll, sleep, spawn } from 'greenlets';
import { print } from './python.ts';

function f(n: string): void {
  print('run', n);
  if (n === 'b') spawn(f, 'b-child');
  sleep(0);
  print('resume', n);
}
const gs = ['a', 'b', 'c'].map((n) => spawn(f, n));
print('main: spawned, nothing ran yet');
sleep(0);
print('main: back after sleep(0)');
joinAll(gs);
print('main: joined a,b,c');
sleep(0);
