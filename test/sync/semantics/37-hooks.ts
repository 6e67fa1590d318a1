// `switch_out` is a method of gevent's that a subclass overrides; here `setTrace` tells of each switch, that of the end included.
import { type Greenlet, joinAll, setTrace, sleep, spawn } from 'greenlets';
import { print } from './python.ts';

const names = new Map<Greenlet | undefined, string>();
function f(n: string) {
  print('run', n);
  sleep(0);
  print('again', n);
}
for (const n of 'ab') names.set(spawn(f, n), n);
setTrace((_event, { origin }) => {
  if (names.has(origin) && !origin?.dead) print('switch_out of', names.get(origin));
});
joinAll([...names.keys()] as Greenlet[]);
