// Left out: the times. Callbacks hear of a greenlet when it is really started.
import {
  addSpawnCallback,
  Greenlet,
  joinAll,
  removeSpawnCallback,
  sleep,
  spawn,
  spawnLater,
} from 'greenlets';
import { print, repr } from './python.ts';

let g: Greenlet = spawnLater(0.03, () => print('later ran'));
print('started', g.started, 'ready', g.ready(), 'dead', g.dead);
g.start();
g.startLater(0.001);
sleep(0.01);
print('start() while pending: no-op; ready', g.ready());
g.join();
g = spawnLater(0.02, print, 'must not run');
g.kill();
print('killed before its time: dead', g.dead, repr(g.value));
sleep(0.04);
g = spawnLater(0, print, 'later(0)');
spawn(print, 'spawn after');
sleep(0);
print('after one turn');
sleep(0.001);
const out: number[] = [];
joinAll([0.03, 0.01, 0.02, 0.01].map((d) => spawnLater(d, () => out.push(d))));
print(out);
g = new Greenlet(print, 'cb');
const calls: Greenlet[] = [];
const note = (each: Greenlet) => calls.push(each);
addSpawnCallback(note);
spawn(print, 'x');
spawnLater(0.001, print, 'y');
g.start();
sleep(0.1);
print('spawn callbacks called, 3 times:', calls.length);
removeSpawnCallback(note);
