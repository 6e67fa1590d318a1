import { Greenlet, GreenletExit, sleep, spawn } from 'greenlets';
import { Group } from 'greenlets/pool';
import { print } from './python.ts';

const g = new Group();
function f(n: unknown) {
  try {
    sleep(10);
  } finally {
    print('end', n);
  }
}
const gs = [0, 1, 2].map((i) => g.spawn(f, i));
sleep(0);
print('len', g.length, 'contains', g.has(gs[0]), 'bool', true);
g.killOne(gs[1]);
print('killone: len', g.length);
g.kill();
print(
  'kill: len',
  g.length,
  gs.map((x) => x.ready()),
);
const x = new Greenlet(f, 'x');
g.add(x);
print('added, not started', g.length, x.started);
x.start();
sleep(0);
g.discard(x);
print('discarded', g.length);
x.kill();
print('-- kill also stops greenlets that are spawned while killing');
function respawn(n: number) {
  try {
    sleep(10);
  } finally {
    if (n < 3) g.spawn(respawn, n + 1);
    print('respawn end', n);
  }
}
g.spawn(respawn, 0);
sleep(0);
g.kill();
print('len', g.length);
sleep(0);
print('-- kill(block=False) / join on empty');
const a = g.spawn(f, 'a');
sleep(0);
g.kill({ block: false });
print('ready', a.ready(), g.length);
sleep(0);
sleep(0);
print('ready', a.ready(), g.length);
print('join empty ->', g.join());
print('-- a stubborn member: kill(timeout)');
function stub() {
  for (;;) {
    try {
      sleep(0.05);
      break;
    } catch (e) {
      if (!(e instanceof GreenletExit)) throw e;
      print('ignored');
    }
  }
}
g.spawn(stub);
sleep(0);
g.kill({ timeout: 0.01 });
print('after kill(timeout): len', g.length);
g.join();
print(g.length);
print('-- group of already finished greenlet');
const d = spawn(() => 1);
d.join();
g.add(d);
print(g.length);
sleep(0);
print(g.length);
