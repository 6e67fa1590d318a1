import { joinAll, kill, killAll, sleep, spawn, spawnRaw } from 'greenlets';
import { print } from './python.ts';

function f(n: number) {
  print('raw', n);
  sleep(0);
  print('raw resumed');
}
// A raw greenlet is a Greenlet like any other here: gevent's lines on its class and its attributes are left out.
const first = spawnRaw(f, 1);
print('started', first.started, 'dead', first.dead);
sleep(0);
print('started', first.started);
sleep(0);
print('dead', first.dead);
const out: string[] = [];
spawnRaw(() => out.push('raw1'));
spawn(() => out.push('green'));
spawnRaw(() => out.push('raw2'));
sleep(0);
print(out);
const sleeper = spawnRaw(sleep, 10);
sleep(0);
killAll([sleeper]);
print('killall accepts raw', sleeper.dead);
const late = spawnRaw(print, 'a raw greenlet killed before its first switch');
kill(late);
joinAll([late]);
