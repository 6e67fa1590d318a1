// Left out: gevent's list of errors, and switching into greenlets by hand, which is not there.
import { runCallback, sleep, spawn, Waiter } from 'greenlets';
import { print, repr } from './python.ts';

let w = new Waiter<unknown>();
w.switch(5);
print('stored', w.get());
w.clear();
w = new Waiter();
const g1 = spawn(function get() {
  return w.get();
});
sleep(0);
try {
  w.get();
} catch (e) {
  print(
    'ConcurrentObjectUseError',
    (e as Error).message.replace(/<Greenlet.*>|get #\d+/, '<Greenlet get>'),
  );
}
runCallback((value: string) => w.switch(value), 'from the hub');
print(g1.get());
w.clear();
w.throw(new RangeError('t'));
try {
  w.get();
} catch (e) {
  print(repr(e));
}
